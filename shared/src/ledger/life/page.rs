//! The transitions as a page for people: `docs/transitions.md`.

use std::fmt::Write as _;

use super::{Binds, Guard, Transition, all};
use crate::access::{Relation, Role};
use crate::ledger::kind::Kind;

/// The whole table in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# What a row goes through\n\nWritten by `cargo run -p tests --bin rights` from `shared::ledger::life`; a test holds the two \
         together.\n\nA row's state is a fold over its decisions, never a field. Two decisions made side by side that do not \
         agree leave the row where it stood before both, until one is withdrawn: by whoever may make it, or by those named \
         beside. `Own` is the ledger's unit, `Above` any unit above it.\n",
    );
    for kind in Kind::ALL {
        let ways: Vec<&Transition> = all().filter(|way| way.kind == kind).collect();
        if ways.is_empty() {
            continue;
        }
        // Writing to a String cannot fail.
        writeln!(page, "\n## {}\n", kind.code()).ok();
        page.push_str(
            "| table | decision | from | to | who | who else withdraws | binds | only if |\n\
             | --- | --- | --- | --- | --- | --- | --- | --- |\n",
        );
        for way in ways {
            write_way(&mut page, way);
        }
    }
    page
}

fn write_way(page: &mut String, way: &Transition) {
    let from: Vec<&str> = way.from.iter().map(|state| state.name().zh).collect();
    let more: Vec<(Relation, Role)> = way
        .withdrawers
        .iter()
        .filter(|holder| !way.makers.contains(holder))
        .copied()
        .collect();
    let guards: Vec<String> = way.guards.iter().map(guard).collect();
    writeln!(
        page,
        "| {} | {} {} | {} | {} | {} | {} | {} | {} |",
        way.table,
        way.decision.name().zh,
        way.decision.code(),
        from.join(", "),
        way.to.name().zh,
        holders(way.makers),
        holders(&more),
        binds(way.binds),
        guards.join("; "),
    )
    .ok();
}

fn holders(holders: &[(Relation, Role)]) -> String {
    let words: Vec<String> = holders
        .iter()
        .map(|(relation, role)| format!("{relation:?} {}", role.word()))
        .collect();
    words.join(", ")
}

fn binds(binds: Binds) -> String {
    match binds {
        Binds::Nothing => "–".to_owned(),
        Binds::Columns(columns) => columns.join(", "),
        Binds::Member => "all that every part holds of the member".to_owned(),
    }
}

fn guard(guard: &Guard) -> String {
    match guard {
        Guard::Note => "a reason is given".to_owned(),
        Guard::Value(choices) => {
            let words: Vec<&str> = choices.iter().map(|choice| choice.name.zh).collect();
            format!("one of {} is chosen", words.join(", "))
        }
        Guard::NoteFor(value) => format!("a reason is given for {value}"),
        Guard::Filled(columns) => format!("{} hold something", columns.join(", ")),
        Guard::Period => "a first and a last day are given".to_owned(),
        Guard::PostingOver => "the last posting is over".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_what_the_table_says() {
        assert_eq!(
            page(),
            include_str!("../../../../docs/transitions.md"),
            "run `cargo run -p tests --bin rights` and look at what has changed"
        );
    }

    #[test]
    fn every_column_of_the_table_is_there() {
        for way in all() {
            let table = way.kind.schema().table(way.table).expect("a table");
            let has = |column: &&'static str| table.columns.iter().any(|known| known.id == *column);
            if let Binds::Columns(columns) = way.binds {
                assert!(columns.iter().all(has), "{columns:?}");
            }
            for guard in way.guards {
                if let Guard::Filled(columns) = guard {
                    assert!(columns.iter().all(has), "{columns:?}");
                }
            }
        }
    }
}
