//! Rules of regulations and of the enterprise: dated packs of data, and what they find in a ledger.
//!
//! A pack is data that the office edits; a [`Check`] is what the program knows how to look for. Checks are pure
//! functions over plain facts ([`Facts`]), which whoever reads the ledgers draws from them, and a day. With a pack taken
//! out its findings are gone and nothing else changes.
//!
//! Nothing here concerns a person's standing in the organisation: terms for putting things right, removal, punishment
//! and reports about persons are neither computed nor suggested.

mod appraisal;
mod check;
mod enterprise;
mod fact;
mod finding;
mod name;
mod national;
mod pack;
mod packs;
mod pledge;
mod post;
mod roster;
mod share;
#[cfg(test)]
mod tests;
mod zone;

pub use appraisal::{AppraisalFacts, Grade, QuotaBase, RatingFact, Stage};
pub use check::Check;
pub use fact::{Facts, MemberFact, PostingFact, Standing};
pub use finding::{Detail, Finding, Level, Subject};
pub use name::{NameError, PackId, RuleId};
pub use pack::{PackProblem, Rule, RulePack};
pub use packs::{Packs, PacksError};
pub use pledge::{PledgeFact, PledgeFacts};
pub use post::{PostFact, PostFacts};
pub use roster::{CommitteeFact, RosterFacts};
pub use share::Share;
pub use zone::{Quarter, TermFact, ZoneFact, ZoneFacts, ZoneOwners};
