//! Every built-in rule finds what it is for and nothing else.

use super::*;
use crate::id::{PersonId, RowId};
use crate::time::Date;

mod appraisal;
mod packs;
mod pledge;
mod post;
mod roster;
mod zone;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn row(number: u8) -> RowId {
    RowId::from_bytes([number; 16])
}

/// A full member at work, in no crew.
fn member(number: u8) -> MemberFact {
    MemberFact {
        person: person(number),
        standing: Standing::Active,
        probationary: false,
        crew: None,
    }
}

/// So many full members.
fn members(count: u8) -> Vec<MemberFact> {
    (1..=count).map(member).collect()
}

/// What one built-in rule finds on a day.
fn found(rule: &str, facts: impl Into<Facts>, on: &str) -> Vec<(Subject, Detail)> {
    let rule: RuleId = rule.parse().unwrap();
    let packs = Packs::built_in();
    assert!(packs.rule(&rule, day(on)).is_some(), "{rule}");
    let findings = packs.check(&facts.into(), day(on)).into_iter();
    let of_rule = findings.filter(|finding| finding.rule == rule);
    of_rule.map(|finding| (finding.subject, finding.detail)).collect()
}
