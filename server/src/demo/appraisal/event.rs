//! What cost a member marks in the year, or brought him some.

use shared::access::Role;
use shared::ledger::cell::Value;
use shared::ledger::kind::appraisal::{COUNT, EVENTS, MEMBER, RULE, SORT};

use super::Marks;
use crate::demo::book::{Book, Line, text};
use crate::demo::people::Staffed;
use crate::demo::seed::{Choices, day, moment};

/// What happened: sort, the scheme's rule, and how it came about.
#[rustfmt::skip]
const HAPPENED: [(&str, &str, &str); 6] = [
    ("bonus", "improvement-adopted", "提出的改善建议经工艺部评审采纳,已在本单位推开。"),
    ("bonus", "emergency-help", "汛期夜间抢险,连续值守两班,避免了设备进水。"),
    ("bonus", "company-honour", "获公司年中技能比武表彰。"),
    ("deduction", "meeting-missed", "一次组织生活会未请假缺席,已说明情况。"),
    ("deduction", "rework", "责任性返工一件,当班发现并改正。"),
    ("deduction", "violation", "现场检查发现未按规定佩戴护具一次。"),
];
/// How many things happened in a branch.
const EACH: usize = 2;

/// The organisation commissioner enters what happened.
pub(super) fn enter(book: &mut Book<'_>, staffed: &Staffed, marks: &[Marks<'_>], choices: &mut Choices) {
    let at = moment(11, 10, 10 * 60);
    let whose = choices.some(EACH, marks);
    let what = choices.some(EACH, HAPPENED);
    let lines = whose.into_iter().zip(what).map(|(marks, (sort, rule, why))| {
        let month = 3 + choices.below(7);
        let id = staffed.seed.row(at, &format!("{} {rule}", marks.member.id));
        let cells = [
            (MEMBER, text(marks.member.id.to_string())),
            (SORT, text(sort)),
            (RULE, text(rule)),
            (COUNT, Value::Number(1)),
            ("on", text(day(month, 8 + choices.below(15)).to_string())),
            ("why", text(why)),
        ];
        Line::new(EVENTS, id, cells)
    });
    let lines = lines.collect();
    book.written_by(staffed.login_of(Role::OrganisationCommissioner))
        .adds(at, lines);
}
