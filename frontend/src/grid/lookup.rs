//! What cells say: values as text with the names of members and rows, and typed text as values.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use shared::id::{PersonId, RowId};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::column::{CellKind, CellProblem, Column, Term};
use shared::ledger::person::{Directory, Meant};
use shared::ledger::schema::Table;
use shared::ledger::snapshot::{RowView, TableView};
use shared::time::Date;

use crate::i18n::Language;

/// Names of members and rows, and the language in which cells are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The members.
    pub directory: Rc<Directory>,
    /// The tables that cells of this one name rows of.
    pub tables: BTreeMap<&'static str, (&'static Table, Rc<TableView>)>,
    /// What the rows of this table have come to, in words; empty where nothing is decided about them.
    pub states: Rc<BTreeMap<RowId, String>>,
    /// The language.
    pub language: Language,
    /// Today, for dates typed without a year.
    pub today: Date,
}

/// What typed text means for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This value.
    One(Value),
    /// These members, in a column of sets.
    Set(BTreeSet<PersonId>),
}

/// Why typed text cannot stand in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not fit the column.
    Cell(CellProblem),
    /// Several members have this name.
    Namesakes(String),
    /// No member has this name.
    NoMember(String),
    /// No row of the other table has this label.
    NoRow(String),
    /// More members than the column takes.
    TooMany(usize),
    /// Nobody may write there, or not this account.
    Locked,
}

/// How much of a long text stands for a row.
const LABEL_CHARACTERS: usize = 16;

impl Lookup {
    /// The word in the language shown.
    #[must_use]
    pub const fn term(&self, term: Term) -> &'static str {
        self.language.term(term)
    }

    /// What the cell of this row in this column shows.
    #[must_use]
    pub fn cell(&self, row: &RowView, column: &Column) -> String {
        if column.is_set() {
            let names: Vec<String> = row.people(column.id).map(|id| self.directory.label(id)).collect();
            return names.join("、");
        }
        self.value(row.value(column.id), column)
    }

    /// What this value shows in this column.
    #[must_use]
    pub fn value(&self, value: &Value, column: &Column) -> String {
        match (column.kind, value) {
            (CellKind::Person, Value::Text(id)) => id
                .parse()
                .map_or_else(|_| id.clone(), |id| self.directory.label(id)),
            (CellKind::RowOf { table }, Value::Text(id)) => {
                id.parse().map_or_else(|_| id.clone(), |id| self.row(table, id))
            }
            (CellKind::Choice(choices), Value::Text(code)) => choices
                .iter()
                .find(|choice| choice.code == code)
                .map_or_else(|| code.clone(), |choice| self.term(choice.name).to_owned()),
            (CellKind::Flag, Value::Flag(flag)) => self.language.flag(*flag).to_owned(),
            _ => column.show(value),
        }
    }

    /// What stands for a row of another table: its first cell, and the start of its first long text.
    #[must_use]
    pub fn row(&self, table: &str, id: RowId) -> String {
        let unknown = || format!("#{}", &id.to_string()[..8]);
        let Some((schema, view)) = self.tables.get(table) else {
            return unknown();
        };
        view.row(id)
            .map_or_else(unknown, |row| self.row_label(schema, row))
    }

    /// The rows of another table that are not removed, with what stands for them.
    #[must_use]
    pub fn rows(&self, table: &str) -> Vec<(RowId, String)> {
        let Some((schema, view)) = self.tables.get(table) else {
            return Vec::new();
        };
        let present = view.rows.iter().filter(|row| row.removal.is_none());
        present.map(|row| (row.id, self.row_label(schema, row))).collect()
    }

    fn row_label(&self, table: &Table, row: &RowView) -> String {
        let first = table
            .columns
            .first()
            .map(|column| self.cell(row, column))
            .unwrap_or_default();
        let long = table
            .columns
            .iter()
            .find(|column| matches!(column.kind, CellKind::LongText { .. }));
        match long.map(|column| row.value(column.id).as_text().unwrap_or_default()) {
            Some(text) if !text.is_empty() => {
                let mut short: String = text.chars().take(LABEL_CHARACTERS).collect();
                if short.len() < text.len() {
                    short.push('…');
                }
                format!("{first} · {}", short.replace('\n', " "))
            }
            _ => first,
        }
    }

    /// Reads what was typed or pasted into this column.
    ///
    /// # Errors
    ///
    /// Says why the text cannot stand there.
    pub fn read(&self, column: &Column, typed: &str) -> Result<Meaning, Unreadable> {
        let text = typed.trim();
        match column.kind {
            CellKind::People { max } => self.read_set(text, max),
            _ if text.is_empty() => Ok(Meaning::One(Value::Empty)),
            CellKind::Person => self
                .read_member(text)
                .map(|id| Meaning::One(Value::Text(id.to_string()))),
            CellKind::RowOf { table } => self.read_row(table, text),
            CellKind::Flag if self.language.reads_flag(text).is_some() => Ok(Meaning::One(
                self.language.reads_flag(text).map_or(Value::Empty, Value::Flag),
            )),
            _ => column
                .read(typed, self.today)
                .map(Meaning::One)
                .map_err(Unreadable::Cell),
        }
    }

    fn read_member(&self, text: &str) -> Result<PersonId, Unreadable> {
        match self.directory.meant(text) {
            Meant::One(id) => Ok(id),
            Meant::AnyOf(_) => Err(Unreadable::Namesakes(text.to_owned())),
            Meant::Nobody => Err(Unreadable::NoMember(text.to_owned())),
        }
    }

    fn read_set(&self, text: &str, max: usize) -> Result<Meaning, Unreadable> {
        let names = text
            .split(['、', ',', '，', ';', '；', '\n', '/'])
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let members = names
            .map(|name| self.read_member(name))
            .collect::<Result<BTreeSet<_>, _>>()?;
        if members.len() > max {
            Err(Unreadable::TooMany(max))
        } else {
            Ok(Meaning::Set(members))
        }
    }

    fn read_row(&self, table: &str, text: &str) -> Result<Meaning, Unreadable> {
        let fits = |(id, label): (RowId, String)| (label == text || id.to_string() == text).then_some(id);
        let mut found = self.rows(table).into_iter().filter_map(fits);
        match (found.next(), found.next()) {
            (Some(id), None) => Ok(Meaning::One(Value::Text(id.to_string()))),
            _ => Err(Unreadable::NoRow(text.to_owned())),
        }
    }
}

impl Meaning {
    /// The cells to write so that this stands in the column of a row; none where it already does.
    #[must_use]
    pub fn writes(
        &self,
        table: &str,
        id: RowId,
        row: Option<&RowView>,
        column: &Column,
    ) -> Vec<(CellRef, Value)> {
        self.cells(row, column)
            .into_iter()
            .map(|(key, value)| (CellRef::new(table, id, &key), value))
            .collect()
    }

    /// The same by key within the row.
    #[must_use]
    pub fn cells(&self, row: Option<&RowView>, column: &Column) -> Vec<(String, Value)> {
        match self {
            Self::One(value) => {
                let same = row.map_or(value.is_empty(), |row| row.value(column.id) == value);
                if same {
                    Vec::new()
                } else {
                    vec![(column.id.to_owned(), value.clone())]
                }
            }
            Self::Set(wanted) => {
                let now: BTreeSet<PersonId> =
                    row.map(|row| row.people(column.id).collect()).unwrap_or_default();
                let key = |id: &PersonId| format!("{}/{id}", column.id);
                let gone = now.difference(wanted).map(|id| (key(id), Value::Flag(false)));
                let new = wanted.difference(&now).map(|id| (key(id), Value::Flag(true)));
                gone.chain(new).collect()
            }
        }
    }

    /// What stands in this column of a row now.
    #[must_use]
    pub fn of(row: &RowView, column: &Column) -> Self {
        if column.is_set() {
            Self::Set(row.people(column.id).collect())
        } else {
            Self::One(row.value(column.id).clone())
        }
    }

    /// Nothing, as this column holds it.
    #[must_use]
    pub fn nothing(column: &Column) -> Self {
        if column.is_set() {
            Self::Set(BTreeSet::new())
        } else {
            Self::One(Value::Empty)
        }
    }
}
