//! 汇总表: what superiors see of their branches, worked out from the branches' ledgers and never typed.
//!
//! Every number names the rows that it counts, in ledgers that may be read from above, so that whoever wonders about one
//! can look. Of appraisals, which stay in the branch, there are numbers alone. Nothing is ranked here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::access::{Relation, Units};
use crate::id::UnitId;
use crate::ledger::key::{LedgerKey, Part};
use crate::ledger::kind::Kind;
use crate::ledger::snapshot::Snapshot;
use crate::time::Date;

mod appraisal;
mod figure;
mod members;
mod pledges;
mod posts;
mod sum;
mod terms;
#[cfg(test)]
mod tests;
mod zones;

pub use appraisal::AppraisalFigures;
pub use figure::{Figure, Figures, RowsBehind};
pub use members::MemberFigures;
pub use pledges::PledgeFigures;
pub use posts::PostFigures;
pub use terms::Terms;
pub use zones::ZoneFigures;

use members::Members;
use sum::Sum;

/// The ledgers of one branch, each as it is now; what is not there counts as empty.
#[derive(Clone, Copy, Debug)]
pub struct Ledgers<'a> {
    /// The branch.
    pub unit: UnitId,
    /// The year.
    pub year: u16,
    /// The roster.
    pub roster: &'a Snapshot,
    /// The pledges of the year.
    pub pledges: &'a Snapshot,
    /// The zones of the year.
    pub zones: &'a Snapshot,
    /// The posts of the year.
    pub posts: &'a Snapshot,
    /// The parts of the year's appraisal.
    pub appraisal: &'a BTreeMap<Part, &'a Snapshot>,
}

/// What a branch's ledgers come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchFigures {
    /// Of the roster.
    pub members: MemberFigures,
    /// Of the pledges.
    pub pledges: PledgeFigures,
    /// Of the zones.
    pub zones: ZoneFigures,
    /// Of the posts.
    pub posts: PostFigures,
    /// Of the appraisal; none for whom that is not for.
    pub appraisal: Option<AppraisalFigures>,
}

/// One branch's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The branch.
    pub unit: UnitId,
    /// What its ledgers come to.
    pub figures: BranchFigures,
    /// Ledgers that could not be read: what they say is not counted.
    #[serde(default)]
    pub unread: Vec<LedgerKey>,
}

/// What the branches below a unit come to together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitSum {
    /// The unit.
    pub unit: UnitId,
    /// How many branches are below it.
    pub branches: usize,
    /// Their sum; its numbers name no rows: the lines do.
    pub figures: BranchFigures,
}

/// A whole sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The year.
    pub year: u16,
    /// The day as of which something is overdue or in force.
    pub on: Date,
    /// One line for each branch.
    pub lines: Vec<Line>,
    /// The sum of each unit between the branches and the top of which every branch has a line.
    pub sums: Vec<UnitSum>,
    /// The sum of all lines.
    pub whole: BranchFigures,
}

impl Ledgers<'_> {
    /// What they come to on this day.
    #[must_use]
    pub fn figures(&self, on: Date, terms: &Terms) -> BranchFigures {
        let members = Members::of(self.roster, &self.key(Kind::Roster));
        BranchFigures {
            members: members.figures(terms),
            pledges: PledgeFigures::of(self.pledges, &self.key(Kind::Pledge), &members, on, terms),
            zones: ZoneFigures::of(self.zones, &self.key(Kind::Zone), &members, on, terms),
            posts: PostFigures::of(self.posts, &self.key(Kind::Post), on),
            appraisal: Some(AppraisalFigures::of(self.appraisal, &members, terms)),
        }
    }

    fn key(&self, kind: Kind) -> LedgerKey {
        LedgerKey {
            unit: self.unit,
            year: kind.is_yearly().then_some(self.year),
            kind,
            part: Part::Main,
        }
    }
}

impl Sheet {
    /// These lines with their sums. `between` are the units that may get one, each with the branches below it.
    #[must_use]
    pub fn new(year: u16, on: Date, lines: Vec<Line>, between: &[(UnitId, Vec<UnitId>)]) -> Self {
        let line_of = |unit: &UnitId| lines.iter().find(|line| line.unit == *unit);
        let sum_of = |(unit, branches): &(UnitId, Vec<UnitId>)| {
            let below: Vec<&Line> = branches.iter().map(line_of).collect::<Option<_>>()?;
            Some(UnitSum {
                unit: *unit,
                branches: below.len(),
                figures: total(&below)?,
            })
        };
        Self {
            year,
            on,
            sums: between.iter().filter_map(sum_of).collect(),
            whole: total(&lines.iter().collect::<Vec<_>>()).unwrap_or_default(),
            lines,
        }
    }
}

/// The branches below each of these units, in the order given; a unit without any is left out.
#[must_use]
pub fn below(units: &Units, above: &[UnitId], branches: &[UnitId]) -> Vec<(UnitId, Vec<UnitId>)> {
    let below = |unit: &UnitId| {
        let is_below = |branch: &&UnitId| units.relation(*unit, **branch) == Relation::Above;
        let branches: Vec<UnitId> = branches.iter().filter(is_below).copied().collect();
        (!branches.is_empty()).then_some((*unit, branches))
    };
    above.iter().filter_map(below).collect()
}

/// The sum of some lines; none of no line.
fn total(lines: &[&Line]) -> Option<BranchFigures> {
    let (first, others) = lines.split_first()?;
    let mut sum = first.figures.without_rows();
    for line in others {
        sum.add(&line.figures);
    }
    Some(sum)
}
