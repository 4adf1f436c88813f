//! The posts of one branch, drawn up before they are written down.

use shared::id::RowId;

use super::known::{Holders, KNOWN, Known};
use super::plan::Plan;
use super::words;
use crate::demo::branch::Work;
use crate::demo::people::{Member, Staffed};
use crate::demo::seed::{Choices, moment};

pub(super) use super::plan::End;

/// A post that is nominated.
pub(super) struct Nominee<'a> {
    pub(super) row: RowId,
    pub(super) title: String,
    pub(super) form: &'static str,
    pub(super) sort: &'static str,
    pub(super) unit: String,
    pub(super) holders: Vec<&'a Member>,
    pub(super) standards: String,
    pub(super) pledge: String,
    pub(super) deeds: String,
    pub(super) end: End,
}

/// How many hold a post together, at the most.
const TOGETHER: usize = 5;

/// The posts of the branch, in their order.
pub(super) fn drawn<'a>(staffed: &'a Staffed, plan: &Plan, choices: &mut Choices) -> Vec<Nominee<'a>> {
    let of_stories = KNOWN.iter().filter(|known| known.branch == staffed.branch.name);
    let mut posts: Vec<Nominee<'a>> = of_stories
        .map(|known| of_story(staffed, known, choices))
        .collect();
    for number in 0..plan.more {
        let post = if plan.collective && number == 0 {
            collective(staffed, choices)
        } else {
            individual(staffed, &posts, choices)
        };
        posts.push(post);
    }
    if let Some(last) = posts.last_mut().filter(|_| plan.more > 0) {
        last.end = plan.last;
    }
    posts
}

fn post_row(staffed: &Staffed, title: &str) -> RowId {
    let name = format!("{} post {title}", staffed.branch.name);
    staffed.seed.row(moment(2, 24, 9 * 60), &name)
}

fn of_story<'a>(staffed: &'a Staffed, known: &Known, choices: &mut Choices) -> Nominee<'a> {
    let holders: Vec<&Member> = match known.holders {
        Holders::One(number) => staffed.member(number).into_iter().collect(),
        Holders::OfCrew(count) => {
            let of_crew = staffed.members.iter();
            let of_crew = of_crew.filter(|member| member.crew == Some(known.unit));
            of_crew.take(count).collect()
        }
    };
    let object = choices.one(&staffed.branch.objects);
    let who = who(&holders, known.unit);
    Nominee {
        row: post_row(staffed, known.title),
        title: known.title.to_owned(),
        form: known.form,
        sort: known.sort,
        unit: known.unit.to_owned(),
        standards: known.standards.to_owned(),
        pledge: known.pledge.to_owned(),
        deeds: deeds(object, known.unit, &who, choices),
        end: End::Kept,
        holders,
    }
}

/// One member who holds no other post: at work, a full member, no leader of the enterprise, of the front line if possible.
fn individual<'a>(staffed: &'a Staffed, others: &[Nominee<'a>], choices: &mut Choices) -> Nominee<'a> {
    let is_free = |member: &&Member| {
        let mut held = others.iter().flat_map(|post| &post.holders);
        member.is_at_work() && !member.probationary && held.all(|holder| holder.id != member.id)
    };
    let free: Vec<&Member> = staffed.members.iter().filter(is_free).collect();
    let at_the_front: Vec<&Member> = free
        .iter()
        .copied()
        .filter(|member| member.post_class == Some("front-line"))
        .collect();
    let below_leaders = free
        .iter()
        .copied()
        .filter(|member| member.post_class != Some("leader"));
    let among = if at_the_front.is_empty() {
        below_leaders.collect()
    } else {
        at_the_front
    };
    let holder = *choices.one(&among);
    let unit = holder
        .crew
        .unwrap_or(staffed.branch.groups[holder.group])
        .to_owned();
    let namesakes = others.iter().filter(|post| post.title.starts_with(&holder.post));
    let title = match namesakes.count() {
        0 => format!("{}示范岗", holder.post),
        before => format!("{}示范岗({})", holder.post, before + 1),
    };
    nominee(staffed, title, "individual", unit, vec![holder], choices)
}

/// Some members of a crew, or of a group where there are no crews.
fn collective<'a>(staffed: &'a Staffed, choices: &mut Choices) -> Nominee<'a> {
    let group = choices.place(staffed.branch.groups.len());
    let of_group = staffed.members.iter();
    let of_group = of_group.filter(|member| member.group == group && member.is_at_work());
    let count = 3 + choices.place(TOGETHER - 2);
    let holders: Vec<&Member> = of_group.take(count).collect();
    let unit = staffed.branch.groups[group].to_owned();
    let title = format!("{unit}党员示范岗");
    nominee(staffed, title, "collective", unit, holders, choices)
}

fn nominee<'a>(
    staffed: &'a Staffed,
    title: String,
    form: &'static str,
    unit: String,
    holders: Vec<&'a Member>,
    choices: &mut Choices,
) -> Nominee<'a> {
    let object = choices.one(&staffed.branch.objects);
    let sort = match staffed.branch.work {
        _ if staffed.branch.name.starts_with("安全") => "safety",
        Work::Office => "counter",
        _ if choices.in_a_hundred(40) => "pioneer",
        _ => "demonstration",
    };
    let count = 4 + choices.place(2);
    let standards = choices.some(count, words::STANDARDS).join(";");
    let pledge = choices.one(&words::PLEDGES).replace("{o}", object);
    let who = who(&holders, &unit);
    Nominee {
        row: post_row(staffed, &title),
        title,
        form,
        sort,
        standards: standards.replace("{o}", object),
        pledge,
        deeds: deeds(object, &unit, &who, choices),
        unit,
        holders,
        end: End::Kept,
    }
}

/// Who the deeds are about.
fn who(holders: &[&Member], unit: &str) -> String {
    match holders {
        [one] => one.name.clone(),
        _ => format!("{unit}的{}名党员", holders.len()),
    }
}

fn deeds(object: &str, unit: &str, who: &str, choices: &mut Choices) -> String {
    let sentences = words::DEEDS.iter().map(|of| *choices.one(of));
    let deeds: String = sentences.collect();
    deeds
        .replace("{o}", object)
        .replace("{u}", unit)
        .replace("{w}", who)
}
