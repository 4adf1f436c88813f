//! The lists as sheets, one line for each thing a change would do.

use shared::csv;
use shared::time::Timestamp;

use super::words;
use crate::components::held_table::HeldStep;
use crate::grid::lookup::Lookup;
use crate::i18n::{InboxNote, Language};
use crate::pages::ledgers::title;
use crate::store::inbox::view::{InboxLedger, Kept};

/// What is said of a whole change, beside its steps.
struct About {
    kind: String,
    author: String,
    made_at: Option<Timestamp>,
    received_at: Option<Timestamp>,
    outcome: String,
}

/// What of one's own is held or was refused.
pub(super) fn of_mine(language: Language, ledgers: &[(InboxLedger, Lookup)]) -> String {
    let lines = ledgers.iter().flat_map(|(ledger, lookup)| {
        ledger.mine.iter().flat_map(move |mine| {
            let (chip, why, outcome) = words::mine(language, mine);
            let kept = mine.kept.as_ref();
            let about = About {
                kind: joined(&chip, &why),
                author: kept
                    .map(|kept| words::author(language, &kept.item))
                    .unwrap_or_default(),
                made_at: mine
                    .act
                    .as_ref()
                    .map(|act| act.act.at)
                    .or_else(|| Some(kept?.proposal.as_ref()?.at)),
                received_at: kept.map(|kept| kept.item.received_at),
                outcome,
            };
            lines(language, ledger, &about, words::mine_steps(lookup, ledger, mine))
        })
    });
    csv::sheet(std::iter::once(head(language)).chain(lines))
}

/// What one decides about.
pub(super) fn of_review(language: Language, ledgers: &[(InboxLedger, Lookup)]) -> String {
    let lines = ledgers.iter().flat_map(|(ledger, lookup)| {
        ledger.review.iter().flat_map(move |Kept { item, proposal }| {
            let (chip, why) = words::standing(item);
            let about = About {
                kind: joined(&language.inbox(&chip), &language.inbox(&why)),
                author: words::author(language, item),
                made_at: proposal.as_ref().map(|proposal| proposal.at),
                received_at: Some(item.received_at),
                outcome: words::outcome(language, item),
            };
            lines(language, ledger, &about, words::steps(lookup, proposal.as_ref()))
        })
    });
    csv::sheet(std::iter::once(head(language)).chain(lines))
}

fn head(language: Language) -> Vec<String> {
    let head = language.inbox(&InboxNote::SheetHead);
    head.split(',').map(str::to_owned).collect()
}

fn lines(language: Language, ledger: &InboxLedger, about: &About, steps: Vec<HeldStep>) -> Vec<Vec<String>> {
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let line = |step: HeldStep| {
        vec![
            title(language, &ledger.key),
            ledger.unit.to_string(),
            about.kind.clone(),
            step.place.to_string(),
            step.now.to_string(),
            step.proposed.to_string(),
            about.author.clone(),
            moment(about.made_at),
            moment(about.received_at),
            about.outcome.clone(),
        ]
    };
    steps.into_iter().map(line).collect()
}

fn joined(chip: &str, why: &str) -> String {
    let said = [chip, why].into_iter().filter(|word| !word.is_empty());
    said.collect::<Vec<_>>().join(" · ")
}
