//! What the sheets of one class add up to.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{
    ClassTotal, Dimension, DimensionShare, Hundredths, Indicator, Missing, Rater, RaterClass, Ratio, Scheme,
    Sheet,
};

/// What one sheet counts on each indicator, in the scheme's order.
type Row = Vec<Option<Hundredths>>;

/// The mean score on one indicator, as a sum and of how many; of none when nobody scored it.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: i128,
    of: u64,
}

impl Scheme {
    /// What this class gives, and what is missing for it.
    pub(super) fn class_total(&self, rater: Rater, sheets: &[Sheet]) -> (ClassTotal, Vec<Missing>) {
        let mut rows: Vec<Row> = sheets
            .iter()
            .map(|sheet| self.row(sheet))
            .filter(|row| row.iter().any(Option::is_some))
            .collect();
        let missing = self.missing(rater.class, &rows);
        let trimmed = if missing.is_empty() {
            self.trim(&mut rows, rater)
        } else {
            0
        };
        let means = means(&rows, self.indicators.len());
        let total = ClassTotal {
            class: rater.class,
            weight_bp: rater.weight_bp,
            counts: rater.counts,
            sheets: rows.len(),
            trimmed,
            sum: sum(&means).map(|sum| self.scaled(sum)),
            by_dimension: self.by_dimension(&means),
        };
        (total, missing)
    }

    fn row(&self, sheet: &Sheet) -> Row {
        let counted = |indicator: &Indicator| Some(indicator.counted(*sheet.get(&indicator.id)?));
        self.indicators.iter().map(counted).collect()
    }

    fn missing(&self, class: RaterClass, rows: &[Row]) -> Vec<Missing> {
        if rows.is_empty() {
            return vec![Missing::Class(class)];
        }
        self.indicators
            .iter()
            .enumerate()
            .filter(|(at, _)| rows.iter().all(|row| row[*at].is_none()))
            .map(|(_, indicator)| Missing::Indicator {
                class,
                indicator: indicator.id.clone(),
            })
            .collect()
    }

    /// Takes out the highest and the lowest sheets, all of those that the scheme names or none: what remains has to
    /// score every indicator. Says how many went.
    ///
    /// Sheets are compared by what they give of full marks on the indicators they score.
    fn trim(&self, rows: &mut Vec<Row>, rater: Rater) -> usize {
        let (lowest, highest) = (usize::from(rater.trim_lowest), usize::from(rater.trim_highest));
        let Some(last) = rows.len().checked_sub(highest).filter(|last| *last > lowest) else {
            return 0;
        };
        rows.sort_by(|left, right| self.order(left, right));
        let kept = rows[lowest..last].to_vec();
        if means(&kept, self.indicators.len())
            .iter()
            .any(|mean| mean.of == 0)
        {
            return 0;
        }
        *rows = kept;
        lowest + highest
    }

    /// Which of two sheets is the lower one. Between equal ones their scores decide, so that it is always the same one.
    fn order(&self, left: &Row, right: &Row) -> Ordering {
        let share = |row: &Row| {
            let scored = || {
                self.indicators
                    .iter()
                    .zip(row)
                    .filter_map(|(of, score)| Some((of, (*score)?)))
            };
            let given: i128 = scored().map(|(_, score)| i128::from(score.0)).sum();
            let full: i64 = scored().map(|(of, _)| of.most().0).sum();
            Ratio::new(given, full.unsigned_abs())
        };
        share(left).cmp(&share(right)).then_with(|| left.cmp(right))
    }

    /// A class's sum, brought to 100 where the scheme says so.
    fn scaled(&self, sum: Ratio) -> Ratio {
        if self.normalise {
            sum.times(Hundredths::HUNDRED.0.unsigned_abs())
                .over(self.full_marks().0.unsigned_abs())
        } else {
            sum
        }
    }

    fn by_dimension(&self, means: &[Mean]) -> Vec<DimensionShare> {
        let share = |dimension| {
            let of_it: Vec<Mean> = self
                .indicators
                .iter()
                .zip(means)
                .filter(|(indicator, _)| indicator.dimension == dimension)
                .map(|(_, mean)| *mean)
                .collect();
            let full_marks = self.full_marks_of(dimension);
            let whole_percent = Hundredths::HUNDRED.0.unsigned_abs();
            (!of_it.is_empty()).then_some(())?;
            Some(DimensionShare {
                dimension,
                full_marks,
                reached: sum(&of_it)?
                    .times(whole_percent)
                    .over(full_marks.0.unsigned_abs()),
            })
        };
        Dimension::ALL.into_iter().filter_map(share).collect()
    }
}

fn means(rows: &[Row], indicators: usize) -> Vec<Mean> {
    let mut means = vec![Mean::default(); indicators];
    for row in rows {
        for (mean, score) in means.iter_mut().zip(row) {
            if let Some(score) = score {
                mean.sum += i128::from(score.0);
                mean.of += 1;
            }
        }
    }
    means
}

/// The sum of means; none when one of them is of nobody.
///
/// Means of equally many sheets are added first, as whole numbers: without gaps there is one fraction to reduce.
fn sum(means: &[Mean]) -> Option<Ratio> {
    if means.iter().any(|mean| mean.of == 0) {
        return None;
    }
    let mut by_sheets = BTreeMap::<u64, i128>::new();
    for mean in means {
        *by_sheets.entry(mean.of).or_default() += mean.sum;
    }
    let fractions = by_sheets.into_iter().map(|(of, sum)| Ratio::new(sum, of));
    Some(fractions.fold(Ratio::ZERO, Ratio::plus))
}
