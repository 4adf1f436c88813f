//! Everything the store holds.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use shared::access::Site;
use shared::handover::Handed;
use shared::id::{AccountId, DeviceId, LedgerId, TabId};
use shared::ledger::conflict::Said;
use shared::ledger::decision::Word;
use shared::ledger::key::LedgerKey;
use shared::ledger::schema::DECISIONS;
use shared::protocol::http::admin::Overview;
use shared::protocol::http::{DeviceKind, Enterprise, Me};
use shared::sync::client::Client;
use shared::time::Timestamp;

use super::contact::Contact;
use super::deliver::Rounds;
use super::farewell::Farewell;
use super::inbox::Inbox;
use super::leave::others::Asking;
use super::lock::Lock;
use super::presence::Presence;
use super::settings::OnDevice;
use super::show::Shown;
use super::view::{Author, HandingOut, Names, SignedIn, StorageTrouble};
use crate::browser::clock::{self, Every, Hints};
use crate::browser::idb::Database;
use crate::browser::page::Stirs;
use crate::browser::socket::Socket;
use crate::browser::tabs::{Channel, Held};

/// The state behind the handle.
pub(super) struct State {
    pub(super) signed_in: SignedIn,
    pub(super) enterprise: Option<Rc<Enterprise>>,
    pub(super) client: Option<Client>,
    /// The keys of the ledgers the account may see.
    pub(super) keys: BTreeMap<LedgerId, LedgerKey>,
    pub(super) names: Names,
    pub(super) storage: Option<StorageTrouble>,
    pub(super) synced_at: Option<Timestamp>,
    pub(super) contact: Contact,
    /// Acts on the device's disk that cannot be read.
    pub(super) unreadable: usize,
    /// Ledgers that are not opened, with the number of acts on the disk that nobody sees therefore.
    pub(super) quarantined: BTreeMap<LedgerId, usize>,
    pub(super) shown: Shown,
    pub(super) inbox: Inbox,
    pub(super) device: Option<Device>,
    pub(super) account: Option<AccountStore>,
    pub(super) socket: Option<Socket>,
    /// Counts connections, so that what an old one still says is not taken for the new one's.
    pub(super) connection: u64,
    /// Counts the stays of accounts in this tab: an answer to what an earlier one asked is nobody's any more.
    pub(super) stay: u64,
    /// Dead tabs whose locks this tab holds.
    pub(super) taken: BTreeMap<TabId, Held>,
    /// This tab while it works for one account, and the lock that says it lives.
    pub(super) tab: TabId,
    pub(super) tab_lock: Option<Held>,
    pub(super) beats: Option<(Every, Hints, Stirs)>,
    /// The lock of the account's screen; none until the person has chosen one.
    pub(super) lock: Option<Lock>,
    /// Whether somebody is there.
    pub(super) presence: Presence,
    /// To the other tabs of this browser, whoever is signed in there.
    pub(super) channel: Option<Channel>,
    /// What colleagues left on this device.
    pub(super) rounds: Rounds,
    /// What was last written to a hand-over file.
    pub(super) handed: Option<Vec<Handed>>,
    /// Whether the relay is being asked who this is.
    pub(super) renewing: bool,
    /// Accounts whose databases are being deleted.
    pub(super) wiping: usize,
    /// The other tabs of the account, while they are asked whether one may sign out.
    pub(super) asking: Option<Asking>,
    /// Whether something is being typed into a cell.
    pub(super) is_writing: bool,
    /// When to look whether a session has yet to be ended.
    pub(super) farewell: Farewell,
    /// What an administrator keeps, as the relay last told it.
    pub(super) overview: Option<Rc<Overview>>,
    /// What an administrator has still to hand out.
    pub(super) handing_out: HandingOut,
    /// The enterprise's settings.
    pub(super) settings: OnDevice,
}

/// The device: its own database and id.
pub(super) struct Device {
    pub(super) db: Database,
    pub(super) id: DeviceId,
    pub(super) kind: DeviceKind,
}

/// The database of the account that is signed in, and the channel to its other tabs.
pub(super) struct AccountStore {
    pub(super) account: AccountId,
    pub(super) db: Database,
    pub(super) channel: Option<Channel>,
    /// Says to other tabs that this one has it open.
    pub(super) _seat: Option<Held>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            signed_in: SignedIn::Opening,
            enterprise: None,
            client: None,
            keys: BTreeMap::new(),
            names: Names::new(),
            storage: None,
            synced_at: None,
            contact: Contact::default(),
            unreadable: 0,
            quarantined: BTreeMap::new(),
            shown: Shown::default(),
            inbox: Inbox::default(),
            device: None,
            account: None,
            socket: None,
            connection: 0,
            stay: 0,
            taken: BTreeMap::new(),
            tab_lock: None,
            tab: TabId(uuid::Uuid::new_v4()),
            beats: None,
            lock: None,
            presence: Presence::default(),
            channel: None,
            rounds: Rounds::default(),
            handed: None,
            renewing: false,
            wiping: 0,
            asking: None,
            is_writing: false,
            farewell: Farewell::default(),
            overview: None,
            handing_out: HandingOut::default(),
            settings: OnDevice::default(),
        }
    }
}

impl State {
    pub(super) fn me(&self) -> Option<Rc<Me>> {
        match &self.signed_in {
            SignedIn::As(me) | SignedIn::ChoosingCode(me) | SignedIn::Locked(me) => Some(me.clone()),
            SignedIn::Opening | SignedIn::Nobody | SignedIn::NoStorage(_) => None,
        }
    }

    pub(super) fn become_me(&mut self, me: Rc<Me>) {
        self.names = me
            .colleagues
            .iter()
            .map(|colleague| (colleague.account, colleague.name.as_str().into()))
            .collect();
        // What the relay says of somebody opens no screen.
        self.signed_in = match self.signed_in {
            SignedIn::Locked(_) => SignedIn::Locked(me),
            SignedIn::ChoosingCode(_) => SignedIn::ChoosingCode(me),
            _ => SignedIn::As(me),
        };
    }

    pub(super) fn name(&self, account: AccountId) -> Rc<str> {
        let known = self.names.get(&account).cloned();
        known.unwrap_or_else(|| account.to_string().chars().take(8).collect::<String>().into())
    }

    pub(super) fn author(&self, said: &Said) -> Option<Author> {
        said.by.map(|by| Author {
            name: self.name(by),
            carrier: said.carried_by.map(|carrier| self.name(carrier)),
        })
    }

    pub(super) fn unit_name(&self, key: &LedgerKey) -> Rc<str> {
        let me = self.me();
        let unit = me
            .as_ref()
            .and_then(|me| me.units.iter().find(|unit| unit.id == key.unit));
        unit.map_or_else(|| key.unit.to_string().into(), |unit| unit.name.as_str().into())
    }

    pub(super) fn may_write(&self, ledger: LedgerId, table: &str, column: &str) -> bool {
        let (Some(me), Some(key)) = (self.me(), self.keys.get(&ledger)) else {
            return false;
        };
        let site = Site {
            table,
            column,
            birth: None,
        };
        // At an address of before nothing new is written.
        let may_write_here = self.storage.is_none() && me.moved_to.is_none();
        may_write_here && me.rights.may_write(&me.grants, clock::now().date(), key, site)
    }

    pub(super) fn may_decide(&self, ledger: LedgerId, word: Word) -> bool {
        let (Some(me), Some(key)) = (self.me(), self.keys.get(&ledger)) else {
            return false;
        };
        let word = word.to_string();
        let site = Site {
            table: DECISIONS,
            column: "kind",
            birth: Some(&word),
        };
        let may_write_here = self.storage.is_none() && me.moved_to.is_none();
        may_write_here && me.rights.may_write(&me.grants, clock::now().date(), key, site)
    }

    /// How many changes of the account wait to be uploaded.
    pub(super) fn pending(&self) -> usize {
        let client = self.client.iter();
        client
            .flat_map(Client::ledgers)
            .map(|(_, replica)| replica.counts().pending)
            .sum()
    }
}

impl State {
    /// How much on the device's disk cannot be shown: damaged, of a newer app, or in quarantine.
    pub(super) fn unreadable(&self) -> usize {
        self.unreadable + self.quarantined.values().sum::<usize>()
    }

    /// How much of the account's work would be lost with this device.
    pub(super) fn only_here(&self) -> usize {
        let client = self.client.iter().flat_map(Client::ledgers);
        client.map(|(_, replica)| replica.only_here()).sum::<usize>() + self.unreadable()
    }
}

/// Views by ledger.
pub(super) type ByLedger<T> = HashMap<LedgerId, T>;
