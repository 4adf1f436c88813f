//! What is shown of what waits for a person.

use std::rc::Rc;

use shared::id::{ChangeHash, LedgerId};
use shared::ledger::act::Act;
use shared::ledger::key::LedgerKey;
use shared::ledger::person::Directory;
use shared::ledger::proposal::Proposal;
use shared::ledger::snapshot::RowView;
use shared::protocol::http::inbox::HeldItem;
use shared::time::Timestamp;

use crate::store::view::{AsideReason, LedgerView};

/// What waits for a person, over all ledgers.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxView {
    /// When the relay last told its list; none if it has not since the app was opened.
    pub as_of: Option<Timestamp>,
    /// The ledgers of which something waits, by unit.
    pub ledgers: Vec<InboxLedger>,
}

impl InboxView {
    /// How many changes wait for this officer's decision.
    #[must_use]
    pub fn to_decide(&self) -> usize {
        let review = self.ledgers.iter().flat_map(|ledger| &ledger.review);
        review.filter(|kept| kept.item.decision.is_none()).count()
    }
}

/// What waits of one ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxLedger {
    /// Its id.
    pub id: LedgerId,
    /// Its key.
    pub key: LedgerKey,
    /// The name of its unit.
    pub unit: Rc<str>,
    /// The ledger, if it is on this device.
    pub view: Option<Rc<LedgerView>>,
    /// The members of its branch.
    pub directory: Rc<Directory>,
    /// Rows that held changes would make, with their tables.
    pub born: Vec<(&'static str, Rc<RowView>)>,
    /// Cells in conflict.
    pub conflicts: usize,
    /// Changes that the relay has voided: whatever builds on one can never go in.
    pub withdrawn: Vec<ChangeHash>,
    /// What is held or was refused of one's own, oldest first.
    pub mine: Vec<Mine>,
    /// What one decides about and what builds on it, decided or not, in the order of arrival.
    pub review: Vec<Kept>,
}

/// A change that the relay keeps for a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What the relay says of it.
    pub item: Rc<HeldItem>,
    /// What it would do; none when it cannot be read.
    pub proposal: Option<Proposal>,
}

/// Something of one's own that is held or was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Mine {
    /// The change at the relay, if the relay has told of one.
    pub kept: Option<Kept>,
    /// The act on this device, if it is there.
    pub act: Option<MyAct>,
}

/// An act of one's own that is not in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct MyAct {
    /// The act.
    pub act: Act,
    /// What became of it.
    pub state: MyState,
}

/// What became of an act, as far as this device knows.
#[derive(Clone, Debug, PartialEq)]
pub enum MyState {
    /// Kept at the relay for a person.
    Held,
    /// Waits for one that is.
    WaitsForHeld,
    /// Set aside.
    SetAside(AsideReason),
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecideProblem {
    /// The relay cannot be reached.
    Unreachable,
    /// Somebody has decided already, or it is not this officer's to decide.
    NotYours,
    /// The relay failed.
    Failed,
}
