//! The table of rights as a page for people: `docs/rights.md`.

use std::fmt::Write as _;

use super::table::WRITING;
use super::{Grant, Relation, Rights, Role, Site, Units};
use crate::id::UnitId;
use crate::ledger::key::{LedgerKey, Part};
use crate::ledger::kind::Kind;
use crate::ledger::schema::{DECISIONS, ORDER, REMOVED};
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
         moving it, `removed` for removing it and bringing it back. Nobody writes a ledger of another unit. What an \
         enterprise closes in its configuration is taken off.\n",
    );
    for kind in Kind::ALL {
        write_kind(&mut page, kind);
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

fn write_kind(page: &mut String, kind: Kind) {
    // Writing to a String cannot fail.
    writeln!(page, "\n## {} · main\n", kind.code()).ok();
    page.push_str("| table | column | row |");
    for role in Role::ALL {
        write!(page, " {} |", role.word()).ok();
    }
    page.push_str("\n| --- | --- | --- |");
    page.push_str(&" --- |".repeat(Role::ALL.len()));
    page.push('\n');
    for table in kind.schema().tables() {
        let columns = table.columns.iter().map(|column| column.id);
        for column in columns.chain([ORDER, REMOVED]) {
            write_row(page, kind, table.id, column, None);
        }
    }
    for decision in decisions(kind) {
        write_row(page, kind, DECISIONS, "kind", Some(decision));
    }
    let above = Role::ALL
        .into_iter()
        .filter(|role| reads(kind, Relation::Above, *role));
    let above: Vec<&str> = above.map(Role::word).collect();
    writeln!(page, "\nFrom a unit above: read by {}.", above.join(", ")).ok();
}

/// The kinds of decision that the table tells apart, and any other.
fn decisions(kind: Kind) -> Vec<&'static str> {
    let lines = WRITING
        .iter()
        .filter(|line| line.kind == kind && line.table == DECISIONS);
    let mut kinds: Vec<&str> = lines
        .flat_map(|line| match line.rows {
            super::table::Rows::All => &["(any other)"],
            super::table::Rows::OfKind(kinds) => kinds,
        })
        .copied()
        .collect();
    kinds.sort_unstable();
    kinds
}

fn write_row(page: &mut String, kind: Kind, table: &str, column: &str, birth: Option<&str>) {
    write!(page, "| {table} | {column} | {} |", birth.unwrap_or("any")).ok();
    for role in Role::ALL {
        let site = Site { table, column, birth };
        let mark = if writes(kind, role, site) {
            "W"
        } else if reads(kind, Relation::Own, role) {
            "R"
        } else {
            "-"
        };
        write!(page, " {mark} |").ok();
    }
    page.push('\n');
}

fn writes(kind: Kind, role: Role, site: Site<'_>) -> bool {
    let day = Timestamp::default().date();
    Rights::default().may_write(&[Grant::new(OWN, role)], day, &key(kind), site)
}

fn reads(kind: Kind, relation: Relation, role: Role) -> bool {
    let rights = Rights {
        units: Units::from_iter([(OWN, ABOVE)]),
        ..Rights::default()
    };
    let unit = if relation == Relation::Own { OWN } else { ABOVE };
    rights.may_read(&[Grant::new(unit, role)], Timestamp::default().date(), &key(kind))
}

fn key(kind: Kind) -> LedgerKey {
    LedgerKey {
        unit: OWN,
        year: kind.is_yearly().then_some(1970),
        kind,
        part: Part::Main,
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{Columns, READING};
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
            let Some(table) = line.kind.schema().table(line.table) else {
                assert_eq!(line.table, DECISIONS);
                continue;
            };
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
