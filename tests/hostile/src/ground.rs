//! An honest ledger of several officers, and the honest changes that could come next: what hostile inputs are made of.

use std::collections::HashSet;

use automerge::legacy::OpId;
use automerge::{Automerge, Change, ChangeHash, ExpandedChange};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use shared::guard::{self, index::Index};
use shared::id::{AccountId, ActorId, LedgerId};
use shared::ledger::act::{Act, Deed};
use shared::ledger::document::{Document, Made};
use shared::ledger::schema::Schema;
use shared::ledger::skeleton;
use shared::time::Timestamp;

use crate::audit::Known;

mod full;
mod honest;

pub use honest::Honest;

/// How many acts an honest history consists of.
const ACTS: usize = 70;

/// Whose ledger it is.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The ledger.
    pub ledger: LedgerId,
    /// Its kind.
    pub schema: &'static Schema,
    /// Who writes in it.
    pub accounts: [AccountId; 3],
    /// Whether the relay's own merges are among the changes; a client cannot push those.
    pub merges: bool,
}

/// An honest ledger, in every form that judging needs.
#[derive(Debug)]
pub struct Ground {
    /// Whose it is.
    pub setting: Setting,
    /// Every change after the skeletons, in the order of the log.
    pub log: Vec<Made>,
    /// The same, with the skeletons before it, decoded.
    pub decoded: Vec<(ChangeHash, ExpandedChange)>,
    /// What the guard knows of it.
    pub index: Index,
    /// What the audit knows of it.
    pub known: Known,
    /// What Automerge knows of it.
    pub doc: Automerge,
    /// What the app knows of it.
    pub document: Document,
    /// Honest changes, each of which could come next.
    pub next: Vec<(Honest, Vec<u8>)>,
}

/// Three officers and what they have heard.
struct Officers {
    documents: Vec<Document>,
    heard: Vec<usize>,
    acts: u128,
    dice: StdRng,
}

impl Ground {
    /// The ledger of this seed.
    #[must_use]
    pub fn new(setting: Setting, seed: u64) -> Self {
        let mut dice = StdRng::seed_from_u64(seed);
        let mut ground = Self::empty(setting);
        let documents = setting
            .accounts
            .iter()
            .map(|account| Document::new(setting.ledger, setting.schema, *account, ActorId(dice.random())));
        let mut officers = Officers {
            documents: documents.collect(),
            heard: vec![0; 3],
            acts: 0,
            dice,
        };
        for number in 0..ACTS {
            let who = officers.dice.random_range(0..3);
            if officers.dice.random_bool(0.5) {
                officers.hears(who, &ground);
            }
            if number == ACTS / 2 {
                let made = honest::decision(&ground.doc, setting, ActorId(officers.dice.random()));
                ground.add(&made, setting.accounts[0]);
            }
            if number % 10 == 9 && setting.merges {
                let merge = honest::merge_of(&ground.index, ActorId(officers.dice.random()));
                ground.adds(&merge, AccountId::RELAY);
            }
            let deed = honest::deed(&officers.documents[who], setting.schema, &mut officers.dice);
            let made = officers.performs(who, deed);
            ground.adds(&made, setting.accounts[who]);
        }
        ground.adds_a_conflict(&mut officers);
        ground.next = ground.comes_next(officers);
        ground
    }

    /// The changes that these come after, they themselves included.
    #[must_use]
    pub fn before(&self, dependencies: &[ChangeHash]) -> HashSet<ChangeHash> {
        let mut before: HashSet<ChangeHash> = dependencies.iter().copied().collect();
        // What depends stands behind what it depends on.
        for (hash, change) in self.decoded.iter().rev() {
            if before.contains(hash) {
                before.extend(&change.deps);
            }
        }
        before
    }

    /// The operations of all other changes.
    #[must_use]
    pub fn unheard(&self, dependencies: &[ChangeHash]) -> HashSet<OpId> {
        let before = self.before(dependencies);
        let others = self.decoded.iter().filter(|(hash, _)| !before.contains(hash));
        let ids = others.flat_map(|(_, change)| {
            let from = change.start_op.get();
            let ids = from..from + change.operations.len() as u64;
            ids.map(|id| OpId(id, change.actor_id.clone()))
        });
        ids.collect()
    }

    fn empty(setting: Setting) -> Self {
        let actor = ActorId([0x55; 16]);
        let mut ground = Self {
            setting,
            log: Vec::new(),
            decoded: Vec::new(),
            index: Index::new(setting.ledger, setting.schema),
            known: Known::new(setting.schema),
            doc: Automerge::new(),
            document: Document::new(setting.ledger, setting.schema, setting.accounts[0], actor),
            next: Vec::new(),
        };
        for made in skeleton::changes(setting.ledger, setting.schema) {
            ground.knows(&made, AccountId::RELAY);
        }
        ground
    }

    fn adds(&mut self, made: &[Made], account: AccountId) {
        for made in made {
            self.add(made, account);
        }
    }

    /// Adds an honest change: the guard must take it.
    pub fn add(&mut self, made: &Made, account: AccountId) {
        let checked = guard::scan(&made.bytes).and_then(|_| guard::decode(&made.bytes));
        let checked = checked.expect("the guard takes what is honest");
        self.index
            .judge(&checked)
            .expect("the guard takes what is honest");
        self.index.admit(&checked, account);
        self.document
            .receive([(&made.hash, made.bytes.as_slice())])
            .expect("an honest change applies");
        self.knows(made, account);
        self.log.push(made.clone());
    }

    fn knows(&mut self, made: &Made, account: AccountId) {
        let change = Change::from_bytes(made.bytes.clone()).expect("an honest change");
        let (hash, expanded) = (change.hash(), change.decode());
        self.doc
            .apply_changes([change])
            .expect("an honest change applies");
        self.known.take(&expanded, hash, account, made.bytes.len());
        self.decoded.push((hash, expanded));
    }

    /// Two officers say different things in one cell, each not knowing of the other.
    fn adds_a_conflict(&mut self, officers: &mut Officers) {
        officers.hears(0, self);
        officers.hears(1, self);
        let makes = honest::row(self.setting.schema, &mut officers.dice);
        let made = officers.performs(0, makes.clone());
        self.adds(&made, self.setting.accounts[0]);
        officers.hears(1, self);
        for who in 0..2 {
            let deed = honest::says(&makes, self.setting.schema, who);
            let made = officers.performs(who, deed);
            self.adds(&made, self.setting.accounts[who]);
        }
    }

    fn comes_next(&self, mut officers: Officers) -> Vec<(Honest, Vec<u8>)> {
        let mut next = Vec::new();
        officers.hears(0, self);
        for kind in Honest::ALL {
            let made = match kind {
                Honest::Merge if !self.setting.merges => Vec::new(),
                Honest::Merge => honest::merge_of(&self.index, ActorId(officers.dice.random())),
                Honest::Decision => {
                    vec![honest::decision(
                        &self.doc,
                        self.setting,
                        ActorId(officers.dice.random()),
                    )]
                }
                // The third has not heard of the last changes.
                Honest::Concurrent => {
                    let deed = honest::row(self.setting.schema, &mut officers.dice);
                    officers.performs(2, deed)
                }
                _ => {
                    let kept = officers.documents[0].clone();
                    let deed = honest::deed_of(kind, &kept, self.setting.schema, &mut officers.dice);
                    let made = deed.map(|deed| officers.performs(0, deed));
                    officers.documents[0] = kept;
                    made.unwrap_or_default()
                }
            };
            next.extend(made.into_iter().take(1).map(|made| (kind, made.bytes)));
        }
        next
    }
}

impl Officers {
    fn hears(&mut self, who: usize, ground: &Ground) {
        let news = ground.log[self.heard[who]..]
            .iter()
            .map(|made| (&made.hash, made.bytes.as_slice()));
        self.documents[who].receive(news).expect("honest changes apply");
        self.heard[who] = ground.log.len();
    }

    fn performs(&mut self, who: usize, deed: Deed) -> Vec<Made> {
        self.acts += 1;
        let act = Act {
            id: shared::id::ActId(uuid::Uuid::from_u128(self.acts)),
            at: Timestamp(self.dice.random_range(0..4_000_000_000_000)),
            deed,
        };
        // An act that does not apply gives nothing.
        self.documents[who]
            .perform(&act)
            .map(|performed| performed.changes)
            .unwrap_or_default()
    }
}
