//! What `docs/rights.md` says, read back.

use std::collections::BTreeMap;

use crate::access::Role;
use crate::ledger::kind::Kind;
use crate::ledger::schema::DECISIONS;

/// For a kind's table and column what each role may do.
pub(super) type Page = BTreeMap<(String, String, String), BTreeMap<String, char>>;

/// What the page says: for a kind's table and column what each role may do.
pub(super) fn page() -> Page {
    let text = include_str!("../../../../../../docs/rights.md");
    let (mut page, mut kind, mut roles) = (BTreeMap::new(), String::new(), Vec::new());
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("## ") {
            head.split(' ').next().unwrap().clone_into(&mut kind);
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match cells[..] {
            ["table", "column", "row", ref heads @ ..] => {
                roles = heads.iter().map(|role| (*role).to_owned()).collect();
            }
            [table, column, "any", ref marks @ ..] => {
                let marks = marks.iter().map(|mark| mark.chars().next().unwrap());
                let key = (kind.clone(), table.to_owned(), column.to_owned());
                page.insert(key, roles.iter().cloned().zip(marks).collect());
            }
            _ => {}
        }
    }
    page
}

/// What the page says of decisions of this kind: what each role may do.
pub(super) fn decisions(kind: &str) -> BTreeMap<String, char> {
    let text = include_str!("../../../../../../docs/rights.md");
    let cells = |line: &str| -> Vec<String> {
        let cells = line.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    };
    let table: Vec<Vec<String>> = text.lines().map(cells).collect();
    let row = |kind: &str| table.iter().find(|row| row[0] == DECISIONS && row[2] == kind);
    let row = row(kind).or_else(|| row("(any other)")).unwrap();
    let heads = table.iter().find(|row| row[0] == "table").unwrap();
    let marks = row.iter().map(|mark| mark.chars().next().unwrap());
    heads.iter().cloned().zip(marks).skip(3).collect()
}

/// Who reads a kind from above, as the page says.
pub(super) fn from_above(kind: Kind) -> Vec<String> {
    let text = include_str!("../../../../../../docs/rights.md");
    let part = text
        .split("## ")
        .find(|part| part.starts_with(kind.code()))
        .unwrap();
    let line = part
        .lines()
        .find_map(|line| line.strip_prefix("From a unit above: read by "))
        .unwrap();
    line.trim_end_matches('.')
        .split(", ")
        .map(str::to_owned)
        .collect()
}

/// What a role may do with all of these columns: to write a change one must be able to write all of it.
pub(super) fn mark(page: &Page, kind: Kind, table: &str, columns: &[&str], role: Role) -> char {
    let marks = columns.iter().map(|column| {
        let key = (kind.code().to_owned(), table.to_owned(), (*column).to_owned());
        *page
            .get(&key)
            .unwrap_or_else(|| panic!("{key:?} is not on the page"))
            .get(role.word())
            .unwrap()
    });
    marks.min_by_key(|mark| "-RW".find(*mark)).unwrap()
}
