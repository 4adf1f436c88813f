//! Long names as small numbers: an operation id in eight bytes, a key in four.

use std::collections::HashMap;

use crate::id::ActorId;
use crate::ledger::act::OpRef;

/// An operation: its actor's number and its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Short {
    actor: u32,
    counter: u32,
}

/// The numbers given so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    actors: HashMap<ActorId, u32>,
    keys: HashMap<Box<str>, u32>,
}

impl Names {
    /// The short form of an operation of a judged change, whose counter fits: Automerge's own do not go further.
    pub(super) fn short(&mut self, op: OpRef) -> Short {
        let next = number(self.actors.len());
        let actor = *self.actors.entry(op.actor).or_insert(next);
        Short {
            actor,
            counter: u32::try_from(op.counter).unwrap_or(u32::MAX),
        }
    }

    /// The short form of an operation, if its actor is known.
    pub(super) fn find(&self, op: OpRef) -> Option<Short> {
        let actor = *self.actors.get(&op.actor)?;
        Some(Short {
            actor,
            counter: u32::try_from(op.counter).ok()?,
        })
    }

    pub(super) fn key(&mut self, key: &str) -> u32 {
        if let Some(known) = self.keys.get(key) {
            return *known;
        }
        let next = number(self.keys.len());
        self.keys.insert(key.into(), next);
        next
    }

    pub(super) fn find_key(&self, key: &str) -> Option<u32> {
        self.keys.get(key).copied()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a ledger is full long before")
}
