//! What `docs/rights.md` says, read back.

use std::collections::BTreeMap;

use super::Book;
use crate::access::Role;
use crate::ledger::schema::DECISIONS;

/// For a book's table and column what each role may do.
pub(super) type Page = BTreeMap<(String, String, String), BTreeMap<String, char>>;

/// What the page says: for a book's table and column what each role may do.
pub(super) fn page() -> Page {
    let text = include_str!("../../../../../../docs/rights.md");
    let (mut page, mut kind, mut roles) = (BTreeMap::new(), String::new(), Vec::new());
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("## ") {
            head.clone_into(&mut kind);
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

/// The part of the page about a book.
fn section((kind, part): Book) -> &'static str {
    let text = include_str!("../../../../../../docs/rights.md");
    let head = format!("{} · {}\n", kind.code(), part.code());
    let mut sections = text.split("## ");
    sections.find(|section| section.starts_with(&head)).unwrap()
}

/// The words of the decisions that the page knows in a book, each with what every role may do.
pub(super) fn decisions(book: Book) -> BTreeMap<String, BTreeMap<String, char>> {
    let cells = |line: &str| -> Vec<String> {
        let cells = line.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    };
    let table: Vec<Vec<String>> = section(book).lines().map(cells).collect();
    let heads = table.iter().find(|row| row[0] == "table").unwrap();
    let rows = table.iter().filter(|row| row[0] == DECISIONS);
    let marks = |row: &Vec<String>| {
        let marks = row.iter().map(|mark| mark.chars().next().unwrap());
        heads.iter().cloned().zip(marks).skip(3).collect()
    };
    rows.map(|row| (row[2].clone(), marks(row))).collect()
}

/// Who reads a book from above, as the page says.
pub(super) fn from_above(book: Book) -> Vec<String> {
    let mut lines = section(book).lines();
    let Some(line) = lines.find_map(|line| line.strip_prefix("From a unit above: read by ")) else {
        return Vec::new();
    };
    let names = line.trim_end_matches('.').split(", ");
    names.map(str::to_owned).collect()
}

/// Which decisions a role writes from above, as the page says.
pub(super) fn decided_from_above(book: Book, role: Role) -> Vec<String> {
    let begin = format!("From a unit above {} writes ", role.word());
    let mut lines = section(book).lines();
    let Some(line) = lines.find_map(|line| line.strip_prefix(&begin)) else {
        return Vec::new();
    };
    let words = line.trim_end_matches('.').split(", ");
    words.map(|word| word.trim_matches('`').to_owned()).collect()
}

/// What a role may do with all of these columns: to write a change one must be able to write all of it.
pub(super) fn mark(page: &Page, (kind, part): Book, table: &str, columns: &[&str], role: Role) -> char {
    let marks = columns.iter().map(|column| {
        let book = format!("{} · {}", kind.code(), part.code());
        let key = (book, table.to_owned(), (*column).to_owned());
        *page
            .get(&key)
            .unwrap_or_else(|| panic!("{key:?} is not on the page"))
            .get(role.word())
            .unwrap()
    });
    marks.min_by_key(|mark| "-RW".find(*mark)).unwrap()
}
