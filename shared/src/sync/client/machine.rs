//! The state machine: one closed set of events, one closed set of effects.

use std::collections::BTreeMap;

use super::link::Link;
use super::replica::{Following, Replica};
use super::{Announcement, ClientConfig, Effect, Event, Kept, KeptAct, LinkState, Save, SaveId, Status};
use crate::id::{ActId, ActorId, ChangeHash, LedgerId};
use crate::ledger::key::LedgerKey;
use crate::protocol::{ClientMessage, Closing, Cursor, Entry, Hello, RelayMessage, VERSION};
use crate::sync::dice::Dice;
use crate::time::Timestamp;

/// All ledgers of one account in one tab.
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) config: ClientConfig,
    pub(super) ledgers: BTreeMap<LedgerId, Replica>,
    pub(super) link: Link,
    pub(super) dice: Dice,
    /// Transactions under way, and whether they bring entries of the log.
    saves: BTreeMap<SaveId, (Save, Brings)>,
    next_save: u64,
    /// A transaction failed: when to write again what is not on the disk.
    save_again: Option<Timestamp>,
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
            saves: BTreeMap::new(),
            next_save: 0,
            save_again: None,
            divergences: 0,
        }
    }

    /// Takes in what happened and says what to do about it, in order.
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        let mut effects = match event {
            Event::Opened(ledger, key, kept) => self.opened(ledger, key, *kept),
            Event::Saved(id) => self.saved(id),
            Event::SaveFailed(id) => {
                self.saves.remove(&id);
                self.save_again = Some(now.after(std::time::Duration::from_secs(10)));
                Vec::new()
            }
            Event::Connected => self.connected(now),
            Event::Disconnected => self.disconnected(now),
            Event::Received(message) => self.received(now, message),
            Event::Fetched(ledger, entries) => self.fetched(now, ledger, entries),
            Event::Heard(announcement) => self.heard(announcement),
            Event::TookOver(tab) => self.took_over(tab),
            Event::SignedIn => self.link.signed_in(now).into_iter().collect(),
            Event::TryNow => {
                self.try_again_at_once();
                self.link.connect(now).into_iter().collect()
            }
            Event::Tick => self.tick(now),
        };
        effects.extend(self.push(now));
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
        self.save_again.is_some()
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

    pub(super) fn fresh_actor(&mut self) -> ActorId {
        ActorId(self.dice.bytes())
    }

    fn opened(&mut self, id: LedgerId, key: LedgerKey, kept: Kept) -> Vec<Effect> {
        if self.ledgers.contains_key(&id) {
            return Vec::new();
        }
        let actor = self.fresh_actor();
        let (mut replica, again) = Replica::open(id, key, kept, &self.config, actor);
        let mut effects = vec![Effect::Changed(id)];
        effects.extend(self.save_acts(id, again.changed, &again.done));
        if self.link.is_online() {
            effects.extend(start_following(&mut replica));
        }
        self.ledgers.insert(id, replica);
        effects
    }

    /// Writes acts, and deletes others, in one transaction; tabs are told once it is complete.
    pub(super) fn save_acts(&mut self, ledger: LedgerId, acts: Vec<KeptAct>, drop: &[ActId]) -> Vec<Effect> {
        if acts.is_empty() && drop.is_empty() {
            return Vec::new();
        }
        vec![self.save(Save {
            acts,
            drop_acts: drop.to_vec(),
            ..empty_save(ledger)
        })]
    }

    pub(super) fn save(&mut self, mut save: Save) -> Effect {
        self.next_save += 1;
        save.id = SaveId(self.next_save);
        let brings = if save.entries.is_empty() {
            Brings::Acts
        } else {
            Brings::Entries
        };
        // What the tabs are told once it is complete: acts alone. Entries reach them by sockets of their own.
        let Save { id, ledger, .. } = save;
        let told = Save {
            id,
            acts: save.acts.clone(),
            drop_acts: save.drop_acts.clone(),
            ..empty_save(ledger)
        };
        self.saves.insert(id, (told, brings));
        Effect::Save(save)
    }

    fn saved(&mut self, id: SaveId) -> Vec<Effect> {
        let Some((save, brings)) = self.saves.remove(&id) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        if let Some(replica) = self.ledgers.get_mut(&save.ledger) {
            replica.saved(&save.acts);
        }
        for act in save.acts {
            effects.push(Effect::Announce(Announcement::Act(save.ledger, act)));
        }
        for act in save.drop_acts {
            effects.push(Effect::Announce(match brings {
                Brings::Entries => Announcement::Logged(save.ledger, act),
                Brings::Acts => Announcement::Dropped(save.ledger, act),
            }));
        }
        effects.push(Effect::Changed(save.ledger));
        effects
    }

    fn connected(&mut self, now: Timestamp) -> Vec<Effect> {
        self.link.opened(now);
        let mut fetches = Vec::new();
        let mut cursors = Vec::new();
        for replica in self.ledgers.values_mut() {
            match start_following(replica) {
                Some(Effect::Send(ClientMessage::Follow(cursor))) => cursors.push(cursor),
                other => fetches.extend(other),
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
        if replica.following != Following::Fetching {
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
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        replica.forgotten = true;
        let kept =
            replica.acts.values().any(|kept| kept.status == Status::Pending) || !replica.orphans.is_empty();
        if kept {
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
        if self.save_again.is_some_and(|at| now >= at) {
            self.save_again = None;
            let unsaved: Vec<_> = self
                .ledgers
                .iter()
                .map(|(id, replica)| (*id, replica.unsaved()))
                .collect();
            for (id, acts) in unsaved {
                effects.extend(self.save_acts(id, acts, &[]));
            }
        }
        let waiting: Vec<LedgerId> = self.ledgers.keys().copied().collect();
        for ledger in waiting {
            effects.extend(self.offer(now, ledger));
        }
        effects
    }
}

/// What a transaction brings: acts dropped beside entries are in the log, others are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Brings {
    Acts,
    Entries,
}

/// Asks for a ledger: over HTTP when nothing of it is here, else from its cursor on.
fn start_following(replica: &mut Replica) -> Option<Effect> {
    if replica.forgotten {
        return None;
    }
    if replica.cursor().0 == 0 && replica.orphans.is_empty() {
        replica.following = Following::Fetching;
        return Some(Effect::Fetch(replica.id));
    }
    Some(follow(replica))
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
