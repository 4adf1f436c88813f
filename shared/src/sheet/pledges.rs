//! What a branch's pledges come to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::members::{Members, named, present, word};
use super::{Figure, Figures, Terms};
use crate::id::PersonId;
use crate::ledger::decision::{DecisionKind, Subject, Word};
use crate::ledger::key::LedgerKey;
use crate::ledger::kind::Kind;
use crate::ledger::kind::pledge::{ITEMS, MEMBER};
use crate::ledger::life::{Standing, State};
use crate::ledger::snapshot::Snapshot;
use crate::time::Date;

/// How the pledges of a branch stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeFigures {
    /// Members who have pledging something.
    pub pledging: Figure,
    /// Members of whom it is asked.
    pub should: Figure,
    /// Pledge items.
    pub items: Figure,
    /// The items by what they have come to.
    pub by_state: Figures<State>,
    /// Items whose last day has passed, and which are neither called done nor judged.
    pub overdue: Figure,
    /// The items by what members say of them, by the codes of the column.
    pub by_self_result: Figures<String>,
    /// The items by what the branch finds, by the codes of [`crate::ledger::life::VERDICTS`].
    pub by_verdict: Figures<String>,
}

impl PledgeFigures {
    pub(super) fn of(
        pledges: &Snapshot,
        ledger: &LedgerKey,
        members: &Members,
        on: Date,
        terms: &Terms,
    ) -> Self {
        let items: Vec<_> = present(pledges, ITEMS)
            .map(|row| (pledges.standing(Kind::Pledge, &Subject::new(ITEMS, row.id)), row))
            .collect();
        let pledging: BTreeSet<PersonId> = items
            .iter()
            .filter_map(|(_, row)| named::<PersonId>(row, MEMBER))
            .collect();
        let overdue = items.iter().filter(|(standing, row)| {
            let settled = matches!(standing.state, State::Judged | State::Filed)
                || word(row, "self_result").is_some_and(|result| result == "done");
            !settled && named::<Date>(row, "due").is_some_and(|due| due < on)
        });
        let by_state = items.iter().map(|(standing, row)| (standing.state, row.id));
        let by_self_result = items
            .iter()
            .filter_map(|(_, row)| Some((word(row, "self_result")?, row.id)));
        let by_verdict = items
            .iter()
            .filter_map(|(standing, row)| Some((verdict(standing)?, row.id)));
        Self {
            pledging: members.count(|member| pledging.contains(&member.person)),
            should: members.count(|member| !terms.no_pledge.contains(&member.standing)),
            items: Figure::rows(ledger, ITEMS, items.iter().map(|(_, row)| row.id).collect()),
            by_state: Figure::by(ledger, ITEMS, by_state),
            overdue: Figure::rows(ledger, ITEMS, overdue.map(|(_, row)| row.id).collect()),
            by_self_result: Figure::by(ledger, ITEMS, by_self_result),
            by_verdict: Figure::by(ledger, ITEMS, by_verdict),
        }
    }
}

fn verdict(standing: &Standing) -> Option<String> {
    let judged = standing.last_of(Word::Decide(DecisionKind::Judged))?;
    Some(judged.made.value.clone())
}
