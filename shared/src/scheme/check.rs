//! What is looked at before a scheme is used.

use std::collections::BTreeSet;

use super::{Adjustment, AdjustmentKind, Grade, Hundredths, Indicator, RaterClass, Scheme, SchemeProblem};

impl Scheme {
    /// Everything that is wrong with it; nothing when it can be used.
    #[must_use]
    pub fn problems(&self) -> Vec<SchemeProblem> {
        let mut problems = Vec::new();
        if self.name.trim().is_empty() {
            problems.push(SchemeProblem::NoName);
        }
        if self.indicators.is_empty() && self.base == Hundredths::ZERO {
            problems.push(SchemeProblem::NothingToScore);
        }
        self.check_ids(&mut problems);
        self.indicators
            .iter()
            .for_each(|indicator| check_indicator(indicator, &mut problems));
        self.adjustments
            .iter()
            .for_each(|adjustment| check_adjustment(adjustment, &mut problems));
        self.check_raters(&mut problems);
        self.check_amounts(&mut problems);
        self.check_grades(&mut problems);
        problems
    }

    fn check_ids(&self, problems: &mut Vec<SchemeProblem>) {
        let indicators = self.indicators.iter().map(|part| (&part.id, &part.text));
        let adjustments = self.adjustments.iter().map(|part| (&part.id, &part.text));
        let vetoes = self.vetoes.iter().map(|part| (&part.id, &part.text));
        let mut seen = BTreeSet::new();
        for (id, text) in indicators.chain(adjustments).chain(vetoes) {
            if !is_well_formed(id) {
                problems.push(SchemeProblem::MalformedId { id: id.clone() });
            }
            if !seen.insert(id) {
                problems.push(SchemeProblem::IdTwice { id: id.clone() });
            }
            if text.trim().is_empty() {
                problems.push(SchemeProblem::NoText { id: id.clone() });
            }
        }
    }

    fn check_raters(&self, problems: &mut Vec<SchemeProblem>) {
        let mut seen = BTreeSet::new();
        for rater in &self.raters {
            let class = rater.class;
            if !seen.insert(class) {
                problems.push(SchemeProblem::RaterTwice { class });
            }
            if rater.counts && rater.weight_bp == 0 {
                problems.push(SchemeProblem::NoWeight { class });
            }
            if class == RaterClass::SelfRating && (rater.trim_highest > 0 || rater.trim_lowest > 0) {
                problems.push(SchemeProblem::TrimWithoutEffect { class });
            }
        }
        let counting = self.raters.iter().filter(|rater| rater.counts);
        let sum_bp = counting.map(|rater| u64::from(rater.weight_bp)).sum();
        if self.indicators.is_empty() {
            if !self.raters.is_empty() {
                problems.push(SchemeProblem::NothingForRaters);
            }
        } else if sum_bp != 10_000 {
            problems.push(SchemeProblem::WeightSum { sum_bp });
        }
    }

    fn check_amounts(&self, problems: &mut Vec<SchemeProblem>) {
        for (amount, value) in self.amounts() {
            if let Some(value) = value.filter(|value| !value.is_in_range()) {
                problems.push(SchemeProblem::OutOfRange { amount, value });
            }
        }
        let (floor, ceiling) = (self.floor, self.ceiling);
        if ceiling <= floor {
            problems.push(SchemeProblem::CeilingNotAboveFloor { floor, ceiling });
        }
    }

    fn check_grades(&self, problems: &mut Vec<SchemeProblem>) {
        let (cutoffs, quota) = (self.cutoffs, self.quota);
        if cutoffs.excellent <= cutoffs.qualified || cutoffs.qualified <= cutoffs.basically_qualified {
            problems.push(SchemeProblem::CutoffsNotDescending);
        }
        let most = self.most();
        if most < cutoffs.excellent {
            problems.push(SchemeProblem::ExcellentOutOfReach {
                cutoff: cutoffs.excellent,
                most,
            });
        }
        for veto in self.vetoes.iter().filter(|veto| veto.best == Grade::Excellent) {
            problems.push(SchemeProblem::VetoWithoutEffect { id: veto.id.clone() });
        }
        if quota.whole == 0 {
            problems.push(SchemeProblem::QuotaOfNothing);
        } else if quota.part > quota.whole {
            let (part, whole) = (quota.part, quota.whole);
            problems.push(SchemeProblem::QuotaAboveAll { part, whole });
        }
        let mut seen = BTreeSet::new();
        for dimension in self
            .ties
            .iter()
            .copied()
            .filter(|dimension| !seen.insert(*dimension))
        {
            problems.push(SchemeProblem::TieTwice { dimension });
        }
    }

    /// The greatest total that anybody can reach.
    fn most(&self) -> Hundredths {
        let scored = match (self.indicators.is_empty(), self.normalise) {
            (true, _) => Hundredths::ZERO,
            (false, true) => Hundredths::HUNDRED,
            (false, false) => self.full_marks(),
        };
        let bonuses = self
            .adjustments
            .iter()
            .filter(|adjustment| adjustment.kind == AdjustmentKind::Bonus)
            .map(|bonus| bonus.amount(u64::MAX));
        let bonus = super::sum(bonuses).min(self.bonus_cap.unwrap_or(Hundredths(i64::MAX)));
        super::sum([self.base, scored, bonus].into_iter()).min(self.ceiling)
    }
}

fn check_indicator(indicator: &Indicator, problems: &mut Vec<SchemeProblem>) {
    let (id, full_marks) = (&indicator.id, indicator.full_marks);
    if full_marks == Hundredths::ZERO || !full_marks.is_in_range() {
        problems.push(SchemeProblem::FullMarks {
            id: id.clone(),
            full_marks,
        });
    }
    let Some(anchors) = &indicator.anchors else { return };
    if anchors.is_empty() {
        problems.push(SchemeProblem::NoAnchors { id: id.clone() });
    }
    let is_outside = |anchor: &&Hundredths| !(Hundredths::ZERO..=full_marks).contains(*anchor);
    problems.extend(
        anchors
            .iter()
            .filter(is_outside)
            .map(|anchor| SchemeProblem::AnchorOutside {
                id: id.clone(),
                anchor: *anchor,
            }),
    );
}

fn check_adjustment(adjustment: &Adjustment, problems: &mut Vec<SchemeProblem>) {
    let (id, each) = (&adjustment.id, adjustment.each);
    if each == Hundredths::ZERO || !each.is_in_range() {
        problems.push(SchemeProblem::Each { id: id.clone(), each });
    }
    if let Some(cap) = adjustment.cap.filter(|cap| *cap < each) {
        problems.push(SchemeProblem::CapBelowEach { id: id.clone(), cap });
    }
}

fn is_well_formed(id: &str) -> bool {
    (1..=32).contains(&id.len())
        && id
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
