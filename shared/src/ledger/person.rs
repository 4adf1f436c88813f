//! The members of a branch as pages name and find them: by name, pinyin, initials or works number.

use std::collections::BTreeMap;

use pinyin::ToPinyinMulti as _;

use super::kind::roster;
use super::snapshot::{RowView, Snapshot};
use crate::id::{PersonId, RowId};

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

/// Readings of surnames that a table of common readings lacks.
const SURNAMES: [(char, &str); 12] = [
    ('单', "shan"),
    ('曾', "zeng"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('查', "zha"),
    ('区', "ou"),
    ('朴', "piao"),
    ('尉', "yu"),
    ('盖', "ge"),
    ('缪', "miao"),
    ('覃', "qin"),
    ('乐', "yue"),
];

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
            *seen.entry(person.name.clone()).or_default() += 1;
        }
        for person in &mut people {
            person.namesake = seen.get(&person.name).is_some_and(|count| *count > 1);
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
            let own = field(person);
            !own.is_empty()
                && self
                    .members()
                    .all(|other| other.id == id || other.name != person.name || field(other) != own)
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
        let query: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\'')
            .collect::<String>()
            .to_lowercase();
        let mut found: Vec<(u8, &Person)> = self
            .members()
            .filter_map(|person| Some((person.rank(&query)?, person)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, person)| person).collect()
    }

    /// Whom a name, a works number or a label means, typed or pasted in full.
    #[must_use]
    pub fn meant(&self, typed: &str) -> Meant {
        let typed = typed.trim().replace('(', "（").replace(')', "）");
        let fits =
            |person: &&Person| person.name == typed || (!person.number.is_empty() && person.number == typed);
        let ids: Vec<PersonId> = self.members().filter(fits).map(|person| person.id).collect();
        match ids.as_slice() {
            [one] => Meant::One(*one),
            [] => self
                .members()
                .find(|person| person.namesake && self.label(person.id) == typed)
                .map_or(Meant::Nobody, |person| Meant::One(person.id)),
            _ => Meant::AnyOf(ids),
        }
    }
}

impl Person {
    fn from_row(row: &RowView) -> Self {
        let name = text(row, roster::NAME);
        Self {
            id: PersonId(row.id.0),
            readings: name.chars().map(readings).collect(),
            name,
            number: text(row, roster::NUMBER),
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
        match self.name.to_lowercase().find(query) {
            Some(0) if self.name.to_lowercase() == query => Some(0),
            Some(0) => Some(1),
            Some(_) => Some(2),
            None => by_sound()
                .or_else(|| self.number.to_lowercase().starts_with(query).then_some(4))
                .or_else(|| self.post.contains(query).then_some(6)),
        }
    }
}

/// Whether the letters spell these characters: each in full or by its initial, the last perhaps unfinished.
fn sounds_like(letters: &str, characters: &[Vec<&'static str>]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((first, rest)) = characters.split_first() else {
        return false;
    };
    first.iter().any(|reading| {
        let initials = [1, 2].into_iter().filter(|length| is_initial(reading, *length));
        reading.starts_with(letters)
            || letters
                .strip_prefix(reading)
                .is_some_and(|left| sounds_like(left, rest))
            || initials
                .filter_map(|length| letters.strip_prefix(&reading[..length]))
                .any(|left| sounds_like(left, rest))
    })
}

fn is_initial(reading: &str, length: usize) -> bool {
    match length {
        1 => true,
        _ => ["zh", "ch", "sh"]
            .iter()
            .any(|initial| reading.starts_with(initial)),
    }
}

fn readings(character: char) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    let common = character
        .to_pinyin_multi()
        .into_iter()
        .flatten()
        .map(pinyin::Pinyin::plain);
    let surnames = SURNAMES
        .iter()
        .filter(|(surname, _)| *surname == character)
        .map(|(_, reading)| *reading);
    for reading in common.chain(surnames) {
        if !found.contains(&reading) {
            found.push(reading);
        }
    }
    found
}

/// How a text sounds in its commonest reading, so that names sort as in a Chinese dictionary.
#[must_use]
pub fn by_sound(text: &str) -> String {
    let mut sound = String::with_capacity(text.len());
    for character in text.chars() {
        // The character follows its sound, so that characters that sound alike stay together.
        sound.push_str(readings(character).first().copied().unwrap_or_default());
        sound.push(character);
    }
    sound
}

fn text(row: &RowView, column: &str) -> String {
    row.value(column).as_text().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::cell::{Cell, Value};
    use super::super::snapshot::TableView;
    use super::*;

    fn row(id: u8, cells: &[(&str, &str)]) -> Rc<RowView> {
        let cell = |text: &str| Cell {
            value: Value::Text(text.to_owned()),
            in_conflict: false,
        };
        Rc::new(RowView {
            id: RowId::from_bytes([id; 16]),
            order: String::new(),
            cells: cells
                .iter()
                .map(|(key, text)| ((*key).to_owned(), cell(text)))
                .collect(),
            removal: None,
        })
    }

    fn branch() -> Directory {
        let people = [
            ("陈建", "0101", "立车操作工"),
            ("陈建", "0102", "钳工"),
            ("单文远", "0103", ""),
            ("曾敏", "0104", ""),
            ("解放", "0105", ""),
            ("仇宁", "0106", ""),
            ("罗庭", "0107", "技术员"),
            ("㛃𬱟", "0108", ""),
        ];
        let group = RowId::from_bytes([99; 16]).to_string();
        let members = TableView {
            rows: people
                .iter()
                .zip(1..)
                .map(|((name, number, post), id)| {
                    row(
                        id,
                        &[
                            ("name", name),
                            ("number", number),
                            ("post", post),
                            ("group", &group),
                        ],
                    )
                })
                .collect(),
            ..TableView::default()
        };
        let groups = TableView {
            rows: vec![row(99, &[("name", "立车组")])],
            ..TableView::default()
        };
        let tables = [
            (roster::MEMBERS, Rc::new(members)),
            (roster::GROUPS, Rc::new(groups)),
        ]
        .into();
        Directory::from_roster(&Snapshot { tables })
    }

    fn finds(typed: &str, wanted: &[&str]) {
        let branch = branch();
        let found: Vec<&str> = branch
            .search(typed)
            .into_iter()
            .map(|person| person.name.as_str())
            .collect();
        assert_eq!(found, wanted, "{typed}");
    }

    fn id(number: u8) -> PersonId {
        PersonId::from_bytes([number; 16])
    }

    #[test]
    fn members_are_found_by_name_pinyin_initials_and_works_number() {
        finds("罗", &["罗庭"]);
        finds("luoting", &["罗庭"]);
        finds("luo ting", &["罗庭"]);
        finds("LT", &["罗庭"]);
        finds("lting", &["罗庭"]);
        finds("luot", &["罗庭"]);
        finds("0107", &["罗庭"]);
        finds("cj", &["陈建", "陈建"]);
        finds("xyz", &[]);
    }

    #[test]
    fn surnames_with_two_readings_are_found_by_both() {
        for typed in ["shanwenyuan", "danwenyuan", "swy", "dwy"] {
            finds(typed, &["单文远"]);
        }
        for typed in ["zengmin", "cengmin", "zm"] {
            finds(typed, &["曾敏"]);
        }
        for typed in ["xiefang", "jiefang"] {
            finds(typed, &["解放"]);
        }
        for typed in ["qiuning", "chouning", "qn"] {
            finds(typed, &["仇宁"]);
        }
    }

    #[test]
    fn a_name_in_rare_characters_is_found_by_its_characters() {
        finds("𬱟", &["㛃𬱟"]);
    }

    #[test]
    fn namesakes_are_labelled_with_their_post() {
        let branch = branch();
        assert_eq!(branch.label(id(1)), "陈建（立车操作工）");
        assert_eq!(branch.label(id(7)), "罗庭");
        assert!(branch.get(id(2)).unwrap().namesake);
        assert_eq!(branch.get(id(7)).unwrap().group_name, "立车组");
    }

    #[test]
    fn a_full_name_means_one_member_unless_there_are_namesakes() {
        let branch = branch();
        assert_eq!(branch.meant(" 罗庭 "), Meant::One(id(7)));
        assert_eq!(branch.meant("陈建"), Meant::AnyOf(vec![id(1), id(2)]));
        assert_eq!(branch.meant("陈建(钳工)"), Meant::One(id(2)));
        assert_eq!(branch.meant("0101"), Meant::One(id(1)));
        assert_eq!(branch.meant("罗"), Meant::Nobody);
    }

    #[test]
    fn an_unknown_member_is_named_by_the_start_of_the_id() {
        assert_eq!(branch().label(id(0xab)), "#abababab");
    }
}
