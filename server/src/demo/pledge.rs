//! The pledge ledger of one branch in 2026: entered and reviewed in January, posted, begun in February, in places amended
//! in March, with notes of progress since.

use shared::id::{PersonId, RowId};
use shared::ledger::act::{Entry, NewRow};
use shared::ledger::cell::Value;
use shared::ledger::key::Part;
use shared::ledger::kind::Kind;
use shared::ledger::kind::pledge::{ITEM, ITEMS, MEMBER, PROGRESS, TEXT};
use shared::ledger::order;
use shared::sync::relay::NewEntry;

use super::book::{Book, text};
use super::people::{Member, Staffed};
use super::pledge_text::{Pledge, Writer, known};
use super::seed::{Choices, moment};

use plan::Plan;
use review::Weak;

pub(super) mod plan;
mod review;

/// The items of one member.
const EACH: usize = 3;

/// The rounds of progress notes: month, first day, percent reached, about, and what was noted.
#[rustfmt::skip]
const ROUNDS: [(u32, u32, u32, [&str; 5]); 3] = [
    (4, 7, 20, ["已开始,清单列好,本季度按计划做了三次。", "做了两次,第二次请党小组长到场看过。", "先在本班试行,大家提了两条意见,已改。",
        "进度正常,记录本已过半页。", "一月耽误了一次,三月补上,已在小组会上说明。"]),
    (7, 6, 50, ["半年回看:做到一半,数据贴在看板上。", "二季度没有间断,有一次请同事代为提醒。", "试用结束,效果可见,准备推广到下一班。",
        "有一项没赶上,原因已写明,七月补齐。", "工友反映有用,新增两人参加。"]),
    (10, 12, 80, ["三季度完成,余下的排到十二月初。", "按月做完,党小组抽查一次,无差错。", "国庆前集中补了两次,现已跟上。",
        "目标基本达到,准备年底向支部报账。", "停产检修期间改为每周一次,记录齐全。"]),
];

/// One item on its way into the ledger.
struct Item<'a> {
    row: RowId,
    member: &'a Member,
    pledge: Pledge,
}

/// The log of the ledger.
pub(super) fn log(staffed: &Staffed, plan: Plan, seal_key: &[u8; 32]) -> Vec<NewEntry> {
    let key = staffed.key(Kind::Pledge, Part::Main);
    let mut book = Book::open(staffed.seed, key, seal_key, moment(1, 5, 8 * 60));
    let mut choices = staffed.seed.choices(&format!("{} ledger", staffed.branch.name));
    let items = items(staffed);
    let weak = review::weak(staffed, plan, &items);
    enter(&mut book, staffed, &items, weak.as_ref(), &mut choices);
    review::review(&mut book, staffed, &items, plan, weak.as_ref());
    review::amend(&mut book, staffed, &items, plan);
    for round in &ROUNDS {
        note_progress(&mut book, staffed, &items, round, &mut choices);
    }
    book.close()
}

fn items(staffed: &Staffed) -> Vec<Item<'_>> {
    let mut writer = Writer::of(staffed.seed, staffed.branch);
    let mut items = Vec::new();
    for (number, member) in staffed
        .members
        .iter()
        .enumerate()
        .filter(|(_, member)| member.pledges)
    {
        for place in 0..EACH {
            let pledge = match known(&member.number) {
                Some(known) if place == 0 => known,
                _ => writer.pledge(number + place),
            };
            let row = staffed.seed.row(
                entered_at(staffed, member),
                &format!("{} item {place}", member.number),
            );
            items.push(Item { row, member, pledge });
        }
    }
    items
}

/// Each group is entered on one of the days after the tenth of January, one member after the other.
fn entered_at(staffed: &Staffed, member: &Member) -> shared::time::Timestamp {
    let number = staffed
        .members
        .iter()
        .position(|other| other.id == member.id)
        .unwrap_or_default();
    let day = 11 + u32::try_from(member.group).unwrap_or_default() * 2;
    moment(
        1,
        day,
        8 * 60 + 30 + u32::try_from(number).unwrap_or_default() * 4,
    )
}

/// The group leaders enter what their members hand in, one act for each member.
fn enter(
    book: &mut Book<'_>,
    staffed: &Staffed,
    items: &[Item<'_>],
    weak: Option<&Weak>,
    choices: &mut Choices,
) {
    let mut places = order::several(None, None, items.len()).into_iter();
    let ordered: Vec<(&Item<'_>, String)> = items
        .iter()
        .map(|item| (item, places.next().unwrap_or_default()))
        .collect();
    for group in 0..staffed.branch.groups.len() {
        let mut tab = book.written_by(staffed.login_of_leader(group));
        let theirs: Vec<_> = ordered
            .iter()
            .filter(|(item, _)| item.member.group == group)
            .collect();
        for of_one in theirs.chunk_by(|(one, _), (other, _)| one.member.id == other.member.id) {
            let Some((first, _)) = of_one.first() else {
                continue;
            };
            let rows = of_one
                .iter()
                .map(|(item, order)| item_row(staffed, item, weak, order, choices))
                .collect();
            let at = entered_at(staffed, first.member);
            tab.enters(at, Entry::Typed, rows);
        }
    }
}

fn item_row(
    staffed: &Staffed,
    item: &Item<'_>,
    weak: Option<&Weak>,
    order: &str,
    choices: &mut Choices,
) -> NewRow {
    let pledge = &item.pledge;
    let weak = weak.filter(|weak| weak.row == item.row);
    let mut cells = vec![
        (MEMBER.to_owned(), text(item.member.id.to_string())),
        ("kind".to_owned(), text(pledge.kind)),
        ("subject".to_owned(), text(pledge.subject)),
        (
            TEXT.to_owned(),
            text(weak.map_or(&*pledge.text, |weak| weak.text)),
        ),
        ("measure".to_owned(), text(&*pledge.measure)),
        ("target".to_owned(), text(&*pledge.target)),
    ];
    cells.extend(pledge.due.map(|due| ("due".to_owned(), text(due))));
    cells
        .extend(helper(staffed, item.member, choices).map(|id| (format!("helpers/{id}"), Value::Flag(true))));
    NewRow {
        table: ITEMS.to_owned(),
        id: item.row,
        order: order.to_owned(),
        cells,
    }
}

/// Every fifth has a helper from the same branch.
fn helper(staffed: &Staffed, member: &Member, choices: &mut Choices) -> Option<PersonId> {
    let helper = choices.one(&staffed.members);
    (choices.in_a_hundred(20) && helper.id != member.id).then_some(helper.id)
}

/// The group leaders note progress of some of their members' items, one act for each group.
fn note_progress(
    book: &mut Book<'_>,
    staffed: &Staffed,
    items: &[Item<'_>],
    (month, day, percent, notes): &(u32, u32, u32, [&str; 5]),
    choices: &mut Choices,
) {
    for group in 0..staffed.branch.groups.len() {
        let after = u32::try_from(group).unwrap_or_default();
        let at = moment(*month, day + after, 15 * 60);
        let chosen: Vec<_> = items
            .iter()
            .filter(|item| item.member.group == group && choices.in_a_hundred(25))
            .collect();
        if chosen.is_empty() {
            continue;
        }
        let places = order::several(None, None, chosen.len());
        let mut rows = Vec::with_capacity(chosen.len());
        for (item, order) in chosen.into_iter().zip(places) {
            let reached = percent + choices.below(4) * 5;
            let cells = [
                (ITEM, text(item.row.to_string())),
                ("on", text(at.date().to_string())),
                (TEXT, text(*choices.one(notes))),
                ("percent", Value::Number(i64::from(reached))),
            ];
            let cells = cells
                .into_iter()
                .map(|(column, value)| (column.to_owned(), value))
                .collect();
            let id = staffed.seed.row(at, &format!("{} progress", item.row));
            rows.push(NewRow {
                table: PROGRESS.to_owned(),
                id,
                order,
                cells,
            });
        }
        let mut tab = book.written_by(staffed.login_of_leader(group));
        tab.enters(at, Entry::Typed, rows);
    }
}
