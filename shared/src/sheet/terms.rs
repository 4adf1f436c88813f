//! By which terms branches are counted: data, as rules are.

use std::collections::BTreeSet;

use crate::rule::Standing;
use crate::scheme::{Quota, ready};

/// Of whom nothing is asked, and how many may be excellent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Of whom no pledge is asked.
    pub no_pledge: BTreeSet<Standing>,
    /// Of whom no zone is asked: who is not at work there.
    pub no_zone: BTreeSet<Standing>,
    /// How many members may be excellent.
    pub quota: Quota,
}

impl Default for Terms {
    /// What the ready rules and schemes say.
    fn default() -> Self {
        use Standing::{Floating, Ill, Retired, Seconded};
        Self {
            no_pledge: BTreeSet::from([Retired, Ill]),
            no_zone: BTreeSet::from([Retired, Ill, Seconded, Floating]),
            quota: ready::front_line().quota,
        }
    }
}
