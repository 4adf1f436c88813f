//! A cell being written: what is offered while somebody types, and what the text means in the end.

use std::collections::BTreeSet;

use shared::id::{PersonId, RowId};
use shared::ledger::cell::Value;
use shared::ledger::column::{CellKind, Column};
use shared::ledger::person::Person;
use shared::ledger::snapshot::RowView;

use super::lookup::{Lookup, Meaning, Unreadable};
use super::machine::Offer;

/// A cell being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The row.
    pub row: RowId,
    /// The column.
    pub column: &'static Column,
    /// What stood there when the writing began: if something else stands there now, somebody else wrote it.
    pub began: Meaning,
    /// The members chosen so far, in a column of sets.
    pub chosen: BTreeSet<PersonId>,
    /// What is offered to choose from.
    pub offered: Vec<Offered>,
    /// Why the text could not be written, when that was tried.
    pub problem: Option<Unreadable>,
}

/// One of what is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The value it stands for.
    pub value: Value,
    /// Its name.
    pub name: String,
    /// What tells it apart from others of that name.
    pub detail: String,
    /// Whether it is in the set, or stands in the cell.
    pub chosen: bool,
}

/// How much is offered at once.
const MOST: usize = 50;

impl Draft {
    /// Begins to write a cell.
    #[must_use]
    pub fn begin(row: &RowView, column: &'static Column) -> Self {
        Self {
            row: row.id,
            column,
            began: Meaning::of(row, column),
            chosen: row.people(column.id).collect(),
            offered: Vec::new(),
            problem: None,
        }
    }

    /// What the editor holds when it is opened with what stands in the cell: a set's members are shown beside it.
    #[must_use]
    pub fn opening_text(&self, lookup: &Lookup) -> String {
        match &self.began {
            Meaning::One(value) => lookup.value(value, self.column),
            Meaning::Set(_) => String::new(),
        }
    }

    /// Offers what fits the typed text; everything before anything was typed.
    pub fn offer(&mut self, lookup: &Lookup, typed: Option<&str>) -> Option<Offer> {
        self.problem = None;
        self.offered = offers(lookup, self.column, typed.unwrap_or_default().trim());
        for offered in &mut self.offered {
            offered.chosen = match &self.began {
                Meaning::One(value) => *value == offered.value,
                Meaning::Set(_) => person(&offered.value).is_some_and(|id| self.chosen.contains(&id)),
            };
        }
        self.offered.truncate(MOST);
        if !is_chosen_from(self.column) {
            return None;
        }
        let at = match typed.map(str::trim) {
            Some("") => None,
            // Which of two namesakes is meant, a person says.
            Some(_) if self.namesakes().is_some() => None,
            Some(_) => (!self.offered.is_empty()).then_some(0),
            None if self.column.is_set() => None,
            None => self.offered.iter().position(|offered| offered.chosen),
        };
        Some(Offer {
            count: self.offered.len(),
            at,
            many: self.column.is_set(),
        })
    }

    /// Takes one of what is offered into the set, or out of it.
    pub fn toggle(&mut self, pick: usize) {
        if let Some(id) = self.offered.get(pick).and_then(|offered| person(&offered.value))
            && !self.chosen.remove(&id)
        {
            self.chosen.insert(id);
        }
    }

    /// What is to stand in the cell: what was picked, else what the text says.
    ///
    /// # Errors
    ///
    /// Says why that cannot stand there.
    pub fn read(&self, lookup: &Lookup, typed: &str, pick: Option<usize>) -> Result<Meaning, Unreadable> {
        match (self.column.kind, pick.and_then(|pick| self.offered.get(pick))) {
            (CellKind::People { max }, _) => {
                let mut chosen = self.chosen.clone();
                if let Meaning::Set(typed) = lookup.read(self.column, typed)? {
                    chosen.extend(typed);
                }
                if chosen.len() > max {
                    Err(Unreadable::TooMany(max))
                } else {
                    Ok(Meaning::Set(chosen))
                }
            }
            (_, Some(picked)) => Ok(Meaning::One(picked.value.clone())),
            (CellKind::Person, None) => {
                lookup
                    .read(self.column, typed)
                    .map_err(|problem| match self.namesakes() {
                        Some(name) => Unreadable::Namesakes(name.to_owned()),
                        None => problem,
                    })
            }
            (_, None) => lookup.read(self.column, typed),
        }
    }

    /// The name that the first two offered share, if they do.
    fn namesakes(&self) -> Option<&str> {
        match self.offered.as_slice() {
            [one, two, ..] if one.name == two.name && !one.detail.is_empty() => Some(&one.name),
            _ => None,
        }
    }
}

/// Whether what stands in a column is chosen from a list.
#[must_use]
pub const fn is_chosen_from(column: &Column) -> bool {
    matches!(
        column.kind,
        CellKind::Choice(_)
            | CellKind::Person
            | CellKind::People { .. }
            | CellKind::RowOf { .. }
            | CellKind::Flag
    )
}

/// What fits the typed text in this column.
#[must_use]
pub fn offers(lookup: &Lookup, column: &Column, typed: &str) -> Vec<Offered> {
    let plain = |value: Value, name: String| Offered {
        value,
        name,
        detail: String::new(),
        chosen: false,
    };
    let fits = |offered: &Offered| offered.name.to_lowercase().contains(&typed.to_lowercase());
    match column.kind {
        CellKind::Choice(choices) => {
            let all = choices.iter().map(|choice| {
                let name = lookup.term(choice.name).to_owned();
                plain(Value::Text(choice.code.to_owned()), name)
            });
            all.filter(fits).collect()
        }
        CellKind::Flag => {
            let all =
                [true, false].map(|flag| plain(Value::Flag(flag), lookup.language.flag(flag).to_owned()));
            all.into_iter().filter(fits).collect()
        }
        CellKind::RowOf { table } => {
            let all = lookup
                .rows(table)
                .into_iter()
                .map(|(id, label)| plain(Value::Text(id.to_string()), label));
            all.filter(fits).collect()
        }
        CellKind::Person | CellKind::People { .. } => {
            lookup.directory.search(typed).into_iter().map(member).collect()
        }
        _ => Vec::new(),
    }
}

/// What fits the typed text where something has to be chosen: also a month of this year.
#[must_use]
pub fn choices(lookup: &Lookup, column: &Column, typed: &str) -> Vec<Offered> {
    if column.kind != CellKind::Month {
        return offers(lookup, column, typed);
    }
    let year = lookup.today.year();
    let months = (1..=12).map(|month| format!("{year}-{month:02}"));
    let fitting = months.filter(|month| month.contains(typed));
    let offered = fitting.map(|month| Offered {
        value: Value::Text(month.clone()),
        name: month,
        detail: String::new(),
        chosen: false,
    });
    offered.collect()
}

fn member(person: &Person) -> Offered {
    let detail = [&person.post, &person.group_name, &person.number];
    let detail: Vec<&str> = detail
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    Offered {
        value: Value::Text(person.id.to_string()),
        name: person.name.clone(),
        detail: detail.join(" · "),
        chosen: false,
    }
}

fn person(value: &Value) -> Option<PersonId> {
    value.as_text()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::sheet::tests::{items, member as id_of, row, sheet, text};

    fn draft(column: &str, cells: &[(&str, Value)]) -> (Draft, std::rc::Rc<Lookup>) {
        let sheet = sheet(vec![row(10, cells)]);
        let column = items()
            .columns
            .iter()
            .find(|candidate| candidate.id == column)
            .unwrap();
        (Draft::begin(&sheet.rows[0], column), sheet.lookup)
    }

    #[test]
    fn namesakes_are_offered_with_their_posts() {
        let (mut draft, lookup) = draft("member", &[]);
        let offer = draft.offer(&lookup, Some("cj")).unwrap();
        assert_eq!((offer.count, offer.at, offer.many), (2, None, false));
        let details: Vec<_> = draft
            .offered
            .iter()
            .map(|offered| offered.detail.as_str())
            .collect();
        assert_eq!(details, ["立车操作工", "钳工"]);
        assert_eq!(draft.read(&lookup, "cj", Some(1)), Ok(Meaning::One(id_of(2))));
        assert_eq!(
            draft.read(&lookup, "cj", None),
            Err(Unreadable::Namesakes("陈建".to_owned()))
        );
    }

    #[test]
    fn a_name_that_two_members_have_is_asked_about_and_not_guessed() {
        let (draft, lookup) = draft("member", &[]);
        assert_eq!(
            draft.read(&lookup, "陈建", None),
            Err(Unreadable::Namesakes("陈建".to_owned()))
        );
    }

    #[test]
    fn a_choice_opens_with_what_stands_there_and_is_filtered_while_typing() {
        let (mut draft, lookup) = draft("kind", &[("kind", text("ad_hoc"))]);
        assert_eq!(draft.opening_text(&lookup), "即时");
        let offer = draft.offer(&lookup, None).unwrap();
        assert_eq!((offer.count, offer.at), (3, Some(1)));
        let offer = draft.offer(&lookup, Some("长")).unwrap();
        assert_eq!((offer.count, offer.at), (1, Some(0)));
        assert_eq!(draft.offer(&lookup, Some("")).unwrap().at, None);
        assert_eq!(draft.read(&lookup, "", None), Ok(Meaning::One(Value::Empty)));
    }

    #[test]
    fn members_of_a_set_are_taken_one_by_one() {
        let (mut draft, lookup) = draft("helpers", &[]);
        draft.offer(&lookup, Some("lt"));
        draft.toggle(0);
        draft.offer(&lookup, Some("sl"));
        draft.toggle(0);
        let Ok(Meaning::Set(chosen)) = draft.read(&lookup, "", None) else {
            panic!("not a set")
        };
        assert_eq!(chosen.len(), 2);
        draft.offer(&lookup, Some("lt"));
        assert!(draft.offered[0].chosen);
        draft.toggle(0);
        assert_eq!(draft.chosen.len(), 1);
    }

    #[test]
    fn long_text_offers_nothing() {
        let (mut draft, lookup) = draft("text", &[("text", text("甲"))]);
        assert_eq!(draft.offer(&lookup, Some("乙")), None);
    }
}
