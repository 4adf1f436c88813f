//! The shadow: what becomes of a ledger that takes a change, tried on a copy.

use std::collections::BTreeMap;
use std::rc::Rc;

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{
    Automerge, Change, LoadOptions, ObjId, OnPartialLoad, ROOT, ReadDoc as _, Value, VerificationMode,
};
use shared::guard::{self, Checked};
use shared::id::{AccountId, ActorId};
use shared::ledger::document::Document;

use crate::audit::Ruin;
use crate::ground::Ground;
use crate::quiet::caught;

/// What a change that was taken does to a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The guard itself panics.
    GuardPanics(String),
    /// The guard used more memory than it may, in bytes.
    GuardMemory(usize),
    /// The guard took longer than it may, in milliseconds.
    GuardTime(u128),
    /// Automerge panics; where, and its words.
    Panics(&'static str, String),
    /// Automerge does not take the change.
    NotApplied,
    /// The saved document cannot be loaded.
    NotLoaded,
    /// The document loads with other heads than it was saved with.
    OtherHeads,
    /// The document loads with other content than it was saved with.
    OtherContent,
    /// The app's view depends on the order in which changes come.
    OtherView,
    /// The next honest change cannot be made, or is refused.
    NothingFollows(String),
    /// Automerge says nothing, but the ledger is no longer what it must be.
    Ruined(Ruin),
}

impl Finding {
    /// A word for tables.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::GuardPanics(_) => "the guard panics".to_owned(),
            Self::GuardMemory(bytes) => format!("the guard uses {} MiB", bytes / (1024 * 1024)),
            Self::GuardTime(milliseconds) => format!("the guard takes {milliseconds} ms"),
            Self::Panics(place, _) => format!("panic in {place}"),
            Self::NotApplied => "Automerge does not take it".to_owned(),
            Self::NotLoaded => "saved and never loads again".to_owned(),
            Self::OtherHeads => "loads with other heads".to_owned(),
            Self::OtherContent => "loads with other content".to_owned(),
            Self::OtherView => "views differ by order".to_owned(),
            Self::NothingFollows(_) => "no honest change can follow".to_owned(),
            Self::Ruined(ruin) => format!("audit: {ruin:?}"),
        }
    }
}

/// Tries a change that the rules take. None when the ledger is as good as before.
#[must_use]
pub fn shadow(ground: &Ground, checked: &Checked) -> Option<Finding> {
    automerge(ground, checked)
        .and_then(|()| app(ground, checked))
        .and_then(|()| audit(ground, checked))
        .err()
}

fn automerge(ground: &Ground, checked: &Checked) -> Result<(), Finding> {
    let panics = |place| move |words| Finding::Panics(place, words);
    let mut doc = ground.doc.clone();
    let change = Change::from_bytes(checked.bytes.clone()).map_err(|_| Finding::NotApplied)?;
    let hash = change.hash();
    caught(|| doc.apply_changes([change]))
        .map_err(panics("apply"))?
        .map_err(|_| Finding::NotApplied)?;
    // What was taken in must come out again: it is what other officers are sent, and what history is read from.
    let back = caught(|| {
        let change = doc.get_change_by_hash(&hash);
        change.map(|change| change.raw_bytes().to_vec())
    });
    let back = back.map_err(panics("reading it back"))?;
    if back.as_ref() != Some(&checked.bytes) || !doc.get_heads().contains(&hash) {
        return Err(Finding::NotApplied);
    }
    let saved = caught(|| doc.save()).map_err(panics("save"))?;
    let strict = LoadOptions::new()
        .on_partial_load(OnPartialLoad::Error)
        .verification_mode(VerificationMode::Check);
    let loaded = caught(|| Automerge::load_with_options(&saved, strict))
        .map_err(panics("load"))?
        .map_err(|_| Finding::NotLoaded)?;
    if loaded.get_heads() != doc.get_heads() {
        return Err(Finding::OtherHeads);
    }
    let contents = caught(|| (content(&doc), content(&loaded))).map_err(panics("read"))?;
    if contents.0 != contents.1 {
        return Err(Finding::OtherContent);
    }
    alone(ground, checked)?;
    follows(ground, checked, doc)
}

/// Whether it applies where nothing is known but what it depends on: changes may come in any order that this allows.
fn alone(ground: &Ground, checked: &Checked) -> Result<(), Finding> {
    let dependencies: Vec<_> = checked
        .dependencies
        .iter()
        .map(|hash| automerge::ChangeHash(hash.0))
        .collect();
    let before = ground.before(&dependencies);
    if before.len() == ground.decoded.len() {
        return Ok(());
    }
    let change = Change::from_bytes(checked.bytes.clone()).map_err(|_| Finding::NotApplied)?;
    let hash = change.hash();
    let heads = caught(|| {
        let mut doc = Automerge::new();
        let known = ground.decoded.iter().filter(|(hash, _)| before.contains(hash));
        doc.apply_changes(known.map(|(_, change)| Change::from(change.clone())))?;
        doc.apply_changes([change])?;
        Automerge::load(&doc.save()).map(|doc| doc.get_heads())
    });
    match heads {
        Err(words) => Err(Finding::Panics("apply without the others", words)),
        Ok(Ok(heads)) if heads == [hash] => Ok(()),
        Ok(_) => Err(Finding::NotApplied),
    }
}

/// Whether the change's own actor can write on, and the guard takes what it writes.
fn follows(ground: &Ground, checked: &Checked, mut doc: Automerge) -> Result<(), Finding> {
    let next = caught(|| {
        doc.set_actor(automerge::ActorId::from(checked.actor.0.as_slice()));
        let (table, _) = first_row(&doc)?;
        let mut making = doc.transaction();
        // A value that is not there: where it is, Automerge deletes the others.
        making.put(&table, "order", "80aaaaaaaaaa80").ok()?;
        let (hash, _) = making.commit_with(CommitOptions::default().with_time(1));
        doc.get_change_by_hash(&hash?)
    })
    .map_err(|words| Finding::Panics("the next change", words))?;
    let Some(next) = next else { return Ok(()) };
    let mut index = ground.index.clone();
    let owner = index.owner(&checked.actor).or(checked.author);
    index.admit(checked, owner.unwrap_or(AccountId::RELAY));
    let judged = guard::scan(next.raw_bytes()).and_then(|_| guard::decode(next.raw_bytes()));
    match judged.map(|next| index.judge(&next)) {
        Ok(Ok(_)) => Ok(()),
        refused => Err(Finding::NothingFollows(format!("{refused:?}"))),
    }
}

/// A row, and its key.
fn first_row(doc: &Automerge) -> Option<(ObjId, String)> {
    let tables = doc.keys(ROOT).filter(|key| key != "decisions");
    for table in tables.collect::<Vec<_>>() {
        let Some((Value::Object(_), table)) = doc.get(ROOT, table.as_str()).ok()? else {
            continue;
        };
        for key in doc.keys(&table) {
            if let Some((Value::Object(_), row)) = doc.get(&table, key.as_str()).ok()? {
                return Some((row, key));
            }
        }
    }
    None
}

/// The app takes the change, and shows what an app shows that hears everything at once.
fn app(ground: &Ground, checked: &Checked) -> Result<(), Finding> {
    let mut document = ground.document.clone();
    let news = (&checked.hash, checked.bytes.as_slice());
    let views = caught(|| {
        document.receive([news]).ok()?;
        let shown = document.snapshot();
        // Building a second view costs as much as all the rest; hashes are even.
        if !checked.hash.0[0].is_multiple_of(4) {
            return Some((Rc::clone(&shown), shown));
        }
        let setting = ground.setting;
        let mut fresh = Document::new(
            setting.ledger,
            setting.schema,
            setting.accounts[0],
            ActorId([0x66; 16]),
        );
        let log = ground.log.iter().map(|made| (&made.hash, made.bytes.as_slice()));
        fresh.receive(log.chain([news])).ok()?;
        Some((shown, fresh.snapshot()))
    });
    match views {
        Err(words) => Err(Finding::Panics("the app", words)),
        Ok(None) => Err(Finding::NotApplied),
        Ok(Some((one, other))) if one != other => Err(Finding::OtherView),
        Ok(Some(_)) => Ok(()),
    }
}

fn audit(ground: &Ground, checked: &Checked) -> Result<(), Finding> {
    let change = Change::from_bytes(checked.bytes.clone()).map_err(|_| Finding::NotApplied)?;
    let ruin = ground.known.audit(&change.decode(), checked.bytes.len());
    ruin.map_or(Ok(()), |ruin| Err(Finding::Ruined(ruin)))
}

/// Everything that stands in a document, concurrent values too.
fn content(doc: &Automerge) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut open = vec![(ROOT, String::new())];
    while let Some((object, path)) = open.pop() {
        for key in doc.keys(&object).collect::<Vec<_>>() {
            let path = format!("{path}/{key}");
            let mut values = Vec::new();
            for (value, id) in doc.get_all(&object, key.as_str()).unwrap_or_default() {
                values.push(format!("{value:?} {id}"));
                if let Value::Object(_) = value {
                    open.push((id.clone(), format!("{path} {id}")));
                }
            }
            found.insert(path, values);
        }
    }
    found
}
