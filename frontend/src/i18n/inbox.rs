//! What is said of what waits for a person: held and refused work, and decisions about it.

use shared::access::Hold;
use shared::time::Timestamp;

/// What is said of what waits for a person.
#[expect(missing_docs, reason = "the two languages say what each note says")]
#[derive(Clone, Debug, PartialEq)]
pub enum InboxNote<'a> {
    Title,
    Lead {
        decide: usize,
        refused: usize,
        conflicts: usize,
    },
    NeedsRelay,
    AsOf {
        at: Timestamp,
    },
    Mine,
    MineLead,
    NothingMine,
    Review,
    ReviewLead,
    NothingToReview,
    Conflicts,
    Author {
        name: &'a str,
        carrier: Option<&'a str>,
    },
    Why(Hold),
    Held,
    Refused,
    TakenIn,
    AwaitsDecision,
    AwaitsGround,
    AwaitsOther,
    GroundTurnedDown,
    TurnedDown {
        by: &'a str,
        at: Timestamp,
        reason: &'a str,
    },
    DeviceTime {
        at: Timestamp,
    },
    ReceivedAt {
        at: Timestamp,
    },
    WouldClash,
    NewRow,
    RemoveRow {
        why: &'a str,
    },
    RestoreRow,
    MoveRow,
    DecideRow {
        kind: &'a str,
    },
    Elsewhere,
    Unreadable,
    More {
        count: usize,
    },
    Kind,
    Place,
    Now,
    Proposed,
    Source,
    Outcome,
    Choose {
        place: &'a str,
    },
    ChooseAll,
    Take,
    TakeSome {
        count: usize,
    },
    TakeAll,
    TurnDown,
    TurnDownSome {
        count: usize,
    },
    Reason,
    Reopens,
    WithGround {
        names: &'a str,
    },
    WithDependents {
        names: &'a str,
    },
    TurnDownHint,
    TookIn {
        count: usize,
    },
    DidTurnDown {
        count: usize,
    },
    DecideOffline,
    DecideNotYours,
    DecideFailed,
    Export,
    SheetHead,
    SheetName {
        list: &'a str,
        at: Timestamp,
    },
}

mod words;

pub(super) use words::{chinese, english};
