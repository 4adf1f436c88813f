//! The state machine: one closed set of events, one closed set of effects.

use std::collections::{BTreeMap, BTreeSet};

use super::disk::Disk;
use super::link::Link;
use super::replica::{Following, Replica};
use super::{Announcement, ClientConfig, Effect, Event, Kept, LinkState, Save, SaveId};
use crate::id::{ChangeHash, LedgerId, TabId};
use crate::ledger::key::LedgerKey;
use crate::limit;
use crate::protocol::{ClientMessage, Closing, Cursor, Entry, Hello, RelayMessage, VERSION};
use crate::sync::dice::Dice;
use crate::sync::steady::Steady;
use crate::time::Timestamp;

/// All ledgers of one account in one tab.
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) config: ClientConfig,
    pub(super) ledgers: BTreeMap<LedgerId, Replica>,
    pub(super) link: Link,
    pub(super) dice: Dice,
    /// Dead tabs whose acts are this one's now.
    pub(super) taken: BTreeSet<TabId>,
    pub(super) disk: Disk,
    /// Waits are measured by this; acts bear the time that the device's clock shows.
    pub(super) steady: Steady,
    /// How often a relay's log turned out to be another than this device's.
    pub(super) divergences: u64,
}

impl Client {
    /// A client without ledgers.
    #[must_use]
    pub fn new(config: ClientConfig) -> Self {
        let dice = Dice::new(config.seed);
        Self {
            config,
            ledgers: BTreeMap::new(),
            link: Link::new(),
            dice,
            taken: BTreeSet::new(),
            disk: Disk::default(),
            steady: Steady::default(),
            divergences: 0,
        }
    }

    /// Takes in what happened and says what to do about it, in order.
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        let at = self.steady.read(now);
        let mut effects = match event {
            Event::Opened(ledger, key, kept) => self.opened(at, ledger, key, *kept),
            Event::Saved(id) => self.saved(id),
            Event::SaveFailed(id) => {
                self.save_failed(at, id);
                Vec::new()
            }
            Event::Connected => self.connected(at),
            Event::Disconnected => self.disconnected(at),
            Event::Received(message) => self.received(at, message),
            Event::Fetched(ledger, entries) => self.fetched(at, ledger, entries),
            Event::Heard(announcement) => self.heard(announcement),
            Event::TookOver(tab) => self.took_over(tab),
            Event::SignedIn => self.link.signed_in(at).into_iter().collect(),
            Event::TryNow => {
                self.try_again_at_once();
                self.link.connect(at).into_iter().collect()
            }
            Event::Tick => self.tick(at),
        };
        effects.extend(self.push(at));
        effects
    }

    /// One ledger, once it is open.
    #[must_use]
    pub fn ledger(&self, id: LedgerId) -> Option<&Replica> {
        self.ledgers.get(&id)
    }

    /// All open ledgers.
    pub fn ledgers(&self) -> impl Iterator<Item = (LedgerId, &Replica)> {
        self.ledgers.iter().map(|(id, replica)| (*id, replica))
    }

    /// How the line is, and since when there has been none.
    #[must_use]
    pub fn link(&self) -> (LinkState, Option<Timestamp>) {
        (self.link.state, self.link.down_since)
    }

    /// Whether a write to the device's store has failed and not been made good.
    #[must_use]
    pub fn storage_failed(&self) -> bool {
        self.disk.has_failed()
    }

    /// How often a relay's log turned out to be another than this device's.
    #[must_use]
    pub fn divergences(&self) -> u64 {
        self.divergences
    }

    /// An id that sorts by time.
    pub fn new_id(&mut self, now: Timestamp) -> uuid::Uuid {
        self.dice.uuid(now)
    }

    fn opened(&mut self, now: Timestamp, id: LedgerId, key: LedgerKey, kept: Kept) -> Vec<Effect> {
        if self.ledgers.contains_key(&id) {
            return Vec::new();
        }
        let mut replica = Replica::open(id, key, kept, &self.config, &mut self.dice);
        let mut effects = vec![Effect::Changed(id)];
        let found = replica.acts.values().cloned();
        effects.extend(found.map(|kept| Effect::Announce(Announcement::Found(id, kept))));
        if self.link.is_online() {
            effects.push(start_following(now, &mut replica));
        }
        self.ledgers.insert(id, replica);
        effects
    }

    fn connected(&mut self, now: Timestamp) -> Vec<Effect> {
        self.link.opened(now);
        let mut fetches = Vec::new();
        let mut cursors = Vec::new();
        for replica in self.ledgers.values_mut() {
            // The right to read may be back: the relay says so again if it is not.
            replica.forgotten = false;
            replica.ask_after_held(self.config.tab);
            match start_following(now, replica) {
                Effect::Send(ClientMessage::Follow(cursor)) => cursors.push(cursor),
                other => fetches.push(other),
            }
        }
        let hello = Hello {
            protocol: VERSION,
            app: self.config.app.clone(),
            device: self.config.device,
            ledgers: cursors,
        };
        let mut effects = vec![Effect::Send(ClientMessage::Hello(hello))];
        effects.extend(fetches);
        effects
    }

    fn disconnected(&mut self, now: Timestamp) -> Vec<Effect> {
        self.link.lost(now, &mut self.dice);
        let mut effects = Vec::new();
        for (id, replica) in &mut self.ledgers {
            replica.following = Following::Not;
            replica.unsend();
            effects.push(Effect::Changed(*id));
        }
        effects
    }

    fn received(&mut self, now: Timestamp, message: RelayMessage) -> Vec<Effect> {
        self.link.heard(now);
        match message {
            RelayMessage::Welcome(_) => {
                self.link.welcomed();
                self.ledgers.keys().map(|id| Effect::Changed(*id)).collect()
            }
            RelayMessage::Tick { .. } => Vec::new(),
            RelayMessage::Fates { ledger, fates } => self.fates(now, ledger, fates),
            RelayMessage::Entries {
                ledger,
                entries,
                chain,
                last,
            } => {
                let mut effects = self.take_entries(ledger, entries, Some(chain), last);
                effects.extend(self.offer(now, ledger));
                effects
            }
            RelayMessage::Diverged { ledger } => self.diverged(ledger),
            RelayMessage::Forget { ledger } => self.forget(ledger),
            RelayMessage::Closing(closing) => self.closing(closing),
        }
    }

    fn closing(&mut self, closing: Closing) -> Vec<Effect> {
        self.link.closing(closing);
        let mut effects = vec![Effect::Disconnect];
        effects.extend(self.ledgers.keys().map(|id| Effect::Changed(*id)));
        effects
    }

    fn fetched(&mut self, now: Timestamp, ledger: LedgerId, entries: Option<Vec<Entry>>) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        if !matches!(replica.following, Following::Fetching { .. }) {
            return Vec::new();
        }
        replica.following = Following::Not;
        let last = entries
            .as_ref()
            .and_then(|entries| entries.last())
            .map_or(0, |entry| entry.seq);
        let mut effects = self.take_entries(ledger, entries.unwrap_or_default(), None, last);
        // Whatever the fetch gave, the socket goes on from there.
        if let Some(replica) = self.ledgers.get_mut(&ledger)
            && self.link.is_online()
            && replica.following == Following::Not
        {
            effects.push(follow(replica));
        }
        effects.extend(self.offer(now, ledger));
        effects
    }

    fn forget(&mut self, ledger: LedgerId) -> Vec<Effect> {
        if let Some(replica) = self.ledgers.get_mut(&ledger) {
            replica.forgotten = true;
        }
        self.leave_forgotten(ledger)
    }

    /// Deletes a ledger that must go, once nothing of it is pending or set aside.
    pub(super) fn leave_forgotten(&mut self, ledger: LedgerId) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get(&ledger).filter(|replica| replica.forgotten) else {
            return Vec::new();
        };
        if !replica.acts.is_empty() || !replica.orphans.is_empty() {
            return vec![Effect::Changed(ledger)];
        }
        self.ledgers.remove(&ledger);
        vec![Effect::Forget(ledger), Effect::Changed(ledger)]
    }

    fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.link.tick(now).into_iter().collect();
        if self.link.is_online() && self.ledgers.values().any(|replica| replica.is_unanswered(now)) {
            effects.push(Effect::Disconnect);
        }
        effects.extend(self.save_again(now));
        if self.link.is_online() {
            let late = self.ledgers.values_mut().filter(|replica| {
                matches!(replica.following, Following::Fetching { since } if now.since(since) >= limit::FETCH)
            });
            effects.extend(late.map(follow));
        }
        let waiting: Vec<LedgerId> = self.ledgers.keys().copied().collect();
        for ledger in waiting {
            effects.extend(self.offer(now, ledger));
        }
        effects
    }
}

/// Asks for a ledger: over HTTP when nothing of it is here, else from its cursor on.
fn start_following(now: Timestamp, replica: &mut Replica) -> Effect {
    if replica.cursor().0 == 0 && replica.orphans.is_empty() {
        replica.following = Following::Fetching { since: now };
        return Effect::Fetch(replica.id);
    }
    follow(replica)
}

pub(super) fn follow(replica: &mut Replica) -> Effect {
    replica.following = Following::Asked;
    let (seq, chain) = replica.cursor();
    let pending = u32::try_from(replica.counts().pending).unwrap_or(u32::MAX);
    Effect::Send(ClientMessage::Follow(Cursor {
        ledger: replica.id,
        seq,
        chain,
        pending,
    }))
}

pub(super) fn empty_save(ledger: LedgerId) -> Save {
    Save {
        id: SaveId(0),
        ledger,
        clear_entries: false,
        entries: Vec::new(),
        orphans: Vec::new(),
        drop_orphans: Vec::<ChangeHash>::new(),
        acts: Vec::new(),
        drop_acts: Vec::new(),
    }
}
