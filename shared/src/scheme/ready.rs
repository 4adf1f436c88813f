//! Three schemes to begin with, for three kinds of posts. An enterprise changes them as it likes.

use super::{
    Adjustment, AdjustmentKind, Cutoffs, Dimension, Grade, Hundredths, Indicator, Quota, QuotaBase, Rater,
    RaterClass, Rounding, Scheme, Veto,
};

/// How each indicator of a dimension reads, and its full marks.
type Indicators = &'static [(&'static str, u16)];

/// For people at the front line (一线职工): 德 20, 能 20, 勤 20, 绩 35, 廉 5.
#[must_use]
pub fn front_line() -> Scheme {
    scheme(
        "一线职工考核方案",
        [
            &[
                ("按时参加组织生活，请假有据", 6),
                ("敢讲真话、不传不实消息", 5),
                ("关心班组同事，带头帮困难", 5),
                ("遵守公约与社会公德", 4),
            ],
            &[
                ("本岗操作等级与应知应会", 8),
                ("会辨识并处置异常", 7),
                ("一专多能、互补顶岗", 5),
            ],
            &[("出勤与交接班完整", 8), ("主动报告隐患", 7), ("急难任务到位", 5)],
            &[
                ("产量与工时完成率", 12),
                ("一次交检合格率", 10),
                ("安全与现场", 8),
                ("改善建议与采纳", 5),
            ],
            &[("不占用公物、不徇私情", 3), ("不弄虚作假，如实填报", 2)],
        ],
    )
}

/// For technical management (技术管理): 德 20, 能 25, 勤 15, 绩 30, 廉 10.
#[must_use]
pub fn technical() -> Scheme {
    scheme(
        "技术管理人员考核方案",
        [
            &[
                ("支持技术民主，尊重不同意见", 6),
                ("保守秘密、署名真实", 6),
                ("顾全大局，跨部门配合", 4),
                ("带教新人", 4),
            ],
            &[
                ("方案质量与可制造性", 10),
                ("数据分析与成本意识", 8),
                ("新技术掌握与交底能力", 7),
            ],
            &[("现场服务次数与响应", 6), ("资料及时归档", 5), ("持续改进", 4)],
            &[
                ("项目节点达成", 12),
                ("质量问题关闭", 8),
                ("节支或增效额（财务认定）", 6),
                ("标准、专利、工法", 4),
            ],
            &[
                ("供应商与样品往来规范", 5),
                ("不接受不当利益", 3),
                ("数据不造假", 2),
            ],
        ],
    )
}

/// For leading cadres (领导干部): 德 25, 能 20, 勤 15, 绩 25, 廉 15.
#[must_use]
pub fn leaders() -> Scheme {
    scheme(
        "领导干部考核方案",
        [
            &[
                ("执行决议坚决，重大事项集体研究", 8),
                ("听得进批评，问题公开承认", 6),
                ("用人公道", 6),
                ("双重组织生活", 5),
            ],
            &[
                ("研判与决策的依据充分", 7),
                ("协调处理矛盾", 6),
                ("风险预见与应急", 7),
            ],
            &[
                ("下一线解决问题的次数和回看", 8),
                ("会议与文件精简", 3),
                ("重点工作推进节奏", 4),
            ],
            &[
                ("年度指标完成", 10),
                ("安全环保责任", 6),
                ("队伍建设与班组稳定", 5),
                ("群众急难愁盼办结", 4),
            ],
            &[
                ("落实一岗双责，报告个人事项", 6),
                ("招标、用人、用钱公开留痕", 5),
                ("管住身边人", 4),
            ],
        ],
    )
}

/// A scheme with the rules that all three share and these indicators, by dimension.
fn scheme(name: &str, indicators: [Indicators; 5]) -> Scheme {
    let scored = Dimension::ALL.into_iter().zip(indicators);
    let mut scheme = Scheme {
        name: name.to_owned(),
        base: Hundredths::ZERO,
        indicators: scored
            .flat_map(|(dimension, of_it)| of_dimension(dimension, of_it))
            .collect(),
        normalise: false,
        raters: raters(),
        adjustments: Vec::new(),
        deduction_cap: None,
        bonus_cap: Some(Hundredths::marks(5)),
        floor: Hundredths::ZERO,
        ceiling: Hundredths::HUNDRED,
        cutoffs: Cutoffs {
            excellent: Hundredths::marks(90),
            qualified: Hundredths::marks(80),
            basically_qualified: Hundredths::marks(60),
        },
        vetoes: vetoes(),
        quota: Quota {
            part: 1,
            whole: 3,
            base: QuotaBase::RatedMembers,
            rounding: Rounding::Down,
        },
        ties: Vec::new(),
    };
    // Violations cost no more than diligence and achievement give together.
    let on_the_job =
        scheme.full_marks_of(Dimension::Diligence).0 + scheme.full_marks_of(Dimension::Achievement).0;
    scheme.adjustments = adjustments(Hundredths(on_the_job));
    scheme
}

fn of_dimension(dimension: Dimension, of_it: Indicators) -> impl Iterator<Item = Indicator> {
    (1..).zip(of_it).map(move |(number, (text, marks))| Indicator {
        id: format!("{}-{number}", dimension.code()),
        dimension,
        text: (*text).to_owned(),
        full_marks: Hundredths::marks(*marks),
        anchors: None,
    })
}

fn raters() -> Vec<Rater> {
    let rater = |(class, weight_bp)| Rater {
        class,
        weight_bp,
        counts: true,
        trim_highest: 0,
        trim_lowest: 0,
    };
    [
        (RaterClass::SelfRating, 1_000),
        (RaterClass::Peer, 3_000),
        (RaterClass::Mass, 2_000),
        (RaterClass::Branch, 4_000),
    ]
    .map(rater)
    .into()
}

fn adjustments(on_the_job: Hundredths) -> Vec<Adjustment> {
    use AdjustmentKind::{Bonus, Deduction};
    [
        (
            "meeting-missed",
            Deduction,
            "无故迟到或缺席组织生活",
            2,
            Some(Hundredths::marks(6)),
        ),
        ("rework", Deduction, "责任性返工", 1, Some(Hundredths::marks(8))),
        ("violation", Deduction, "违章被查", 3, Some(on_the_job)),
        ("pledge-unkept", Deduction, "未兑现承诺且无说明", 2, None),
        ("improvement-adopted", Bonus, "改善建议被采纳", 1, None),
        ("emergency-help", Bonus, "抢险有功", 2, None),
        ("company-honour", Bonus, "公司级表彰", 2, None),
    ]
    .map(|(id, kind, text, each, cap)| Adjustment {
        id: id.to_owned(),
        kind,
        text: text.to_owned(),
        each: Hundredths::marks(each),
        cap,
    })
    .into()
}

fn vetoes() -> Vec<Veto> {
    [
        ("accident", "责任事故"),
        ("discipline-case", "纪律处分"),
        ("falsification", "弄虚作假"),
    ]
    .map(|(id, text)| Veto {
        id: id.to_owned(),
        text: text.to_owned(),
        best: Grade::Qualified,
    })
    .into()
}
