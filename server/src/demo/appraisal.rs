//! The appraisal of one branch in 2026, in its parts: self-ratings at the beginning of November, mutual ratings, the
//! branch's own scores; in a few branches opinions and first grades. The mass rating is open, and has its scheme.

use std::rc::Rc;

use shared::access::Role;
use shared::ledger::act::Entry;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::key::Part;
use shared::ledger::kind::Kind;
use shared::ledger::kind::appraisal::{BOUND, SCORES};
use shared::ledger::snapshot::Snapshot;
use shared::scheme::{Scheme, ready};
use shared::setting::{self, SettingKind};
use shared::sync::relay::NewEntry;
use shared::time::Timestamp;

use super::book::{Book, text};
use super::people::{Member, Staffed};
use super::seed::{Choices, moment};

use plan::{Plan, Progress};
use score::{Marks, Rating};

mod event;
mod opinion;
pub(super) mod plan;
mod score;

/// What self-ratings, mutual and mass ratings hold.
type Parts = [Rc<Snapshot>; 3];

/// The schemes, by the code of the sort of post that each is for.
pub(super) struct Schemes([(&'static str, Scheme); 3]);

impl Schemes {
    /// The three that everybody begins with.
    pub(super) fn ready() -> Self {
        Self([
            ("front-line", ready::front_line()),
            ("technical", ready::technical()),
            ("leader", ready::leaders()),
        ])
    }

    /// By which a member is appraised; those who have retired are not.
    fn of(&self, member: &Member) -> Option<&Scheme> {
        let class = member.post_class?;
        let found = self.0.iter().find(|(code, _)| *code == class);
        found.map(|(_, scheme)| scheme)
    }
}

/// The logs of all four parts.
pub(super) fn log(staffed: &Staffed, plan: Plan, schemes: &Schemes, seal_key: &[u8; 32]) -> Vec<NewEntry> {
    let mut choices = staffed
        .seed
        .choices(&format!("{} appraisal", staffed.branch.name));
    let marks: Vec<Marks<'_>> = staffed
        .members
        .iter()
        .filter_map(|member| Some(Marks::of(member, schemes.of(member)?, &mut choices)))
        .collect();
    let open = |part| {
        let key = staffed.key(Kind::Appraisal, part);
        let mut book = Book::open(staffed.seed, key, seal_key, moment(10, 26, 8 * 60));
        bind(&mut book, staffed, schemes);
        book
    };
    let [mut branch, mut own, mut peers, mass] = Part::ALL.map(open);
    by_groups(&mut own, staffed, plan, Rating::OWN, &marks, &mut choices);
    by_groups(
        &mut peers,
        staffed,
        plan,
        Rating::peers(plan.sheets),
        &marks,
        &mut choices,
    );
    let kept = kept(plan, Rating::BRANCH, &marks);
    let cells = kept
        .iter()
        .flat_map(|marks| marks.cells(Rating::BRANCH, &mut choices));
    score(
        &mut branch,
        staffed.login_of(Role::OrganisationCommissioner),
        moment(11, 12, 14 * 60),
        cells.collect(),
    );
    event::enter(&mut branch, staffed, &marks, &mut choices);
    if plan.progress == Progress::Graded {
        let others = [own.snapshot(), peers.snapshot(), mass.snapshot()];
        opinion::give(&mut branch, staffed, &marks, &others);
    }
    [branch, own, peers, mass]
        .into_iter()
        .flat_map(Book::close)
        .collect()
}

/// The organisation commissioner binds a part to the schemes it is filled in by.
fn bind(book: &mut Book<'_>, staffed: &Staffed, schemes: &Schemes) {
    let settings = setting::defaults();
    let cells = schemes.0.iter().filter_map(|(code, _)| {
        let cell = CellRef::of_matrix(BOUND, &format!("scheme/{code}"));
        let version = setting::newest(&settings, SettingKind::Scheme, code)?;
        Some((cell, text(version.digest.clone())))
    });
    let cells = cells.collect();
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    tab.writes(moment(10, 26, 9 * 60), Entry::Imported, cells);
}

/// Those of whom this rating is there by now: all, or as many from the top as the plan says.
fn kept<'m, 'a>(plan: Plan, rating: Rating, marks: &'m [Marks<'a>]) -> &'m [Marks<'a>] {
    match plan.progress {
        Progress::Scored | Progress::Graded => marks,
        Progress::Begun => &marks[..marks.len() * rating.begun_percent / 100],
    }
}

/// The group leaders enter the sheets of their groups.
fn by_groups(
    book: &mut Book<'_>,
    staffed: &Staffed,
    plan: Plan,
    rating: Rating,
    marks: &[Marks<'_>],
    choices: &mut Choices,
) {
    for (group, day) in (0..staffed.branch.groups.len()).zip(rating.day..) {
        let theirs = kept(plan, rating, marks)
            .iter()
            .filter(|marks| marks.member.group == group);
        let cells = theirs.flat_map(|marks| marks.cells(rating, choices)).collect();
        score(
            book,
            staffed.login_of_leader(group),
            moment(11, day, 15 * 60),
            cells,
        );
    }
}

fn score(book: &mut Book<'_>, login: &str, at: Timestamp, cells: Vec<(String, i64)>) {
    let cells = cells.into_iter().map(|(key, score)| {
        let cell = CellRef::of_matrix(SCORES, &key);
        (cell, Value::Number(score))
    });
    let cells = cells.collect();
    book.written_by(login).writes(at, Entry::Typed, cells);
}
