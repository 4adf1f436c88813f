//! What a row goes through: one table of transitions, read by the app, the relay and the tests, and the fold that says
//! what a row has come to.

use serde::{Deserialize, Serialize};

use super::column::{Choice, Term};
use super::decision::{DecisionKind, Word};
use super::key::LedgerKey;
use super::kind::Kind;
use crate::access::{Relation, Role};

mod appraisal;
mod page;
mod pledge;
mod post;
mod standing;
mod zone;

pub use appraisal::GRADES;
pub use page::page;
pub use pledge::VERDICTS;
pub use standing::{Standing, standing};
pub use zone::ZONE_GRADES;

/// What a row has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿: nobody has decided anything.
    #[default]
    Draft,
    /// 待审.
    Submitted,
    /// 已退回.
    Returned,
    /// 已审定.
    Approved,
    /// 公示中.
    Posted,
    /// 有异议.
    Objected,
    /// 践诺中.
    InForce,
    /// 已评定.
    Judged,
    /// 已归档.
    Filed,
    /// 生效 (a zone).
    Effective,
    /// 已撤销 (a zone).
    Closed,
    /// 已评等次.
    Graded,
    /// 已申报.
    Nominated,
    /// 支部已同意.
    Agreed,
    /// 已命名.
    Named,
    /// 挂牌中.
    Hung,
    /// 警示中.
    Warned,
    /// 已摘牌.
    Revoked,
    /// 已到期.
    Expired,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 19] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Approved,
        Self::Posted,
        Self::Objected,
        Self::InForce,
        Self::Judged,
        Self::Filed,
        Self::Effective,
        Self::Closed,
        Self::Graded,
        Self::Nominated,
        Self::Agreed,
        Self::Named,
        Self::Hung,
        Self::Warned,
        Self::Revoked,
        Self::Expired,
    ];

    /// The word that stands for it in pages and tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Posted => "posted",
            Self::Objected => "objected",
            Self::InForce => "in_force",
            Self::Judged => "judged",
            Self::Filed => "filed",
            Self::Effective => "effective",
            Self::Closed => "closed",
            Self::Graded => "graded",
            Self::Nominated => "nominated",
            Self::Agreed => "agreed",
            Self::Named => "named",
            Self::Hung => "hung",
            Self::Warned => "warned",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Term {
        match self {
            Self::Draft => Term::new("草稿", "Draft"),
            Self::Submitted => Term::new("待审", "In review"),
            Self::Returned => Term::new("已退回", "Returned"),
            Self::Approved => Term::new("已审定", "Approved"),
            Self::Posted => Term::new("公示中", "Posted"),
            Self::Objected => Term::new("有异议", "Objected to"),
            Self::InForce => Term::new("践诺中", "In force"),
            Self::Judged => Term::new("已评定", "Evaluated"),
            Self::Filed => Term::new("已归档", "Filed"),
            Self::Effective => Term::new("生效", "In force"),
            Self::Closed => Term::new("已撤销", "Closed"),
            Self::Graded => Term::new("已评等次", "Graded"),
            Self::Nominated => Term::new("已申报", "Nominated"),
            Self::Agreed => Term::new("支部已同意", "Branch agreed"),
            Self::Named => Term::new("已命名", "Named"),
            Self::Hung => Term::new("挂牌中", "Plaque hung"),
            Self::Warned => Term::new("警示中", "Warned"),
            Self::Revoked => Term::new("已摘牌", "Revoked"),
            Self::Expired => Term::new("已到期", "Expired"),
        }
    }
}

/// One way from a state to the next.
#[derive(Debug, PartialEq, Eq)]
pub struct Transition {
    /// In which kind of ledger.
    pub kind: Kind,
    /// In which table.
    pub table: &'static str,
    /// By which decision.
    pub decision: DecisionKind,
    /// From which states.
    pub from: &'static [State],
    /// To which state.
    pub to: State,
    /// Who makes it: roles by where they are held.
    pub makers: &'static [(Relation, Role)],
    /// Who may withdraw it beside those who make it.
    pub withdrawers: &'static [(Relation, Role)],
    /// What it binds: content that moves on afterwards is shown as 批准后已改.
    pub binds: Binds,
    /// What must hold for it.
    pub guards: &'static [Guard],
}

/// What a decision binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binds {
    /// Nothing: it says something about the row, not about its words.
    Nothing,
    /// These columns of the row.
    Columns(&'static [&'static str]),
    /// All that every part of the ledger holds of a member. Who cannot read all parts cannot make it.
    Member,
}

/// What must hold for a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// A reason is given.
    Note,
    /// One of these is chosen.
    Value(&'static [Choice]),
    /// A reason is given when this is chosen.
    NoteFor(&'static str),
    /// These columns hold something.
    Filled(&'static [&'static str]),
    /// A first and a last day are given, in this order.
    Period,
    /// The last posting is over.
    PostingOver,
}

/// Every transition, by kind.
pub const TRANSITIONS: [&[Transition]; 4] = [
    pledge::TRANSITIONS,
    zone::TRANSITIONS,
    post::TRANSITIONS,
    appraisal::TRANSITIONS,
];

/// The transitions of a table.
pub fn of(kind: Kind, table: &str) -> impl Iterator<Item = &'static Transition> {
    all().filter(move |way| way.kind == kind && way.table == table)
}

/// The transition that a decision of this kind is in this table, if it is one.
#[must_use]
pub fn way(kind: Kind, table: &str, decision: DecisionKind) -> Option<&'static Transition> {
    of(kind, table).find(|way| way.decision == decision)
}

/// Every transition.
pub fn all() -> impl Iterator<Item = &'static Transition> {
    TRANSITIONS.into_iter().flatten()
}

/// Whether somebody who holds this role there may write a decision of this word in a ledger: what the relay knows of a
/// decision is its word alone.
#[must_use]
pub fn permits(ledger: &LedgerKey, word: Word, relation: Relation, role: Role) -> bool {
    // Decisions stand in the main part: no other has any.
    if ledger.part != super::key::Part::Main {
        return false;
    }
    let of_kind = all().filter(|way| way.kind == ledger.kind);
    let holder = (relation, role);
    match word {
        Word::Decide(decision) => of_kind
            .filter(|way| way.decision == decision)
            .any(|way| way.makers.contains(&holder)),
        Word::Withdraw(decision) => of_kind
            .filter(|way| way.decision == decision)
            .any(|way| way.makers.contains(&holder) || way.withdrawers.contains(&holder)),
    }
}

/// Whether somebody who holds this role there makes any decision at all in a ledger.
#[must_use]
pub fn decides_something(ledger: &LedgerKey, relation: Relation, role: Role) -> bool {
    let mut of_kind = all().filter(|way| way.kind == ledger.kind);
    ledger.part == super::key::Part::Main && of_kind.any(|way| way.makers.contains(&(relation, role)))
}

impl Binds {
    /// What stands for it in a digest.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Columns(columns) => columns.join(","),
            Self::Member => "member".to_owned(),
        }
    }
}

impl Transition {
    /// Its makers and those who may withdraw it, each once.
    pub fn who_may_withdraw(&self) -> impl Iterator<Item = (Relation, Role)> {
        let more = self
            .withdrawers
            .iter()
            .filter(|holder| !self.makers.contains(holder));
        self.makers.iter().chain(more).copied()
    }
}
