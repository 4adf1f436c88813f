//! One ledger being written: acts performed by officers, and the entries they leave in its log.

use shared::id::{AccountId, ActId, DeviceId, LedgerId};
use shared::ledger::act::{Act, Deed};
use shared::ledger::document::{Document, Made};
use shared::ledger::key::LedgerKey;
use shared::ledger::skeleton;
use shared::sync::relay::{NewEntry, seal};
use shared::time::Timestamp;

use super::seed;

/// The device of the relay's own entries.
const RELAY_DEVICE: DeviceId = DeviceId::from_bytes([0; 16]);
/// How long what was written took to reach the relay, in milliseconds.
const UPLOAD: i64 = 1_500;

/// A ledger and its log so far.
pub(super) struct Book<'a> {
    seal_key: &'a [u8; 32],
    ledger: LedgerId,
    document: Document,
    entries: Vec<NewEntry>,
    acts: u32,
}

impl<'a> Book<'a> {
    /// A ledger as the relay opens it.
    pub(super) fn open(key: LedgerKey, seal_key: &'a [u8; 32], at: Timestamp) -> Self {
        let ledger = key.id(seed::enterprise());
        let schema = key.kind.schema();
        let document = Document::new(
            ledger,
            schema,
            AccountId::RELAY,
            seed::actor(&format!("{ledger} relay")),
        );
        let mut book = Self {
            seal_key,
            ledger,
            document,
            entries: Vec::new(),
            acts: 0,
        };
        for made in skeleton::changes(ledger, schema) {
            book.append(made, AccountId::RELAY, RELAY_DEVICE, at);
        }
        book
    }

    /// An officer sits down to write, in a fresh tab.
    pub(super) fn written_by(&mut self, login: &str) -> Tab<'_, 'a> {
        let account = seed::account(login);
        self.document.write_as(
            account,
            seed::actor(&format!("{} {login} {}", self.ledger, self.acts)),
        );
        Tab {
            account,
            device: seed::device(login),
            book: self,
        }
    }

    fn append(&mut self, made: Made, account: AccountId, device: DeviceId, at: Timestamp) {
        let seal = seal(self.seal_key, self.ledger, &made.hash, account, device, None);
        self.entries.push(NewEntry {
            ledger: self.ledger,
            hash: made.hash,
            account,
            device,
            carried_by: None,
            received_at: at,
            bytes: made.bytes,
            seal,
        });
    }

    /// Its whole log.
    pub(super) fn close(self) -> Vec<NewEntry> {
        self.entries
    }
}

/// An officer at a ledger.
pub(super) struct Tab<'b, 'a> {
    book: &'b mut Book<'a>,
    account: AccountId,
    device: DeviceId,
}

impl Tab<'_, '_> {
    /// Performs an act at this moment.
    pub(super) fn does(&mut self, at: Timestamp, deed: Deed) {
        self.book.acts += 1;
        let name = format!("{} act {}", self.book.ledger, self.book.acts);
        let act = Act {
            id: ActId(seed::made_at(at, &name)),
            at,
            deed,
        };
        let performed = self
            .book
            .document
            .perform(&act)
            .expect("the demonstration keeps to the rules");
        for made in performed.changes {
            self.book
                .append(made, self.account, self.device, Timestamp(at.0 + UPLOAD));
        }
    }
}
