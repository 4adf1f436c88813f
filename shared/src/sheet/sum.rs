//! Adding lines up.

use super::{
    AppraisalFigures, BranchFigures, Figure, Figures, MemberFigures, PledgeFigures, PostFigures, ZoneFigures,
};

/// What can be added up. A sum names no rows: they stand in the lines.
pub(super) trait Sum: Clone {
    /// Adds another one.
    fn add(&mut self, other: &Self);

    /// Names no rows any more.
    fn forget_rows(&mut self);

    /// The same without rows.
    fn without_rows(&self) -> Self {
        let mut sum = self.clone();
        sum.forget_rows();
        sum
    }
}

impl Sum for Figure {
    fn add(&mut self, other: &Self) {
        self.value = self.value.saturating_add(other.value);
        self.rows = None;
    }

    fn forget_rows(&mut self) {
        self.rows = None;
    }
}

impl<K: Ord + Clone> Sum for Figures<K> {
    fn add(&mut self, other: &Self) {
        for (key, figure) in other {
            self.entry(key.clone()).or_default().add(figure);
        }
    }

    fn forget_rows(&mut self) {
        self.values_mut().for_each(Sum::forget_rows);
    }
}

impl<T: Sum> Sum for Option<T> {
    /// What is known of one alone is not known of both.
    fn add(&mut self, other: &Self) {
        match (self.as_mut(), other) {
            (Some(sum), Some(other)) => sum.add(other),
            _ => *self = None,
        }
    }

    fn forget_rows(&mut self) {
        if let Some(sum) = self {
            sum.forget_rows();
        }
    }
}

macro_rules! sums {
    ($($of:ident { $($part:ident),* $(,)? })*) => {
        $(impl Sum for $of {
            fn add(&mut self, other: &Self) {
                $(self.$part.add(&other.$part);)*
            }

            fn forget_rows(&mut self) {
                $(self.$part.forget_rows();)*
            }
        })*
    };
}

sums! {
    BranchFigures { members, pledges, zones, posts, appraisal }
    MemberFigures { all, exempt, probationary, rated }
    PledgeFigures { pledging, should, items, by_state, overdue, by_self_result, by_verdict }
    ZoneFigures { in_force, crews_covered, crews, members_with_zone, members, terms_ended, latest_grades }
    PostFigures { by_state, hung, warned, over_term }
    AppraisalFigures { scored, grades, allowed, given, over }
}
