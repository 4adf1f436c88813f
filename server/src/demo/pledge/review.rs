//! From what is handed in to what is in force: reviewed, sent back where it says too little, posted, begun; and again for
//! what is changed afterwards.

use shared::access::Role;
use shared::id::RowId;
use shared::ledger::act::Entry;
use shared::ledger::cell::CellRef;
use shared::ledger::decision::DecisionKind;
use shared::ledger::kind::pledge::{ITEMS, TEXT};

use super::plan::{Amended, Plan};
use super::{Item, known};
use crate::demo::book::{Book, Finding, Sitting, text};
use crate::demo::people::Staffed;
use crate::demo::seed::{day, moment, posting};

/// What a branch sends back, and why.
#[rustfmt::skip]
const SENT_BACK: [(&str, &str); 3] = [
    ("继续努力,做好本职工作。", "不具体:请写明做哪一件事、做到什么程度、什么时候做完,再交支部审定。"),
    ("三年内带领公司跻身行业第一。", "不属本人职责,也不在本年度内:请结合自己的岗位重新提出。"),
    ("保证零事故。", "只有目标没有措施:请写明自己怎样做、怎样检查。"),
];
/// What an amended target says.
const AMENDED_TARGET: &str = "每季度公布一次结果";

/// An item that says too little when it is entered.
pub(super) struct Weak {
    pub(super) row: RowId,
    pub(super) text: &'static str,
    why: &'static str,
}

/// The item of the branch that is sent back, if one is: neither one of the stories' nor the one that is amended later.
pub(super) fn weak(staffed: &Staffed, plan: Plan, items: &[Item<'_>]) -> Option<Weak> {
    let mut choices = staffed.seed.choices(&format!("{} returned", staffed.branch.name));
    let (_, earlier) = items.split_last()?;
    let candidates: Vec<_> = earlier
        .iter()
        .filter(|item| known(&item.member.number).is_none())
        .collect();
    let (text, why) = *choices.one(&SENT_BACK);
    let row = choices.one(&candidates).row;
    plan.returned.then_some(Weak { row, text, why })
}

/// All that is decided until the pledges are in force.
pub(super) fn review(
    book: &mut Book<'_>,
    staffed: &Staffed,
    items: &[Item<'_>],
    plan: Plan,
    weak: Option<&Weak>,
) {
    let (secretary, organisation) = (
        staffed.login_of(Role::Secretary),
        staffed.login_of(Role::OrganisationCommissioner),
    );
    let sitting = |decision| Sitting::on(ITEMS, decision);
    let all = || {
        items
            .iter()
            .map(|item| Finding::plain(item.row))
            .collect::<Vec<_>>()
    };
    let mut tab = book.written_by(organisation);
    tab.decides(moment(1, 19, 9 * 60), &sitting(DecisionKind::Submitted), all());
    if let Some(weak) = weak {
        let mut tab = book.written_by(secretary);
        let finding = vec![Finding::noted(weak.row, weak.why)];
        tab.decides(moment(1, 20, 10 * 60), &sitting(DecisionKind::Returned), finding);
        put_right(book, staffed, items, weak);
        let mut tab = book.written_by(organisation);
        let finding = vec![Finding::plain(weak.row)];
        tab.decides(moment(1, 22, 9 * 60), &sitting(DecisionKind::Submitted), finding);
    }
    let mut tab = book.written_by(secretary);
    tab.decides(moment(1, 22, 16 * 60), &sitting(DecisionKind::Approved), all());
    let mut tab = book.written_by(organisation);
    let (hung, begun) = if plan.late {
        (day(2, 2), moment(2, 10, 9 * 60))
    } else {
        (day(1, 26), moment(2, 3, 9 * 60))
    };
    let posted = sitting(DecisionKind::Posted).during(posting(hung));
    tab.decides(moment(1, 23, 15 * 60), &posted, all());
    tab.decides(begun, &sitting(DecisionKind::Begun), all());
}

/// The group leader enters what the member hands in anew.
fn put_right(book: &mut Book<'_>, staffed: &Staffed, items: &[Item<'_>], weak: &Weak) {
    let Some(item) = items.iter().find(|item| item.row == weak.row) else {
        return;
    };
    let cell = CellRef::new(ITEMS, item.row, TEXT);
    let mut tab = book.written_by(staffed.login_of_leader(item.member.group));
    tab.writes(
        moment(1, 21, 11 * 60),
        Entry::Typed,
        vec![(cell, text(&*item.pledge.text))],
    );
}

/// After posting the organisation commissioner makes one target plainer; most branches approve and post it anew.
pub(super) fn amend(book: &mut Book<'_>, staffed: &Staffed, items: &[Item<'_>], plan: Plan) {
    // The last item is nobody's of the stories.
    let (Some(amended), Some(item)) = (plan.amended, items.last()) else {
        return;
    };
    let (secretary, organisation) = (
        staffed.login_of(Role::Secretary),
        staffed.login_of(Role::OrganisationCommissioner),
    );
    let cell = CellRef::new(ITEMS, item.row, "target");
    let mut tab = book.written_by(organisation);
    tab.writes(
        moment(3, 9, 10 * 60),
        Entry::Typed,
        vec![(cell, text(AMENDED_TARGET))],
    );
    if amended == Amended::Waiting {
        return;
    }
    let sitting = |decision| Sitting::on(ITEMS, decision);
    let it = || vec![Finding::plain(item.row)];
    let mut tab = book.written_by(secretary);
    tab.decides(moment(3, 10, 16 * 60), &sitting(DecisionKind::Approved), it());
    let mut tab = book.written_by(organisation);
    let posted = sitting(DecisionKind::Posted).during(posting(day(3, 11)));
    tab.decides(moment(3, 11, 9 * 60), &posted, it());
    tab.decides(moment(3, 19, 9 * 60), &sitting(DecisionKind::Begun), it());
}
