//! The post ledger of one branch in 2026: nominated in February, named by the committee's office, hung in April, checked
//! every quarter since.

use shared::access::Role;
use shared::calendar::Posting;
use shared::ledger::act::Entry;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::decision::DecisionKind;
use shared::ledger::key::Part;
use shared::ledger::kind::Kind;
use shared::ledger::kind::post::{CHECKS, HOLDERS, HUNG_ON, PLAQUE, POST, POSTS, QUARTER, STANDARDS, TITLE};
use shared::sync::relay::NewEntry;
use shared::time::Date;

use super::ADMINISTRATOR;
use super::book::{Book, Finding, Line, Sitting, text};
use super::people::Staffed;
use super::seed::{Choices, day, moment, posting};

use drawn::{End, Nominee, drawn};
use plan::Plan;

mod drawn;
mod known;
pub(super) mod plan;
mod words;

/// The officer of the party office who names posts, and takes plaques down.
const OFFICE: &str = ADMINISTRATOR;

/// The log of the ledger. Those who have retired have no posts.
pub(super) fn log(staffed: &Staffed, plan: &Plan, seal_key: &[u8; 32]) -> Vec<NewEntry> {
    let key = staffed.key(Kind::Post, Part::Main);
    let mut book = Book::open(staffed.seed, key, seal_key, moment(2, 24, 8 * 60));
    let mut choices = staffed.seed.choices(&format!("{} posts", staffed.branch.name));
    let posts = drawn(staffed, plan, &mut choices);
    if posts.is_empty() {
        return book.close();
    }
    nominate(&mut book, staffed, &posts);
    name(&mut book, staffed, &posts);
    hang(&mut book, staffed, plan, &posts);
    check(&mut book, staffed, &posts, Round::SECOND, &mut choices);
    check(&mut book, staffed, &posts, Round::THIRD, &mut choices);
    book.close()
}

fn all(posts: &[Nominee<'_>]) -> Vec<Finding> {
    posts.iter().map(|post| Finding::plain(post.row)).collect()
}

fn sitting(decision: DecisionKind) -> Sitting<'static> {
    Sitting::on(POSTS, decision)
}

/// 申报 → 支委会同意 → 公示, in the branch.
fn nominate(book: &mut Book<'_>, staffed: &Staffed, posts: &[Nominee<'_>]) {
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    let lines = posts.iter().map(|post| {
        let cells = [
            (TITLE, text(&*post.title)),
            ("form", text(post.form)),
            ("type", text(post.sort)),
            ("unit", text(&*post.unit)),
            (STANDARDS, text(&*post.standards)),
            ("pledge", text(&*post.pledge)),
            ("deeds", text(&*post.deeds)),
        ];
        let holders = post.holders.iter().map(|member| member.id);
        Line::new(POSTS, post.row, cells).with_people(HOLDERS, holders)
    });
    tab.adds(moment(2, 24, 9 * 60), lines.collect());
    tab.decides(
        moment(2, 27, 10 * 60),
        &sitting(DecisionKind::Nominated),
        all(posts),
    );
    let mut tab = book.written_by(staffed.login_of(Role::Secretary));
    tab.decides(moment(3, 3, 16 * 60), &sitting(DecisionKind::Agreed), all(posts));
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    let posted = sitting(DecisionKind::Posted).during(posting(day(3, 5)));
    tab.decides(moment(3, 4, 9 * 60), &posted, all(posts));
}

/// 批准命名, by the office of the committee above.
fn name(book: &mut Book<'_>, staffed: &Staffed, posts: &[Nominee<'_>]) {
    let mut tab = book.written_by(OFFICE);
    let findings = posts.iter().map(|post| {
        let note = format!("同意命名{}“{}”。", staffed.branch.name, post.title);
        Finding::noted(post.row, &note)
    });
    tab.decides(
        moment(4, 1, 14 * 60),
        &sitting(DecisionKind::Named),
        findings.collect(),
    );
}

/// 挂牌, for a year.
fn hang(book: &mut Book<'_>, staffed: &Staffed, plan: &Plan, posts: &[Nominee<'_>]) {
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    let hung_on = day(4, 20);
    let cells = posts.iter().enumerate().flat_map(|(place, post)| {
        let plaque = format!("QW-2026-{:03}", plan.first_plaque + place);
        [(PLAQUE, plaque), (HUNG_ON, hung_on.to_string())]
            .map(|(column, value)| (CellRef::new(POSTS, post.row, column), text(value)))
    });
    tab.writes(moment(4, 20, 9 * 60), Entry::Typed, cells.collect());
    let until = Date::new(2027, 4, 19).expect("a day of April");
    let term = Posting { from: hung_on, until };
    let hung = sitting(DecisionKind::Hung).during(term);
    tab.decides(moment(4, 20, 10 * 60), &hung, all(posts));
}

/// One quarter's checks.
#[derive(Clone, Copy)]
struct Round {
    code: &'static str,
    month: u32,
    /// Whether posts end in it that do not do well.
    is_last: bool,
}

impl Round {
    const SECOND: Self = Self {
        code: "q2",
        month: 6,
        is_last: false,
    };
    const THIRD: Self = Self {
        code: "q3",
        month: 9,
        is_last: true,
    };
}

/// 季度考核, and what comes of it.
fn check(book: &mut Book<'_>, staffed: &Staffed, posts: &[Nominee<'_>], round: Round, choices: &mut Choices) {
    let at = moment(round.month, 22, 10 * 60);
    let mut lines = Vec::new();
    let (mut kept, mut warned, mut revoked) = (Vec::new(), Vec::new(), Vec::new());
    for post in posts {
        let end = if round.is_last { post.end } else { End::Kept };
        let (least, proposal, findings) = match end {
            End::Kept => (85, "keep", *choices.one(&words::KEPT)),
            End::Warned => (72, "warn", words::WARNED.0),
            End::Revoked => (56, "remove", words::REVOKED.0),
        };
        let score = i64::from(least + choices.below(8)) * 100 + i64::from(choices.below(2)) * 50;
        let id = staffed.seed.row(at, &format!("{} {}", post.row, round.code));
        let cells = [
            (POST, text(post.row.to_string())),
            (QUARTER, text(round.code)),
            ("score", Value::Number(score)),
            ("proposal", text(proposal)),
            ("text", text(findings)),
        ];
        lines.push(Line::new(CHECKS, id, cells));
        match end {
            End::Kept => kept.push(Finding::plain(post.row)),
            End::Warned => warned.push(Finding::noted(post.row, words::WARNED.1)),
            End::Revoked => revoked.push(Finding::noted(post.row, words::REVOKED.1)),
        }
    }
    let mut tab = book.written_by(staffed.login_of(Role::OrganisationCommissioner));
    tab.adds(at, lines);
    let mut tab = book.written_by(staffed.login_of(Role::Secretary));
    tab.decides(
        moment(round.month, 24, 16 * 60),
        &sitting(DecisionKind::Kept),
        kept,
    );
    tab.decides(
        moment(round.month, 24, 16 * 60 + 5),
        &sitting(DecisionKind::Warned),
        warned,
    );
    let mut tab = book.written_by(OFFICE);
    tab.decides(
        moment(round.month, 29, 10 * 60),
        &sitting(DecisionKind::Revoked),
        revoked,
    );
}
