//! The total of one member.

use std::collections::BTreeMap;

use super::{
    Adjustment, AdjustmentKind, Applied, ClassTotal, Dimension, DimensionShare, Grade, Hundredths, Marks,
    OddScore, Outcome, Ratio, Scheme, Unknown, Veto,
};

impl Scheme {
    /// What these marks come to.
    ///
    /// * A class that scored every indicator on at least one sheet counts, with the mean of each indicator over the
    ///   sheets that have it. Any other class is left out, and the weights of the rest make the whole: who did not
    ///   score did not give nothing.
    /// * Scores above full marks count as full marks, those below nothing as nothing; both are listed.
    /// * Highest and lowest sheets are left out only when what remains still scores every indicator.
    /// * The total is rounded half-up once, at the end, and the grade is read from the total as shown: who adds up by
    ///   hand finds both.
    /// * A veto keeps the suggested grade from being better than it allows, and leaves the total as it is.
    ///
    /// A scheme with [problems](Scheme::problems) is added up as far as it goes; what comes out then means little, but
    /// nothing fails.
    #[must_use]
    pub fn outcome(&self, marks: &Marks) -> Outcome {
        let (mut classes, mut missing) = (Vec::new(), Vec::new());
        if !self.indicators.is_empty() {
            for rater in &self.raters {
                let sheets = marks.sheets.get(&rater.class).map_or(&[][..], Vec::as_slice);
                let (class, lacks) = self.class_total(*rater, sheets);
                classes.push(class);
                missing.extend(lacks);
            }
        }
        let applied = self.applied(marks);
        let deductions = bounded(&applied, AdjustmentKind::Deduction, self.deduction_cap);
        let bonuses = bounded(&applied, AdjustmentKind::Bonus, self.bonus_cap);
        let total = self
            .weighted(&classes)
            .map(|scored| self.adjusted(scored, deductions, bonuses).rounded());
        let vetoed = |veto: &&Veto| marks.vetoes.contains(&veto.id);
        let best = self.vetoes.iter().filter(vetoed).map(|veto| veto.best).max();
        let suggested = total
            .filter(|_| !marks.probationary)
            .map(|total| self.cutoffs.grade(total).max(best.unwrap_or(Grade::Excellent)));
        Outcome {
            by_dimension: weighted_dimensions(&classes),
            classes,
            applied,
            deductions,
            bonuses,
            total,
            suggested,
            vetoed: self
                .vetoes
                .iter()
                .filter(vetoed)
                .map(|veto| veto.id.clone())
                .collect(),
            missing,
            unknown: self.unknown(marks),
            odd: self.odd(marks),
        }
    }

    /// What the classes give together, by their weights; none when none of them is in the total, nothing when there is
    /// nothing to score.
    fn weighted(&self, classes: &[ClassTotal]) -> Option<Ratio> {
        if self.indicators.is_empty() {
            return Some(Ratio::ZERO);
        }
        weighted(
            classes
                .iter()
                .filter(|class| class.is_in_total())
                .filter_map(|class| Some((class.weight_bp, class.sum?))),
        )
    }

    fn adjusted(&self, scored: Ratio, deductions: Hundredths, bonuses: Hundredths) -> Ratio {
        let moved = bonuses.0.saturating_sub(deductions.0).saturating_add(self.base.0);
        scored
            .plus(Hundredths(moved).into())
            .min(self.ceiling.into())
            .max(self.floor.into())
    }

    fn applied(&self, marks: &Marks) -> Vec<Applied> {
        let mut counts = BTreeMap::<&str, u64>::new();
        for event in &marks.events {
            let count = counts.entry(&event.adjustment).or_default();
            *count = count.saturating_add(event.count.into());
        }
        let happened = |adjustment: &Adjustment| {
            let count = *counts.get(adjustment.id.as_str())?;
            (count > 0).then(|| Applied {
                adjustment: adjustment.id.clone(),
                kind: adjustment.kind,
                count,
                amount: adjustment.amount(count),
            })
        };
        self.adjustments.iter().filter_map(happened).collect()
    }

    fn unknown(&self, marks: &Marks) -> Vec<Unknown> {
        let mut unknown = Vec::new();
        for (class, sheets) in &marks.sheets {
            if !self.raters.iter().any(|rater| rater.class == *class) {
                unknown.push(Unknown::Class(*class));
            }
            let strange = sheets
                .iter()
                .flat_map(|sheet| sheet.keys())
                .filter(|id| self.indicator(id).is_none());
            unknown.extend(strange.map(|id| Unknown::Indicator(id.clone())));
        }
        let adjusts = |id: &str| self.adjustments.iter().any(|adjustment| adjustment.id == id);
        let strange = marks
            .events
            .iter()
            .map(|event| &event.adjustment)
            .filter(|id| !adjusts(id));
        unknown.extend(strange.map(|id| Unknown::Adjustment(id.clone())));
        let strange = marks
            .vetoes
            .iter()
            .filter(|id| self.vetoes.iter().all(|veto| veto.id != **id));
        unknown.extend(strange.map(|id| Unknown::Veto(id.clone())));
        unknown.sort_unstable();
        unknown.dedup();
        unknown
    }

    fn odd(&self, marks: &Marks) -> Vec<OddScore> {
        let cells = marks
            .sheets
            .iter()
            .flat_map(|(class, sheets)| sheets.iter().flatten().map(|(id, score)| (*class, id, *score)));
        let mut odd: Vec<OddScore> = cells
            .filter_map(|(class, id, score)| {
                Some(OddScore {
                    class,
                    indicator: id.clone(),
                    score,
                    problem: self.indicator(id)?.problem_of(score)?,
                })
            })
            .collect();
        odd.sort_unstable();
        odd
    }
}

/// What was applied of this kind, within the bound for all of it.
fn bounded(applied: &[Applied], kind: AdjustmentKind, cap: Option<Hundredths>) -> Hundredths {
    let of_kind = applied.iter().filter(|event| event.kind == kind);
    let all = super::sum(of_kind.map(|event| event.amount));
    cap.map_or(all, |cap| all.min(cap.max(Hundredths::ZERO)))
}

/// The mean of these by their weights; none when there are none.
fn weighted(parts: impl Iterator<Item = (u32, Ratio)>) -> Option<Ratio> {
    let (weight, sum) = parts.fold((0, Ratio::ZERO), |(weight, sum), (part_bp, part)| {
        (weight + u64::from(part_bp), sum.plus(part.times(part_bp.into())))
    });
    (weight > 0).then(|| sum.over(weight))
}

fn weighted_dimensions(classes: &[ClassTotal]) -> Vec<DimensionShare> {
    let in_total = || classes.iter().filter(|class| class.is_in_total());
    let share = |dimension: Dimension| {
        let shares = in_total().flat_map(|class| {
            let of_it = class
                .by_dimension
                .iter()
                .filter(move |share| share.dimension == dimension);
            of_it.map(|share| (class.weight_bp, *share))
        });
        let full_marks = shares.clone().next()?.1.full_marks;
        Some(DimensionShare {
            dimension,
            full_marks,
            reached: weighted(shares.map(|(weight_bp, share)| (weight_bp, share.reached)))?,
        })
    };
    Dimension::ALL.into_iter().filter_map(share).collect()
}
