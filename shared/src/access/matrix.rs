//! The table of rights as a page for people: `docs/rights.md`.

use std::fmt::Write as _;

use super::{Grant, Relation, Rights, Role, Site, Units};
use crate::id::UnitId;
use crate::ledger::decision::Word;
use crate::ledger::key::{LedgerKey, Part};
use crate::ledger::kind::Kind;
use crate::ledger::life;
use crate::ledger::schema::{DECISIONS, ORDER, REMOVED, Shape};
use crate::time::Timestamp;

const OWN: UnitId = UnitId::from_bytes([1; 16]);
const ABOVE: UnitId = UnitId::from_bytes([2; 16]);

/// The whole table in Markdown: for every cell of every kind of ledger what each role may do with it.
#[must_use]
pub fn matrix() -> String {
    let mut page = String::from(
        "# Who may do what\n\nWritten by `cargo run -p tests --bin rights` from `shared::access`; a test holds the two together, \
         and another pushes a change for every cell of it at a relay.\n\n\
         In the unit of the ledger: `W` reads and writes, `R` reads, `-` neither. `order` stands for making a row and \
         moving it, `removed` for removing it and bringing it back, `cell` for every cell of a matrix. From a unit above \
         nobody writes a cell; what is decided from there stands below each table, and in [transitions](transitions.md). \
         What an enterprise closes in its configuration is taken off.\n",
    );
    for kind in Kind::ALL {
        for part in kind.parts() {
            write_part(&mut page, kind, *part);
        }
    }
    page.push_str(RULINGS);
    page
}

const RULINGS: &str = "\n## What becomes of a change\n\n\
    | the author | who brings it | the ledger | what becomes of it |\n\
    | --- | --- | --- | --- |\n\
    | may write all of it | himself, or another who may as well | open | stored |\n\
    | may write all of it | himself, or another who may as well | closed | held |\n\
    | could once, and no longer | himself, or another who may | any | held |\n\
    | may, or could once | another who may not | any | held |\n\
    | never could, but reads or read the ledger | anybody | any | refused, and kept for the officer in charge |\n\
    | never had to do with the ledger | anybody | any | refused, nothing is kept |\n\
    | is not known to the relay | another | any | held |\n";

fn write_part(page: &mut String, kind: Kind, part: Part) {
    // Writing to a String cannot fail.
    writeln!(page, "\n## {} · {}\n", kind.code(), part.code()).ok();
    page.push_str("| table | column | row |");
    for role in Role::ALL {
        write!(page, " {} |", role.word()).ok();
    }
    page.push_str("\n| --- | --- | --- |");
    page.push_str(&" --- |".repeat(Role::ALL.len()));
    page.push('\n');
    let ledger = key(kind, part);
    for table in kind.schema().tables() {
        if table.shape == Shape::Matrix {
            write_row(page, &ledger, table.id, "", None);
            continue;
        }
        let columns = table.columns.iter().map(|column| column.id);
        for column in columns.chain([ORDER, REMOVED]) {
            write_row(page, &ledger, table.id, column, None);
        }
    }
    let words = words(&ledger);
    for word in &words {
        write_row(page, &ledger, DECISIONS, "kind", Some(&word.to_string()));
    }
    let above: Vec<&str> = Role::ALL
        .into_iter()
        .filter(|role| reads(&ledger, Relation::Above, *role))
        .map(Role::word)
        .collect();
    match above.as_slice() {
        [] => page.push_str("\nFrom a unit above nobody reads it.\n"),
        above => drop(writeln!(
            page,
            "\nFrom a unit above: read by {}.",
            above.join(", ")
        )),
    }
    for role in Role::ALL {
        let decided: Vec<String> = words
            .iter()
            .filter(|word| life::permits(&ledger, **word, Relation::Above, role))
            .map(|word| format!("`{word}`"))
            .collect();
        if !decided.is_empty() {
            writeln!(
                page,
                "From a unit above {} writes {}.",
                role.word(),
                decided.join(", ")
            )
            .ok();
        }
    }
}

/// The words of all decisions that are made in a ledger, and of their withdrawals.
fn words(ledger: &LedgerKey) -> Vec<Word> {
    if ledger.part != Part::Main {
        return Vec::new();
    }
    let mut words: Vec<Word> = life::all()
        .filter(|way| way.kind == ledger.kind)
        .flat_map(|way| [Word::Decide(way.decision), Word::Withdraw(way.decision)])
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn write_row(page: &mut String, ledger: &LedgerKey, table: &str, column: &str, birth: Option<&str>) {
    let shown = if column.is_empty() { "cell" } else { column };
    write!(page, "| {table} | {shown} | {} |", birth.unwrap_or("any")).ok();
    for role in Role::ALL {
        let site = Site { table, column, birth };
        let mark = if writes(ledger, role, site) {
            "W"
        } else if reads(ledger, Relation::Own, role) {
            "R"
        } else {
            "-"
        };
        write!(page, " {mark} |").ok();
    }
    page.push('\n');
}

fn writes(ledger: &LedgerKey, role: Role, site: Site<'_>) -> bool {
    let day = Timestamp::default().date();
    Rights::default().may_write(&[Grant::new(OWN, role)], day, ledger, site)
}

fn reads(ledger: &LedgerKey, relation: Relation, role: Role) -> bool {
    let rights = Rights {
        units: Units::from_iter([(OWN, ABOVE)]),
        ..Rights::default()
    };
    let unit = if relation == Relation::Own { OWN } else { ABOVE };
    rights.may_read(&[Grant::new(unit, role)], Timestamp::default().date(), ledger)
}

fn key(kind: Kind, part: Part) -> LedgerKey {
    LedgerKey {
        unit: OWN,
        year: kind.is_yearly().then_some(1970),
        kind,
        part,
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{Columns, READING, WRITING};
    use super::*;

    #[test]
    fn the_page_is_what_the_table_says() {
        assert_eq!(
            matrix(),
            include_str!("../../../docs/rights.md"),
            "run `cargo run -p tests --bin rights` and look at what has changed"
        );
    }

    #[test]
    fn every_line_of_the_table_is_about_columns_that_are_there() {
        for line in WRITING {
            let table = line.kind.schema().table(line.table).expect("a table");
            let (Columns::Only(columns) | Columns::AllBut(columns)) = line.columns else {
                continue;
            };
            for column in columns {
                assert!(table.columns.iter().any(|known| known.id == *column), "{column}");
            }
        }
        assert!(READING.iter().all(|line| line.relation != Relation::Elsewhere));
    }
}
