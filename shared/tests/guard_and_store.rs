//! Nothing the store makes from any act on any document is refused by the guard.
//!
//! Three officers act at random, hear each other late or not at all, and take acts back; whatever they make is judged in
//! an order in which the relay could receive it. `SEED=17 cargo test -p shared --test guard_and_store` runs one alone.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot fail here fails the test if it does"
)]

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use shared::guard::{self, index::Index};
use shared::id::{AccountId, ActId, ActorId, LedgerId, PersonId, RowId};
use shared::ledger::act::{Act, Deed, Entry, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::document::{Document, Made};
use shared::ledger::kind::Kind;
use shared::ledger::merge::{Merger, merge};
use shared::ledger::order;
use shared::ledger::undo::Undo;
use shared::limit;
use shared::time::Timestamp;

const LEDGER: LedgerId = LedgerId([7; 16]);
const TABLE: &str = "items";
const ACTS: usize = 60;
const SEEDS: u64 = 20;

struct Officer {
    document: Document,
    undo: Undo,
    /// How much of what was made, in the order of the log, is here.
    heard: usize,
}

struct World {
    dice: StdRng,
    officers: Vec<Officer>,
    index: Index,
    log: Vec<Made>,
    acts: u128,
}

#[test]
fn the_guard_refuses_nothing_the_store_makes() {
    let seed = std::env::var("SEED").ok().and_then(|text| text.parse().ok());
    for seed in seed.map_or(0..SEEDS, |seed| seed..seed + 1) {
        let mut world = World::new(seed);
        for _ in 0..ACTS {
            world.goes_on(seed);
        }
    }
}

impl World {
    fn new(seed: u64) -> Self {
        let officer = |number: u8| {
            let account = AccountId::from_bytes([number; 16]);
            let document = Document::new(LEDGER, Kind::Pledge.schema(), account, ActorId([number; 16]));
            Officer {
                document,
                undo: Undo::default(),
                heard: 0,
            }
        };
        Self {
            dice: StdRng::seed_from_u64(seed),
            officers: (1..4).map(officer).collect(),
            index: Index::new(LEDGER, Kind::Pledge.schema()),
            log: Vec::new(),
            acts: 0,
        }
    }

    fn goes_on(&mut self, seed: u64) {
        let who = self.dice.random_range(0..self.officers.len());
        match self.dice.random_range(0..10) {
            0..3 => self.hears(who),
            3 => self.undoes(who, seed),
            4 => self.merges(),
            _ => {
                let deed = self.deed(who);
                let before = self.officers[who].document.snapshot();
                if let Some(skipped) = self.performs(who, deed.clone(), seed) {
                    let act = ActId(uuid::Uuid::from_u128(u128::from(seed)));
                    self.officers[who].undo.remember(act, &before, &deed, &skipped);
                }
            }
        }
    }

    fn hears(&mut self, who: usize) {
        let officer = &mut self.officers[who];
        let news = self.log[officer.heard..]
            .iter()
            .map(|made| (&made.hash, made.bytes.as_slice()));
        officer.document.receive(news).unwrap();
        officer.heard = self.log.len();
    }

    fn undoes(&mut self, who: usize, seed: u64) {
        let officer = &self.officers[who];
        let Some(reversal) = officer.undo.undo(&officer.document.snapshot()) else {
            return;
        };
        for deed in reversal.deeds {
            self.performs(who, deed, seed);
        }
        self.officers[who].undo.undid();
    }

    /// As the relay does, with an actor of its own for every merge.
    fn merges(&mut self) {
        let heads = self.index.heads();
        if heads.len() > 1 {
            let last = heads.iter().map(|(_, last)| *last).max().unwrap();
            let hashes: Vec<_> = heads.iter().map(|(hash, _)| *hash).collect();
            let made = merge(
                Merger {
                    actor: ActorId(self.dice.random()),
                    seq: 1,
                },
                &hashes,
                last,
                Timestamp(3),
            );
            self.judges(&made, AccountId::RELAY).unwrap();
        }
    }

    fn performs(&mut self, who: usize, deed: Deed, seed: u64) -> Option<Vec<CellRef>> {
        self.acts += 1;
        let at = Timestamp(self.dice.random_range(-1_000_000_000_000..4_000_000_000_000));
        let act = Act {
            id: ActId(uuid::Uuid::from_u128(self.acts)),
            at,
            deed,
        };
        let performed = self.officers[who].document.perform(&act).ok()?;
        let account = AccountId::from_bytes([u8::try_from(who + 1).unwrap(); 16]);
        for made in &performed.changes {
            if let Err(why) = self.judges(made, account) {
                panic!("seed {seed}: {why} in {:.400}", format!("{:?}", act.deed));
            }
        }
        Some(performed.skipped)
    }

    fn judges(&mut self, made: &Made, account: AccountId) -> Result<(), String> {
        guard::scan(&made.bytes).map_err(|breach| format!("{breach:?}"))?;
        let change = guard::decode(&made.bytes).map_err(|breach| format!("{breach:?}"))?;
        self.index
            .judge(&change)
            .map_err(|verdict| format!("{verdict:?}"))?;
        self.index.admit(&change, account);
        self.log.push(made.clone());
        Ok(())
    }

    fn deed(&mut self, who: usize) -> Deed {
        let document = &self.officers[who].document;
        let snapshot = document.snapshot();
        let table = snapshot.table(TABLE);
        let rows: Vec<RowId> = table.rows.iter().map(|row| row.id).collect();
        let some: Vec<RowId> = rows.choose_multiple(&mut self.dice, 3).copied().collect();
        let by = *[Entry::Typed, Entry::Pasted].choose(&mut self.dice).unwrap();
        match self.dice.random_range(0..12) {
            0 if !some.is_empty() => Deed::Remove {
                table: TABLE.to_owned(),
                rows: some,
                why: "x".to_owned(),
            },
            1 if !some.is_empty() => Deed::Restore {
                table: TABLE.to_owned(),
                rows: some,
            },
            2..4 if !snapshot.conflicts().is_empty() => {
                let open = snapshot.conflicts();
                let cell = open.choose(&mut self.dice).unwrap();
                let conflict = document.conflict(cell).unwrap();
                let value = conflict.values.choose(&mut self.dice).unwrap().value.clone();
                Deed::Settle {
                    cell: cell.clone(),
                    value,
                    seen: conflict.seen(),
                }
            }
            4 | 5 => self.block(&rows),
            6 => {
                let count = *[1, 3, 150].choose(&mut self.dice).unwrap();
                self.adds(count, table.rows.last().map(|row| row.order.clone()))
            }
            _ if rows.is_empty() => self.adds(2, None),
            _ => {
                let cells = some.iter().map(|row| self.cell(*row)).collect();
                Deed::Enter {
                    by,
                    rows: Vec::new(),
                    cells,
                }
            }
        }
    }

    fn adds(&mut self, count: usize, last: Option<String>) -> Deed {
        let places = order::several(last.as_deref(), None, count);
        let member = PersonId::from_bytes([1; 16]).to_string();
        let mut rows = Vec::new();
        for order in places {
            let id = RowId::from_bytes(self.dice.random());
            let cells = vec![("member".to_owned(), Value::Text(member.clone()))];
            rows.push(NewRow {
                table: TABLE.to_owned(),
                id,
                order,
                cells,
            });
        }
        let cells = rows.iter().map(|row| row.id).collect::<Vec<_>>();
        let cells = cells.into_iter().take(3).map(|row| self.cell(row)).collect();
        Deed::Enter {
            by: Entry::Pasted,
            rows,
            cells,
        }
    }

    /// A block over more cells, or more text, than one change may hold.
    fn block(&mut self, rows: &[RowId]) -> Deed {
        let long = self.dice.random_bool(0.3);
        let text = if long {
            "长".repeat(limit::TEXT_BYTES / 3)
        } else {
            "短".to_owned()
        };
        let columns: &[&str] = if long {
            &["text"]
        } else {
            &["text", "measure", "target", "note", "due", "self_text"]
        };
        let cells = rows.iter().take(if long { 20 } else { 400 }).flat_map(|row| {
            columns
                .iter()
                .map(|column| (CellRef::new(TABLE, *row, column), Value::Text(text.clone())))
        });
        Deed::Enter {
            by: Entry::Pasted,
            rows: Vec::new(),
            cells: cells.collect(),
        }
    }

    fn cell(&mut self, row: RowId) -> (CellRef, Value) {
        let texts = ["零", "一", "二", "2026-06-30", "done"];
        let text = Value::Text((*texts.choose(&mut self.dice).unwrap()).to_owned());
        let helper = PersonId::from_bytes([self.dice.random_range(1..4); 16]);
        let choices = [
            ("text".to_owned(), text.clone()),
            ("note".to_owned(), text),
            ("peer_good".to_owned(), Value::Number(self.dice.random())),
            ("due".to_owned(), Value::Empty),
            (format!("helpers/{helper}"), Value::Flag(self.dice.random())),
        ];
        let (key, value) = choices.choose(&mut self.dice).unwrap().clone();
        (CellRef::new(TABLE, row, &key), value)
    }
}
