//! The branch's opinion of its members, and the first grades it gives.

use std::cmp::Reverse;
use std::rc::Rc;

use shared::access::Role;
use shared::id::RowId;
use shared::ledger::act::Entry;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::decision::DecisionKind;
use shared::ledger::kind::appraisal::{OPINION, REPLY, SCORES, TEXTS};
use shared::ledger::snapshot::Snapshot;

use super::Marks;
use crate::demo::book::{Book, Finding, Sitting, text};
use crate::demo::people::Staffed;
use crate::demo::seed::moment;

/// One in three is excellent at the most.
const EXCELLENT: usize = 3;

/// What the branch finds, by worth: the best, the good, the others.
#[rustfmt::skip]
const OPINIONS: [[&str; 2]; 3] = [
    ["政治上可靠,工作走在前面,急难任务不推不让;带教有成效,群众评价好。希望把好的做法写下来,带动更多同事。",
     "业务过硬,责任心强,承诺项目全部按期兑现;敢于直言,能听得进不同意见。希望多参与支部工作。"],
    ["能认真履行党员义务,完成本职任务较好,遵守纪律;与同事相处融洽。希望学习再主动些,敢于提出改进意见。",
     "工作踏实,记录齐全,能按时参加组织生活;本年度有一项承诺略有拖延,已说明原因。希望加强计划性。"],
    ["基本能完成任务,遵守纪律;主动性不够,承诺践诺记录有缺项。希望对照指标逐项改进,支部将安排专人帮带。",
     "能参加组织生活,本职工作尚可;质量问题有重复,需要找准原因。希望下季度拿出改进清单,向党小组报告。"],
];
const AGREED: &str = "同意。";
const AGREED_AND_MORE: &str = "同意支部意见,对照不足逐条改进。";

/// Opinions of all full members, and grades of the first half of them. Probationary members get no grade.
pub(super) fn give(book: &mut Book<'_>, staffed: &Staffed, marks: &[Marks<'_>], others: &super::Parts) {
    let full: Vec<&Marks<'_>> = marks.iter().filter(|marks| !marks.member.probationary).collect();
    let opinions = full.iter().enumerate().flat_map(|(place, marks)| {
        let level = match marks.worth {
            90.. => 0,
            83.. => 1,
            _ => 2,
        };
        let reply = if level == 0 { AGREED } else { AGREED_AND_MORE };
        let cell = |column: &str| CellRef::of_matrix(TEXTS, &format!("{}/{column}", marks.member.id));
        [
            (cell(OPINION), text(OPINIONS[level][place % 2])),
            (cell(REPLY), text(reply)),
        ]
    });
    let opinions: Vec<(CellRef, Value)> = opinions.collect();
    book.written_by(staffed.login_of(Role::OrganisationCommissioner))
        .writes(moment(11, 16, 15 * 60), Entry::Typed, opinions);
    let rated = &full[..full.len() / 2];
    let mut best: Vec<&&Marks<'_>> = rated.iter().collect();
    best.sort_by_key(|marks| Reverse(marks.worth));
    best.truncate(rated.len() / EXCELLENT);
    let findings = rated.iter().map(|marks| {
        let is_best = best.iter().any(|best| best.member.id == marks.member.id);
        let grade = match marks.worth {
            88.. if is_best => "excellent",
            82.. => "qualified",
            _ => "basically_qualified",
        };
        Finding::choice(RowId(marks.member.id.0), grade)
    });
    let findings = findings.collect();
    let mut parts: Vec<Rc<Snapshot>> = vec![book.snapshot()];
    parts.extend(others.iter().map(Rc::clone));
    let sitting = Sitting::on(SCORES, DecisionKind::Graded).seeing(&parts);
    book.written_by(staffed.login_of(Role::Secretary))
        .decides(moment(11, 18, 16 * 60), &sitting, findings);
}
