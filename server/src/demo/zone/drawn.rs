//! The zones of one branch, drawn up before they are written down: those of the stories, one for each crew, and as many
//! more as the branch has.

use std::collections::HashMap;

use shared::id::{PersonId, RowId};
use shared::time::Date;

use super::known::{KNOWN, Known};
use super::plan::Plan;
use super::words;
use super::{DESCRIBED, DESCRIBED_LATE};
use crate::demo::branch::FIRST_SHOP;
use crate::demo::people::{Member, Staffed, crews};
use crate::demo::seed::{Choices, day, moment};

/// One zone.
pub(super) struct Zone {
    pub(super) row: RowId,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) basis: &'static str,
    pub(super) scope: String,
    pub(super) crew: Option<&'static str>,
    pub(super) contacts: Option<i64>,
    pub(super) goals: Vec<Goal>,
    /// By date of their first days.
    pub(super) terms: Vec<Term>,
    /// Described in September, and nobody's yet.
    pub(super) late: bool,
    /// What its owner looks after.
    pub(super) object: &'static str,
}

/// One goal.
pub(super) struct Goal {
    pub(super) theme: &'static str,
    pub(super) text: String,
    pub(super) measure: &'static str,
}

/// One member's term as an owner.
pub(super) struct Term {
    pub(super) zone: RowId,
    pub(super) member: PersonId,
    pub(super) role: &'static str,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
}

/// From when to when the first owner of a zone that changes hands had it, and when the next begins.
const HANDED_OVER: [((u32, u32), (u32, u32)); 4] = [
    ((4, 30), (5, 1)),
    ((5, 31), (6, 1)),
    ((6, 30), (7, 1)),
    ((7, 31), (8, 1)),
];

/// The zones of the branch, in their order.
pub(super) fn drawn(staffed: &Staffed, plan: &Plan, choices: &mut Choices) -> Vec<Zone> {
    let mut zones = Vec::with_capacity(plan.zones);
    let mut owned = Owned::default();
    if staffed.branch.name == FIRST_SHOP {
        zones.extend(KNOWN.iter().map(|known| of_story(staffed, known, &mut owned)));
    }
    let mut late = plan.late;
    for (name, group) in crews(staffed.branch.name) {
        if zones.iter().any(|zone: &Zone| zone.crew == Some(name)) {
            continue;
        }
        let is_late = late && group.is_none();
        late &= !is_late;
        let object = choices.one(&staffed.branch.objects);
        let scope = format!("{name}的工位、设备、工具柜和相邻通道,含{object}");
        let crew = Crew { name, is_late };
        zones.push(zone(
            staffed,
            zones.len(),
            (name, "crew"),
            scope,
            Some(crew),
            object,
        ));
    }
    let more = plan.zones.saturating_sub(zones.len());
    for (name, basis, scope, object) in others(staffed).into_iter().take(more) {
        zones.push(zone(staffed, zones.len(), (name, basis), scope, None, object));
    }
    for zone in &mut zones {
        give_goals(zone, choices);
        if zone.terms.is_empty() && !zone.late {
            let first = owned.next(staffed, zone.crew, choices);
            zone.terms.push(term(zone.row, first, day(1, 20)));
        }
    }
    hand_over(staffed, plan, &mut zones, &mut owned, choices);
    zones
}

struct Crew {
    name: &'static str,
    is_late: bool,
}

fn zone_row(staffed: &Staffed, code: &str, is_late: bool) -> RowId {
    let (month, on) = if is_late { DESCRIBED_LATE } else { DESCRIBED };
    let name = format!("{} zone {code}", staffed.branch.name);
    staffed.seed.row(moment(month, on, 10 * 60), &name)
}

fn zone(
    staffed: &Staffed,
    place: usize,
    (name, basis): (&str, &'static str),
    scope: String,
    crew: Option<Crew>,
    object: &'static str,
) -> Zone {
    let short = staffed.branch.name.trim_end_matches("党支部");
    let short = match short {
        "机加一车间" => "机加",
        other => other.trim_end_matches("车间"),
    };
    let code = format!("{short}-{:02}", place + 1);
    let late = crew.as_ref().is_some_and(|crew| crew.is_late);
    Zone {
        row: zone_row(staffed, &code, late),
        code,
        name: format!("{name}责任区"),
        basis,
        scope,
        crew: crew.map(|crew| crew.name),
        contacts: None,
        goals: Vec::new(),
        terms: Vec::new(),
        late,
        object,
    }
}

fn of_story(staffed: &Staffed, known: &Known, owned: &mut Owned) -> Zone {
    let row = zone_row(staffed, known.code, false);
    let owners = known.owners.iter().filter_map(|number| staffed.member(number));
    let terms = owners.enumerate().map(|(place, member)| {
        owned.count(member);
        Term {
            role: if place == 0 { "main" } else { "assistant" },
            ..term(row, member.id, day(1, 20))
        }
    });
    Zone {
        row,
        code: known.code.to_owned(),
        name: known.name.to_owned(),
        basis: known.basis,
        scope: known.scope.to_owned(),
        crew: known.crew,
        contacts: known.contacts,
        goals: known
            .goals
            .map(|(theme, text, measure)| Goal {
                theme,
                text: text.to_owned(),
                measure,
            })
            .into(),
        terms: terms.collect(),
        late: false,
        object: staffed.branch.objects[0],
    }
}

/// What else a branch can make a zone of: things it looks after, posts, groups.
fn others(staffed: &Staffed) -> Vec<(&'static str, &'static str, String, &'static str)> {
    let branch = staffed.branch;
    let object = |place: usize| branch.objects[place % branch.objects.len()];
    let things = branch.objects.iter().map(|thing| {
        let scope = format!("{thing}的日常检查、记录和改进,涉及本支部各组");
        (*thing, "area", scope, *thing)
    });
    let posts = branch.posts.iter().enumerate().map(|(place, post)| {
        let scope = format!("全体{post}的岗位纪律、互助和技能提升,含{}", object(place));
        (*post, "post", scope, object(place))
    });
    let groups = branch.groups.iter().enumerate().map(|(place, group)| {
        let scope = format!("{group}的工作现场和本组职工,含{}", object(place));
        (*group, "project", scope, object(place))
    });
    things.chain(posts).chain(groups).collect()
}

/// Three or four goals of different themes.
fn give_goals(zone: &mut Zone, choices: &mut Choices) {
    if !zone.goals.is_empty() {
        return;
    }
    let count = 3 + choices.place(2);
    for (theme, goals) in choices.some(count, words::GOALS) {
        let (text, measure) = *choices.one(&goals);
        zone.goals.push(Goal {
            theme,
            text: text.replace("{o}", zone.object),
            measure,
        });
    }
}

fn term(zone: RowId, member: PersonId, from: Date) -> Term {
    Term {
        zone,
        member,
        role: "main",
        from,
        until: None,
    }
}

/// Some zones that no story knows get another owner in the course of the year.
fn hand_over(staffed: &Staffed, plan: &Plan, zones: &mut [Zone], owned: &mut Owned, choices: &mut Choices) {
    let is_story = |zone: &Zone| KNOWN.iter().any(|known| known.code == zone.code);
    let able = zones.iter_mut().filter(|zone| !zone.late && !is_story(zone));
    for zone in choices.some(plan.changes, able) {
        let (until, from) = *choices.one(&HANDED_OVER);
        let next = owned.next(staffed, None, choices);
        if let Some(first) = zone.terms.first_mut() {
            first.until = Some(day(until.0, until.1));
        }
        zone.terms.push(term(zone.row, next, day(from.0, from.1)));
    }
}

/// How many zones each member has been given.
#[derive(Default)]
struct Owned(HashMap<PersonId, u32>);

impl Owned {
    fn count(&mut self, member: &Member) {
        *self.0.entry(member.id).or_default() += 1;
    }

    /// Somebody at work who has the fewest; for a crew one of it, if it has any.
    fn next(&mut self, staffed: &Staffed, crew: Option<&str>, choices: &mut Choices) -> PersonId {
        let at_work: Vec<&Member> = staffed
            .members
            .iter()
            .filter(|member| member.is_at_work())
            .collect();
        let of_crew: Vec<&Member> = at_work
            .iter()
            .copied()
            .filter(|member| crew.is_some() && member.crew == crew)
            .collect();
        let among = if of_crew.is_empty() { at_work } else { of_crew };
        let has = |member: &Member| self.0.get(&member.id).copied().unwrap_or_default();
        let fewest = among.iter().map(|member| has(member)).min();
        let free: Vec<&Member> = among
            .into_iter()
            .filter(|member| Some(has(member)) == fewest)
            .collect();
        let member = *choices.one(&free);
        self.count(member);
        member.id
    }
}
