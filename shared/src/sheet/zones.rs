//! What a branch's responsibility zones come to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::members::{Members, named, present, word};
use super::{Figure, Figures, Terms};
use crate::id::{PersonId, RowId};
use crate::ledger::decision::{DecisionKind, Subject, Word};
use crate::ledger::key::LedgerKey;
use crate::ledger::kind::Kind;
use crate::ledger::kind::roster;
use crate::ledger::kind::zone::{CREWS, FROM, GRADES, MEMBER, OWNERS, QUARTER, UNTIL, ZONE, ZONES};
use crate::ledger::life::State;
use crate::ledger::snapshot::{RowView, Snapshot};
use crate::time::Date;

/// How the zones of a branch stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneFigures {
    /// Zones in force.
    pub in_force: Figure,
    /// Crews that a zone in force covers; the rows are those that the roster lists.
    pub crews_covered: Figure,
    /// All crews: those the roster lists, whose rows these are, and those of members at work.
    pub crews: Figure,
    /// Members of whom a zone is asked, and who own one.
    pub members_with_zone: Figure,
    /// Members of whom a zone is asked.
    pub members: Figure,
    /// Zones in force that nobody owns any more, since the last owner's term has ended.
    pub terms_ended: Figure,
    /// The latest grade of each zone in force, by the codes of [`crate::ledger::life::ZONE_GRADES`].
    pub latest_grades: Figures<String>,
}

/// Who owns a zone from when to when.
struct Term {
    member: Option<PersonId>,
    from: Option<Date>,
    until: Option<Date>,
}

impl Term {
    fn runs(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }
}

impl ZoneFigures {
    pub(super) fn of(
        zones: &Snapshot,
        ledger: &LedgerKey,
        members: &Members,
        on: Date,
        terms: &Terms,
    ) -> Self {
        let in_force: Vec<_> = present(zones, ZONES)
            .filter(|row| zones.standing(Kind::Zone, &Subject::new(ZONES, row.id)).state == State::Effective)
            .collect();
        let ids: BTreeSet<RowId> = in_force.iter().map(|row| row.id).collect();
        let owned = terms_by_zone(zones, &ids);
        let owners: BTreeSet<PersonId> = owned
            .values()
            .flatten()
            .filter(|term| term.runs(on))
            .filter_map(|term| term.member)
            .collect();
        let has_ended = |zone: &&RowId| {
            owned.get(*zone).is_some_and(|terms| {
                terms.iter().all(|term| !term.runs(on))
                    && terms
                        .iter()
                        .any(|term| term.until.is_some_and(|until| until < on))
            })
        };
        let at_work = |standing| !terms.no_zone.contains(&standing);
        let covered: BTreeSet<String> = in_force.iter().flat_map(|row| crews_of(row)).collect();
        let names = members.crew_names(terms);
        let crews = |which: &dyn Fn(&str) -> bool| {
            let listed = members.crews.iter().filter(|(name, _)| which(name));
            let mut figure = members.rows(roster::CREWS, listed.map(|(_, row)| *row).collect());
            figure.value = Figure::plain(names.iter().filter(|name| which(name)).count()).value;
            figure
        };
        Self {
            in_force: Figure::rows(ledger, ZONES, in_force.iter().map(|row| row.id).collect()),
            crews_covered: crews(&|name| covered.contains(name)),
            crews: crews(&|_| true),
            members_with_zone: members
                .count(|member| at_work(member.standing) && owners.contains(&member.person)),
            members: members.count(|member| at_work(member.standing)),
            terms_ended: Figure::rows(ledger, ZONES, ids.iter().filter(has_ended).copied().collect()),
            latest_grades: Figure::by(ledger, GRADES, latest_grades(zones, &ids)),
        }
    }
}

fn terms_by_zone(zones: &Snapshot, in_force: &BTreeSet<RowId>) -> BTreeMap<RowId, Vec<Term>> {
    let mut owned: BTreeMap<RowId, Vec<Term>> = BTreeMap::new();
    for row in present(zones, OWNERS) {
        if let Some(zone) = named::<RowId>(&row, ZONE).filter(|zone| in_force.contains(zone)) {
            owned.entry(zone).or_default().push(Term {
                member: named(&row, MEMBER),
                from: named(&row, FROM),
                until: named(&row, UNTIL),
            });
        }
    }
    owned
}

/// The crews in a zone, by name.
fn crews_of(row: &RowView) -> Vec<String> {
    let text = word(row, CREWS).unwrap_or_default();
    let names = text.split(['、', ',', '，', ';', '；']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The grade of each zone's last graded quarter, with the row of that quarter's scores.
fn latest_grades(zones: &Snapshot, in_force: &BTreeSet<RowId>) -> Vec<(String, RowId)> {
    let mut latest: BTreeMap<RowId, (String, String, RowId)> = BTreeMap::new();
    for row in present(zones, GRADES) {
        let zone = named::<RowId>(&row, ZONE).filter(|zone| in_force.contains(zone));
        let standing = zones.standing(Kind::Zone, &Subject::new(GRADES, row.id));
        let graded = standing.last_of(Word::Decide(DecisionKind::Graded));
        let (Some(zone), Some(graded), Some(quarter)) = (zone, graded, word(&row, QUARTER)) else {
            continue;
        };
        let found = (quarter, graded.made.value.clone(), row.id);
        // The codes of quarters stand in their order.
        match latest.get_mut(&zone) {
            Some(known) if known.0 >= found.0 => {}
            Some(known) => *known = found,
            None => drop(latest.insert(zone, found)),
        }
    }
    latest.into_values().map(|(_, grade, row)| (grade, row)).collect()
}
