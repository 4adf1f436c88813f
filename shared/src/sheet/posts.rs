//! What a branch's demonstration posts come to.

use serde::{Deserialize, Serialize};

use super::members::present;
use super::{Figure, Figures};
use crate::ledger::decision::{DecisionKind, Subject, Word};
use crate::ledger::key::LedgerKey;
use crate::ledger::kind::Kind;
use crate::ledger::kind::post::POSTS;
use crate::ledger::life::{Standing, State};
use crate::ledger::snapshot::Snapshot;
use crate::time::Date;

/// How the posts of a branch stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostFigures {
    /// The posts by what they have come to.
    pub by_state: Figures<State>,
    /// Posts whose plaque hangs, warned ones too.
    pub hung: Figure,
    /// Posts that are warned.
    pub warned: Figure,
    /// Posts whose plaque hangs beyond its term.
    pub over_term: Figure,
}

impl PostFigures {
    pub(super) fn of(posts: &Snapshot, ledger: &LedgerKey, on: Date) -> Self {
        let posts: Vec<_> = present(posts, POSTS)
            .map(|row| (posts.standing(Kind::Post, &Subject::new(POSTS, row.id)), row.id))
            .collect();
        let count = |which: &dyn Fn(&Standing) -> bool| {
            let rows = posts.iter().filter(|(standing, _)| which(standing));
            Figure::rows(ledger, POSTS, rows.map(|(_, row)| *row).collect())
        };
        Self {
            by_state: Figure::by(
                ledger,
                POSTS,
                posts.iter().map(|(standing, row)| (standing.state, *row)),
            ),
            hung: count(&hangs),
            warned: count(&|standing| standing.state == State::Warned),
            over_term: count(&|standing| hangs(standing) && term(standing).is_some_and(|until| until < on)),
        }
    }
}

/// Whether a post's plaque hangs.
pub(super) fn hangs(standing: &Standing) -> bool {
    matches!(standing.state, State::Hung | State::Warned)
}

/// The last day of the term for which a plaque was hung, or the post was last kept.
fn term(standing: &Standing) -> Option<Date> {
    let names_term = [DecisionKind::Hung, DecisionKind::Kept].map(Word::Decide);
    let mut path = standing.path.iter().rev();
    path.find(|decision| names_term.contains(&decision.made.word) && decision.made.until.is_some())?
        .made
        .until
}
