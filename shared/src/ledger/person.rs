//! The members of a branch as pages name and find them: by name, pinyin, initials or works number.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::kind::roster;
use super::snapshot::{RowView, Snapshot};
use crate::id::{PersonId, RowId};

mod sound;
#[cfg(test)]
mod tests;

pub use sound::by_sound;
use sound::{readings, sounds_like};

/// The members of one branch, found by id or by what somebody types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    people: Vec<Person>,
    places: BTreeMap<PersonId, usize>,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id, the same in every branch and year.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The works number; may be empty.
    pub number: String,
    /// The post; may be empty.
    pub post: String,
    /// The party group, if the roster names one.
    pub group: Option<RowId>,
    /// The name of that group; empty without one.
    pub group_name: String,
    /// Whether another member has the same name, so that the name alone does not say who is meant.
    pub namesake: bool,
    /// Whether the member was removed from the roster: still named, no longer offered.
    pub removed: bool,
    plain_name: String,
    plain_number: String,
    readings: Vec<Vec<&'static str>>,
}

/// Whom a name typed in full means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// This member.
    One(PersonId),
    /// Any of these namesakes: somebody has to say which.
    AnyOf(Vec<PersonId>),
    /// Nobody of this branch.
    Nobody,
}

impl Directory {
    /// The members in a roster, in its order.
    #[must_use]
    pub fn from_roster(roster: &Snapshot) -> Self {
        let groups = roster.table(roster::GROUPS);
        let mut people: Vec<Person> = roster
            .table(roster::MEMBERS)
            .rows
            .iter()
            .map(|row| Person::from_row(row))
            .collect();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for person in people.iter().filter(|person| !person.removed) {
            *seen.entry(person.plain_name.clone()).or_default() += 1;
        }
        for person in &mut people {
            person.namesake = seen.get(&person.plain_name).is_some_and(|count| *count > 1);
            if let Some(row) = person.group.and_then(|group| groups.row(group)) {
                person.group_name = text(row, roster::NAME);
            }
        }
        let places = people
            .iter()
            .enumerate()
            .map(|(place, person)| (person.id, place))
            .collect();
        Self { people, places }
    }

    /// The member of this id, removed or not.
    #[must_use]
    pub fn get(&self, id: PersonId) -> Option<&Person> {
        self.places.get(&id).map(|place| &self.people[*place])
    }

    /// Every member who was not removed, in the roster's order.
    pub fn members(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| !person.removed)
    }

    /// What stands in a cell that means this member: the name, for namesakes with what tells them apart.
    #[must_use]
    pub fn label(&self, id: PersonId) -> String {
        let Some(person) = self.get(id) else {
            return format!("#{}", &id.to_string()[..8]);
        };
        if !person.namesake {
            return person.name.clone();
        }
        let told_apart = |field: fn(&Person) -> &str| {
            let own = plain(field(person));
            let is_other = |other: &Person| {
                other.id == id || other.plain_name != person.plain_name || plain(field(other)) != own
            };
            !own.is_empty() && self.members().all(is_other)
        };
        if told_apart(|person| &person.post) {
            format!("{}（{}）", person.name, person.post)
        } else if told_apart(|person| &person.number) {
            format!("{}（{}）", person.name, person.number)
        } else {
            format!("{}（#{}）", person.name, &id.to_string()[..8])
        }
    }

    /// Members whom the typed text may mean, the likeliest first; everybody for nothing typed.
    #[must_use]
    pub fn search(&self, typed: &str) -> Vec<&Person> {
        let query = plain(typed).replace('\'', "");
        let mut found: Vec<(u8, &Person)> = self
            .members()
            .filter_map(|person| Some((person.rank(&query)?, person)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, person)| person).collect()
    }

    /// Whom a name, a works number or a label means, typed or pasted in full, however it is spaced and wide.
    #[must_use]
    pub fn meant(&self, typed: &str) -> Meant {
        let typed = plain(typed);
        let fits = |person: &&Person| {
            person.plain_name == typed || (!person.plain_number.is_empty() && person.plain_number == typed)
        };
        let ids: Vec<PersonId> = self.members().filter(fits).map(|person| person.id).collect();
        match ids.as_slice() {
            [one] => Meant::One(*one),
            [] => self
                .members()
                .find(|person| person.namesake && plain(&self.label(person.id)) == typed)
                .map_or(Meant::Nobody, |person| Meant::One(person.id)),
            _ => Meant::AnyOf(ids),
        }
    }
}

impl Person {
    fn from_row(row: &RowView) -> Self {
        let (name, number) = (text(row, roster::NAME), text(row, roster::NUMBER));
        let plain_name = plain(&name);
        Self {
            id: PersonId(row.id.0),
            readings: plain_name.chars().map(readings).collect(),
            plain_name,
            plain_number: plain(&number),
            name,
            number,
            post: text(row, roster::POST),
            group: row.value(roster::GROUP).as_text().and_then(|id| id.parse().ok()),
            group_name: String::new(),
            namesake: false,
            removed: row.removal.is_some(),
        }
    }

    /// How well the query fits, the best lowest; none if it does not.
    fn rank(&self, query: &str) -> Option<u8> {
        let by_sound = || {
            let start =
                (0..self.readings.len()).find(|start| sounds_like(query, &self.readings[*start..]))?;
            Some(if start == 0 { 3 } else { 5 })
        };
        match self.plain_name.find(query) {
            Some(0) if self.plain_name == query => Some(0),
            Some(0) => Some(1),
            Some(_) => Some(2),
            None => by_sound()
                .or_else(|| self.number.to_lowercase().starts_with(query).then_some(4))
                .or_else(|| self.post.contains(query).then_some(6)),
        }
    }
}

/// A text as it is compared: no spaces, which line up names of two and three characters, one width, no capitals.
fn plain(text: &str) -> String {
    let folded = text.nfkc().flat_map(char::to_lowercase);
    folded.filter(|c| !c.is_whitespace()).collect()
}

fn text(row: &RowView, column: &str) -> String {
    row.value(column).as_text().unwrap_or_default().to_owned()
}
