//! Who stands before whom.

use super::{DimensionShare, Hundredths, Outcome, Scheme};

impl Scheme {
    /// The place of each, from 1 on, by totals as shown and then by the dimensions that decide between equal ones.
    /// Those still equal share a place, and the places they would have taken stay empty; who has no total has no place.
    #[must_use]
    pub fn places(&self, outcomes: &[Outcome]) -> Vec<Option<usize>> {
        let rank = |outcome: &Outcome| Some((outcome.total?, self.tie_break(outcome)));
        let ranks: Vec<_> = outcomes.iter().map(rank).collect();
        let before = |own: &_| ranks.iter().flatten().filter(|other| *other > own).count();
        ranks
            .iter()
            .map(|own| own.as_ref().map(|own| before(own) + 1))
            .collect()
    }

    /// What decides between equal totals, the first of it first.
    fn tie_break(&self, outcome: &Outcome) -> Vec<Hundredths> {
        let reached = |wanted| {
            let share = outcome
                .by_dimension
                .iter()
                .find(|share| share.dimension == wanted);
            share.map_or(Hundredths::ZERO, DimensionShare::shown)
        };
        self.ties.iter().map(|dimension| reached(*dimension)).collect()
    }
}
