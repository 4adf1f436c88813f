//! An appraisal over all its parts: what each member is scored, what it comes to, and how far the grades are given.
//!
//! Nothing here is kept: it is worked out from the ledgers by whoever may read them. A score in conflict counts as not
//! given, since nobody has said which of the two holds.

use std::collections::BTreeMap;

use crate::id::{PersonId, RowId};
use crate::ledger::cell::Value;
use crate::ledger::decision::{Decision, DecisionKind, Subject, Word, bound};
use crate::ledger::key::Part;
use crate::ledger::kind::Kind;
use crate::ledger::kind::appraisal::{BOUND, COUNT, EVENTS, MEMBER, RULE, SCHEME, SCORES, SORT, TEXTS};
use crate::ledger::kind::roster;
use crate::ledger::life::Standing;
use crate::ledger::snapshot::{RowView, Snapshot};
use crate::scheme::{Grade, Hundredths, Marks, Occurrence, Outcome, QuotaState, RaterClass, Scheme, Sheet};

/// The parts of one appraisal that somebody reads, each as it is now.
#[derive(Clone, Debug, Default)]
pub struct Parts<'a>(pub BTreeMap<Part, &'a Snapshot>);

/// A member who is appraised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appraised {
    /// Who.
    pub person: PersonId,
    /// What sort of post he has: it names the scheme he is appraised by.
    pub post_class: String,
    /// Whether he is on probation: he takes part and gets no grade.
    pub probationary: bool,
    /// Whether he was taken out of the roster: what was entered for him is kept and listed, not counted.
    pub removed: bool,
}

/// What an appraisal comes to for one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Result {
    /// Who.
    pub member: Appraised,
    /// By which scheme, if the appraisal is bound to one for his post.
    pub scheme: Option<String>,
    /// What it comes to under it.
    pub outcome: Option<Outcome>,
    /// What was decided: the grade, and whether decisions contradict.
    pub standing: Standing,
    /// The grade that stands.
    pub grade: Option<Grade>,
    /// Whether the grade was given over the quota, with a reason.
    pub overridden: bool,
    /// Whether anything that the grade was decided on has changed since; none where somebody does not read all parts.
    pub moved_on: Option<bool>,
    /// How many of his cells are in conflict.
    pub conflicts: usize,
}

/// The class of raters whose scores a part holds.
#[must_use]
pub const fn class_of(part: Part) -> RaterClass {
    match part {
        Part::Main => RaterClass::Branch,
        Part::SelfRating => RaterClass::SelfRating,
        Part::Peer => RaterClass::Peer,
        Part::Mass => RaterClass::Mass,
    }
}

/// The members of a roster, as an appraisal sees them, in the roster's order.
#[must_use]
pub fn members(roster: &Snapshot) -> Vec<Appraised> {
    let appraised = |row: &RowView| Appraised {
        person: PersonId(row.id.0),
        post_class: row
            .value(roster::POST_CLASS)
            .as_text()
            .unwrap_or("front-line")
            .to_owned(),
        probationary: *row.value(roster::PROBATIONARY) == Value::Flag(true),
        removed: row.removal.is_some(),
    };
    let table = roster.table(roster::MEMBERS);
    table.rows.iter().map(|row| appraised(row)).collect()
}

impl Parts<'_> {
    /// The digests of the schemes the appraisal is bound to, by sort of post; a cell in conflict is left out.
    #[must_use]
    pub fn bound(&self) -> BTreeMap<String, String> {
        let Some(main) = self.0.get(&Part::Main) else {
            return BTreeMap::new();
        };
        let table = main.table(BOUND);
        let bound = table.cells.iter().filter_map(|(key, cell)| {
            let class = key.strip_prefix("scheme/")?;
            let digest = cell.value.as_text().filter(|_| !cell.in_conflict)?;
            Some((class.to_owned(), digest.to_owned()))
        });
        bound.collect()
    }

    /// The sort of post whose scheme a member is appraised by: what is written for him, else that of his post.
    #[must_use]
    pub fn class_of(&self, member: &Appraised) -> String {
        let written = self.0.get(&Part::Main).and_then(|main| {
            let table = main.table(TEXTS);
            let cell = table.cells.get(&format!("{}/{SCHEME}", member.person))?;
            cell.value.as_text().map(str::to_owned)
        });
        written.unwrap_or_else(|| member.post_class.clone())
    }

    /// What is known of one member, as a scheme takes it; with the number of his scores in conflict.
    #[must_use]
    pub fn marks(&self, member: &Appraised) -> (Marks, usize) {
        let mut marks = Marks {
            probationary: member.probationary,
            ..Marks::default()
        };
        let mut conflicts = 0;
        for (part, snapshot) in &self.0 {
            let (sheets, clashing) = sheets(snapshot, member.person);
            conflicts += clashing;
            if !sheets.is_empty() {
                marks.sheets.insert(class_of(*part), sheets);
            }
        }
        if let Some(main) = self.0.get(&Part::Main) {
            add_events(&mut marks, main, member.person);
        }
        (marks, conflicts)
    }

    /// What it comes to for each of these members, under the schemes given by digest.
    #[must_use]
    pub fn results(&self, members: &[Appraised], schemes: &BTreeMap<String, Scheme>) -> Vec<Result> {
        let bound = self.bound();
        let result = |member: &Appraised| {
            let scheme = bound.get(&self.class_of(member)).cloned();
            let (marks, conflicts) = self.marks(member);
            let outcome = scheme
                .as_ref()
                .and_then(|digest| schemes.get(digest))
                .map(|scheme| scheme.outcome(&marks));
            let (standing, decided) = self.grade(member.person);
            Result {
                member: member.clone(),
                scheme,
                outcome,
                grade: decided.as_ref().and_then(|decision| grade_of(decision)),
                overridden: decided
                    .as_ref()
                    .is_some_and(|decision| !decision.made.note.trim().is_empty()),
                moved_on: decided
                    .as_ref()
                    .and_then(|decision| Some(self.digest(member.person)? != decision.made.digest)),
                standing,
                conflicts,
            }
        };
        members.iter().map(result).collect()
    }

    /// The digest of all that every part holds of a member; none for who does not read every part, and so makes no grade.
    #[must_use]
    pub fn digest(&self, member: PersonId) -> Option<String> {
        let parts: Option<Vec<&Snapshot>> = Part::ALL
            .into_iter()
            .map(|part| self.0.get(&part).copied())
            .collect();
        Some(bound::of_parts(parts?, &subject(member)))
    }

    fn grade(&self, member: PersonId) -> (Standing, Option<std::rc::Rc<Decision>>) {
        let Some(main) = self.0.get(&Part::Main) else {
            return (Standing::default(), None);
        };
        let standing = main.standing(Kind::Appraisal, &subject(member));
        let decided = standing.last_of(Word::Decide(DecisionKind::Graded)).cloned();
        (standing, decided)
    }
}

/// What a decision about a member is about.
#[must_use]
pub fn subject(member: PersonId) -> Subject {
    Subject::new(SCORES, RowId(member.0))
}

/// The grade a decision gives, if it is one of the four.
#[must_use]
pub fn grade_of(decision: &Decision) -> Option<Grade> {
    Grade::ALL
        .into_iter()
        .find(|grade| grade.code() == decision.made.value)
}

/// How many excellent grades a scheme's quota allows, and how many were given without a reason that overrides it: given over
/// the quota with a reason, one takes no place of another. The base of the rated are all who are to get a grade, whether
/// they have one yet or not; members on probation get none.
#[must_use]
pub fn quota(scheme: &Scheme, results: &[Result]) -> QuotaState {
    let present = || results.iter().filter(|result| !result.member.removed);
    let rated = || present().filter(|result| !result.member.probationary);
    let allowed = scheme.quota.allowed(present().count(), rated().count());
    let given = rated()
        .filter(|result| result.grade == Some(Grade::Excellent) && !result.overridden)
        .count();
    QuotaState {
        allowed,
        given,
        over: allowed.map_or(0, |allowed| given.saturating_sub(allowed)),
    }
}

/// The sheets a part holds of a member, and how many of their cells are in conflict.
fn sheets(part: &Snapshot, member: PersonId) -> (Vec<Sheet>, usize) {
    let table = part.table(SCORES);
    let begin = format!("{member}/");
    let mut sheets: BTreeMap<&str, Sheet> = BTreeMap::new();
    let mut conflicts = 0;
    for (key, cell) in table.cells.range(begin.clone()..) {
        let Some(rest) = key.strip_prefix(&begin) else {
            break;
        };
        let (indicator, sheet) = rest.split_once('/').unwrap_or((rest, ""));
        if cell.in_conflict {
            conflicts += 1;
        } else if let Value::Number(score) = cell.value {
            let sheet = sheets.entry(sheet).or_default();
            sheet.insert(indicator.to_owned(), Hundredths(score));
        }
    }
    (sheets.into_values().collect(), conflicts)
}

fn add_events(marks: &mut Marks, main: &Snapshot, member: PersonId) {
    let member = member.to_string();
    let table = main.table(EVENTS);
    let theirs = table
        .rows
        .iter()
        .filter(|row| row.removal.is_none() && row.value(MEMBER).as_text() == Some(&member));
    for row in theirs {
        let Some(rule) = row.value(RULE).as_text() else {
            continue;
        };
        if row.value(SORT).as_text() == Some("veto") {
            marks.vetoes.push(rule.to_owned());
            continue;
        }
        let count = match row.value(COUNT) {
            Value::Number(count) => u32::try_from(*count).unwrap_or_default(),
            // Entered without a number it happened once.
            _ => 1,
        };
        marks.events.push(Occurrence {
            adjustment: rule.to_owned(),
            count,
        });
    }
}

#[cfg(test)]
mod tests;
