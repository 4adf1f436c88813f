//! The rules in force, and the means to leave one out where it is proved that it is needed.

use super::rule::Rule;

/// The rules in force: all of them.
///
/// With the feature `waivers`, which the relay is built without, a value can be made that leaves some out, to prove that
/// each is needed. Nothing global changes: whoever judges by fewer rules says so in the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    #[cfg(feature = "waivers")]
    waived: u64,
}

impl Rules {
    /// All rules.
    pub const ALL: Self = Self {
        #[cfg(feature = "waivers")]
        waived: 0,
    };

    /// All rules but these. [`Rule::Parse`] and [`Rule::Decodes`] stay: without them there is nothing to judge.
    #[cfg(feature = "waivers")]
    #[must_use]
    pub fn without(rules: &[Rule]) -> Self {
        let waived = rules.iter().fold(0, |waived, rule| waived | 1 << *rule as u64);
        Self { waived }
    }

    /// Whether this rule is in force.
    #[cfg(feature = "waivers")]
    #[must_use]
    pub const fn demand(self, rule: Rule) -> bool {
        self.waived & (1 << rule as u64) == 0
    }

    /// Whether this rule is in force.
    #[cfg(not(feature = "waivers"))]
    #[must_use]
    pub const fn demand(self, _: Rule) -> bool {
        true
    }

    /// Refuses by this rule what is not so.
    pub(super) fn ask(self, rule: Rule, is_so: bool) -> Result<(), Rule> {
        if is_so || !self.demand(rule) {
            Ok(())
        } else {
            Err(rule)
        }
    }

    /// Refuses by this rule what is more than `most`.
    pub(super) fn within(self, rule: Rule, count: u64, most: usize) -> Result<u64, Rule> {
        self.ask(rule, count <= most as u64).map(|()| count)
    }
}
