//! One tab, whose disk and relay the test speaks for.

use std::time::Duration;

use super::super::*;
use crate::id::{ActorId, Chain, ChangeHash, RowId, Seal, UnitId};
use crate::ledger::act::{Deed, Entry as How, NewRow};
use crate::ledger::cell::{CellRef, Value};
use crate::ledger::document::{Document, Made};
use crate::ledger::key::Part;
use crate::ledger::kind::Kind;
use crate::ledger::skeleton;
use crate::protocol::Fate;
use crate::time::Timestamp;

pub(super) const LEDGER: LedgerId = LedgerId([7; 16]);
pub(super) const LIN: AccountId = AccountId::from_bytes([1; 16]);
pub(super) const GU: AccountId = AccountId::from_bytes([2; 16]);
pub(super) const ROW: RowId = RowId::from_bytes([9; 16]);

/// A tab that is online and has the whole log: skeleton and one row of Gu's.
pub(super) struct Tab {
    pub(super) client: Client,
    pub(super) now: Timestamp,
    pub(super) gu: Document,
    pub(super) log: Vec<Entry>,
    pub(super) effects: Vec<Effect>,
}

impl Tab {
    pub(super) fn online() -> Self {
        let schema = Kind::Pledge.schema();
        let mut gu = Document::new(LEDGER, schema, GU, ActorId([2; 16]));
        let row = NewRow {
            table: "items".to_owned(),
            id: ROW,
            order: "80".to_owned(),
            cells: Vec::new(),
        };
        let deed = Deed::Enter {
            by: How::Typed,
            rows: vec![row],
            cells: Vec::new(),
        };
        let made = perform(&mut gu, 1, deed);
        let mut tab = Self {
            client: Client::new(config()),
            now: Timestamp(1_000_000),
            gu,
            log: Vec::new(),
            effects: Vec::new(),
        };
        for made in skeleton::changes(LEDGER, schema) {
            tab.logs(AccountId::RELAY, &made);
        }
        tab.logs(GU, &made);
        let kept = Kept {
            entries: tab.log.clone(),
            ..Kept::default()
        };
        tab.opens(kept);
        tab.happens(Event::TryNow);
        tab.happens(Event::Connected);
        tab.receives_entries(tab.log.len());
        tab.effects.clear();
        tab
    }

    pub(super) fn opens(&mut self, kept: Kept) {
        let key = LedgerKey {
            unit: UnitId::from_bytes([5; 16]),
            year: Some(2026),
            kind: Kind::Pledge,
            part: Part::Main,
        };
        self.happens(Event::Opened(LEDGER, key, Box::new(kept)));
    }

    pub(super) fn happens(&mut self, event: Event) {
        let effects = self.client.handle(self.now, event);
        self.effects.extend(effects);
    }

    pub(super) fn passes(&mut self, time: Duration) {
        self.now = self.now.after(time);
        self.happens(Event::Tick);
    }

    pub(super) fn types(&mut self, text: &str) {
        let performed = self.client.perform(self.now, LEDGER, types(text)).unwrap();
        self.effects.extend(performed.effects);
    }

    /// The disk finishes whatever it was asked to write.
    pub(super) fn saves(&mut self) {
        while let Some(place) = self
            .effects
            .iter()
            .position(|effect| matches!(effect, Effect::Save(_)))
        {
            if let Effect::Save(save) = self.effects.remove(place) {
                self.happens(Event::Saved(save.id));
            }
        }
    }

    /// Every change sent since it was asked last.
    pub(super) fn pushed(&mut self) -> Vec<Made> {
        let effects = std::mem::take(&mut self.effects);
        let pushes = effects.into_iter().filter_map(|effect| match effect {
            Effect::Send(ClientMessage::Push { changes, .. }) => Some(changes),
            _ => None,
        });
        let made = |bytes: serde_bytes::ByteBuf| Made {
            hash: crate::guard::scan(&bytes).unwrap(),
            bytes: bytes.into_vec(),
        };
        pushes.flatten().map(made).collect()
    }

    pub(super) fn types_and_pushes(&mut self, text: &str) -> Made {
        self.types(text);
        self.saves();
        self.pushed().remove(0)
    }

    pub(super) fn is_told(&mut self, hash: ChangeHash, fate: Fate) {
        self.happens(Event::Received(RelayMessage::Fates {
            ledger: LEDGER,
            fates: vec![(hash, fate)],
        }));
    }

    pub(super) fn logs(&mut self, account: AccountId, made: &Made) {
        self.log.push(Entry {
            seq: self.log.len() as u64 + 1,
            hash: made.hash,
            account,
            device: DeviceId::from_bytes([1; 16]),
            carried_by: None,
            received_at: self.now,
            bytes: made.bytes.clone(),
            seal: Seal([0; 32]),
        });
    }

    /// The entries after this one arrive.
    pub(super) fn receives_entries(&mut self, after: usize) {
        let chain = self
            .log
            .iter()
            .fold(Chain::START, |chain, entry| chain.then(&entry.hash));
        let (entries, last) = (self.log[after..].to_vec(), self.log.len() as u64);
        self.happens(Event::Received(RelayMessage::Entries {
            ledger: LEDGER,
            entries,
            chain,
            last,
        }));
    }

    pub(super) fn counts(&self) -> Counts {
        self.client.ledger(LEDGER).unwrap().counts()
    }

    pub(super) fn shows(&self) -> Value {
        let snapshot = self.client.ledger(LEDGER).unwrap().snapshot();
        snapshot
            .cell(&cell())
            .map(|cell| cell.value.clone())
            .unwrap_or_default()
    }

    pub(super) fn hangs_up(&self) -> bool {
        self.effects.contains(&Effect::Disconnect)
    }
}

pub(super) fn config() -> ClientConfig {
    let (device, tab) = (DeviceId::from_bytes([1; 16]), TabId::from_bytes([1; 16]));
    ClientConfig {
        account: LIN,
        device,
        tab,
        app: "test".to_owned(),
        seed: [1; 32],
    }
}

pub(super) fn perform(document: &mut Document, number: u128, deed: Deed) -> Made {
    let act = Act {
        id: crate::id::ActId(uuid::Uuid::from_u128(number)),
        at: Timestamp(1),
        deed,
    };
    document.perform(&act).unwrap().changes.remove(0)
}

pub(super) fn cell() -> CellRef {
    CellRef::new("items", ROW, "text")
}

pub(super) fn types(text: &str) -> Deed {
    let cells = vec![(cell(), Value::Text(text.to_owned()))];
    Deed::Enter {
        by: How::Typed,
        rows: Vec::new(),
        cells,
    }
}

/// A deed that adds as many rows with this text.
pub(super) fn adds(rows: u8, text: &str) -> Deed {
    let rows = (0..rows).map(|number| NewRow {
        table: "items".to_owned(),
        id: RowId::from_bytes([40 + number; 16]),
        order: "90".to_owned(),
        cells: vec![("text".to_owned(), Value::Text(text.to_owned()))],
    });
    Deed::Enter {
        by: How::Typed,
        rows: rows.collect(),
        cells: Vec::new(),
    }
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
