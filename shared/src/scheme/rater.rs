//! Who scores, and how much each class of them weighs.

use serde::{Deserialize, Serialize};

use crate::ledger::column::Term;

/// From whom scores come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RaterClass {
    /// 自评: the member himself, on one sheet.
    #[serde(rename = "self")]
    SelfRating,
    /// 互评: the other members.
    Peer,
    /// 群众测评: people who are no members.
    Mass,
    /// 支部评定: the branch committee.
    Branch,
}

impl RaterClass {
    /// Every class.
    pub const ALL: [Self; 4] = [Self::SelfRating, Self::Peer, Self::Mass, Self::Branch];

    /// The word that stands for it in what is kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SelfRating => "self",
            Self::Peer => "peer",
            Self::Mass => "mass",
            Self::Branch => "branch",
        }
    }

    /// How it is shown.
    #[must_use]
    pub const fn name(self) -> Term {
        let (zh, en) = match self {
            Self::SelfRating => ("自评", "Self-rating"),
            Self::Peer => ("互评", "Mutual rating"),
            Self::Mass => ("群众测评", "Mass rating"),
            Self::Branch => ("支部评定", "Branch rating"),
        };
        Term { zh, en }
    }
}

/// How the scores of one class are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rater {
    /// Whose.
    pub class: RaterClass,
    /// Its weight in the total, in basis points: 4,000 is 40 %. Where a class did not score, the weights of those that
    /// did are taken to make the whole.
    pub weight_bp: u32,
    /// Whether it is part of the total. One that is not is shown beside it; its weight is without effect.
    pub counts: bool,
    /// How many of the highest sheets are left out.
    #[serde(default)]
    pub trim_highest: u8,
    /// How many of the lowest sheets are left out.
    #[serde(default)]
    pub trim_lowest: u8,
}
