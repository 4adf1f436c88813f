//! What a branch's appraisal comes to: numbers, and nothing that says of whom.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::members::Members;
use super::{Figure, Figures, Terms};
use crate::id::{PersonId, RowId};
use crate::ledger::decision::{DecisionKind, Subject, Word};
use crate::ledger::key::Part;
use crate::ledger::kind::Kind;
use crate::ledger::kind::appraisal::SCORES;
use crate::ledger::snapshot::Snapshot;
use crate::scheme::{Grade, RaterClass};

/// How the appraisal of a branch stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppraisalFigures {
    /// How many members each class of raters has scored.
    pub scored: Figures<RaterClass>,
    /// How many members have each grade.
    pub grades: Figures<Grade>,
    /// How many members may be excellent.
    pub allowed: Figure,
    /// How many are.
    pub given: Figure,
    /// How many too many.
    pub over: Figure,
}

impl AppraisalFigures {
    pub(super) fn of(parts: &BTreeMap<Part, &Snapshot>, members: &Members, terms: &Terms) -> Self {
        let scored = parts.iter().map(|(part, snapshot)| {
            let scored = scored(snapshot);
            let count = members
                .all
                .iter()
                .filter(|member| scored.contains(&member.person));
            (class(*part), Figure::plain(count.count()))
        });
        let grade = |person: PersonId| grade(parts.get(&Part::Main)?, person);
        let given: Vec<Grade> = members
            .all
            .iter()
            .filter_map(|member| grade(member.person))
            .collect();
        let mut grades: Figures<Grade> = Figures::new();
        for grade in &given {
            grades.entry(*grade).or_default().value += 1;
        }
        let rated = members.all.iter().filter(|member| !member.probationary).count();
        let (allowed, excellent) = (
            // Of whom a grade is still to come counts: else the quota would grow with every grade.
            terms.quota.allowed(members.all.len(), rated.max(given.len())),
            given.iter().filter(|grade| **grade == Grade::Excellent).count(),
        );
        Self {
            scored: scored.collect(),
            grades,
            allowed: Figure::plain(allowed.unwrap_or_default()),
            given: Figure::plain(excellent),
            over: Figure::plain(allowed.map_or(0, |allowed| excellent.saturating_sub(allowed))),
        }
    }
}

const fn class(part: Part) -> RaterClass {
    match part {
        Part::Main => RaterClass::Branch,
        Part::SelfRating => RaterClass::SelfRating,
        Part::Peer => RaterClass::Peer,
        Part::Mass => RaterClass::Mass,
    }
}

/// Everybody of whom a part has a score.
fn scored(snapshot: &Snapshot) -> BTreeSet<PersonId> {
    let table = snapshot.table(SCORES);
    let cells = table.cells.iter().filter(|(_, cell)| !cell.value.is_empty());
    cells
        .filter_map(|(key, _)| key.split_once('/')?.0.parse().ok())
        .collect()
}

/// The grade that a member was given.
fn grade(main: &Snapshot, person: PersonId) -> Option<Grade> {
    let standing = main.standing(Kind::Appraisal, &Subject::new(SCORES, RowId(person.0)));
    let graded = standing.last_of(Word::Decide(DecisionKind::Graded))?;
    Grade::ALL
        .into_iter()
        .find(|grade| grade.code() == graded.made.value)
}
