//! What people pledge: the ten of the stories as they stand, the others put together from parts.

use std::collections::HashSet;

use super::branch::{Branch, Work};
use super::seed::{Choices, Seed};

/// One pledge, before it has a row.
#[derive(Clone, Debug)]
pub(super) struct Pledge {
    pub(super) kind: &'static str,
    pub(super) subject: &'static str,
    pub(super) text: String,
    pub(super) measure: String,
    pub(super) target: String,
    pub(super) due: Option<&'static str>,
}

/// A pledge of the stories: works number of whose it is, kind, subject, text, measure, target, due.
type Known = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

const YEAR_END: Option<&str> = Some("2026-12-31");

#[rustfmt::skip]
const KNOWN: [Known; 10] = [
    ("QW01008", "yearly", "work", "每班开工前用三分钟点检卡盘与冷却液,发现异常先停机再报告,全年本人责任性质量损失控制在两件以内。",
        "点检结果写入交接班本,异常当班通报。", "责任性质量损失≤2件", YEAR_END),
    ("QW01009", "yearly", "service", "每周四午休在装配现场坐班半小时,帮年轻同事解决一个划线或研配难题,全年记入传帮带本不少于四十次。",
        "每次在传帮带本上写明问题和做法。", "≥40次", YEAR_END),
    ("QW01007", "yearly", "work", "六月底前把重型支架的工序卡从九张并到六张,先在立车组试用,用数据说明省下多少换刀时间再推广。",
        "每试用一周比一次换刀时间。", "工序卡9张→6张", Some("2026-06-30")),
    ("QW01011", "yearly", "discipline", "不代签、不漏检;凡首件有疑义的,宁可多复测一遍也不放行,复测记录当天交班前补齐。",
        "首件复测单独编号,随交班本移交。", "漏检0次", YEAR_END),
    ("QW01010", "yearly", "study", "每月精读一篇指定文章并在小组会讲五分钟,不照稿念,讲清一个和本岗位有关的做法。",
        "读前问师傅一个问题,讲后请小组提一条意见。", "12篇", YEAR_END),
    ("QW01012", "yearly", "work", "建立本车间易损件小台账,三季度起让备件缺货停机次数比上年下降三成,数据每月贴在班组看板。",
        "先列前二十种易损件,按月对账。", "缺货停机↓30%", YEAR_END),
    ("QW01014", "yearly", "work", "每月至少两次到夜班跟班,现场解决的问题当场写明责任人与期限,次月回看一次。",
        "跟班记录交支部存档。", "≥24次", YEAR_END),
    ("QW01002", "yearly", "service", "给新进的八名学徒编一本两千字以内的“常见错误二十例”,五月底前交支部审定后发到手机。",
        "先向班组长征集,再逐条配一张照片。", "20例", Some("2026-05-31")),
    ("QW01015", "ad_hoc", "work", "大修期间自愿参加抢修突击队,承担炉衬拆装中的夜间监护,直到验收合格为止。",
        "监护时两小时记录一次,交接当面说清。", "监护无空岗", None),
    ("QW01016", "standing", "service", "身体许可时每季度回车间一次,讲一个老工艺故事,并帮支部核对一次老党员联系名单。",
        "故事先写提纲,名单核对后交组织委员。", "每季1次", None),
];

const SUBJECTS: [&str; 4] = ["work", "study", "discipline", "service"];
const OFTEN: [&str; 6] = ["每周", "每两周", "每月", "每月末", "每季度", "每逢交接班"];

/// What is done, by subject; `{o}` is what the branch looks after, `{f}` how often.
#[rustfmt::skip]
const SHOP: [[&str; 6]; 4] = [
    ["{f}对{o}专项检查一次,问题当天登记、当周关闭", "把{o}的操作要点整理成一页卡片,{f}在班前会讲一条",
     "{f}统计{o}的异常次数,找出前三位原因并提一条改进", "牵头解决{o}的一个老大难问题,先试后推,{f}公布一次进度",
     "{o}有异常先停下再报告,{f}把处置经过写进班组看板", "{f}带头做一次{o}的规范示范,请班组挑毛病"],
    ["{f}精读一篇指定文章,联系{o}在小组会上讲五分钟", "{f}自测一次{o}的应知应会,弱项在下次自测前补齐",
     "跟师傅学会{o}的一项新做法,{f}写一条心得", "{f}抄一条与{o}有关的规程,讲清为什么这样定",
     "向相邻岗位学习{o}的处置办法,{f}顶岗练习一次", "{f}把{o}的一个事故案例讲给班组听,说清教训"],
    ["{o}的记录当班填、不代签、不补签,{f}请班组抽查", "不让{o}带病运行,{f}主动报一条自己的疏漏",
     "{o}用完归位、账物相符,{f}自查一次", "不因赶进度省略{o}的任何一步,{f}接受一次互检",
     "自己责任的返工自己说明,{f}对照{o}的要求检查一次", "{f}对照规定查一次{o},查到的问题不隐瞒"],
    ["{f}抽半小时帮新同事熟悉{o},有问有答有记录", "{f}收集一次工友对{o}的意见,能办的当周办",
     "为倒班工友代办一件{o}上的麻烦事,{f}记一次", "{f}与一名工友谈心,并帮他解决{o}上的一个难处",
     "{o}出了问题随叫随到,{f}回访一次使用的人", "{f}为下道工序做一次{o}的上门说明"],
];
#[rustfmt::skip]
const DESK: [[&str; 6]; 4] = [
    ["{f}清理一次{o},超期的逐条说明原因", "把{o}的办理时限缩短一天,{f}公布一次平均用时",
     "{f}到现场核对{o},以现场为准改一处不合用的规定", "为{o}做一份一页纸的说明,{f}根据意见修订",
     "{f}抽查{o}十份,错一处改一处并通报做法", "牵头把{o}的重复填报减去一半,{f}比一次用时"],
    ["{f}精读一篇指定文章,结合{o}写三百字体会", "{f}学习一项与{o}有关的新规定,并讲给同事听",
     "{f}向一线请教一次{o}的真实用法,记成问答", "年内考取或复习一项与{o}有关的资格,{f}报一次进度",
     "{f}读一份外单位{o}的做法,提一条可用的建议", "{f}参加一次现场学习,把{o}里看不懂的地方问清楚"],
    ["{o}按程序办,不插队、不打招呼,{f}公开一次办理结果", "不收与{o}有关的任何礼品,{f}向党小组报告一次",
     "{o}一次告知、不推不拖,{f}自查一次", "数据不修饰、不估填,{f}复核一次{o}",
     "涉及自己亲友的{o}主动回避,{f}自查一次", "{f}对照廉洁要求查一次{o},问题写进自查表"],
    ["{f}到车间上门办一次{o},不让工友多跑一趟", "{o}的来电来访当天回复,{f}统计一次回复率",
     "{f}帮一名新同事弄懂{o},直到能独立办理", "{f}联系一户困难职工,并为他办好{o}中的一件事",
     "{f}听一次一线对{o}的意见,下次会上逐条答复", "为{o}设一个代办时段,{f}坐班半天"],
];
#[rustfmt::skip]
const HOME: [[&str; 6]; 4] = [
    ["身体许可时{f}整理一次{o},交支部留存", "{f}为{o}补一条自己记得的往事,写明年月", "{f}帮社区看护一次{o},有事及时说",
     "{f}为年轻人讲一段{o}里的故事,不超过二十分钟", "把自己手里的{o}理出一份目录,{f}添几条", "{f}核对一次{o},有出入的告诉支部"],
    ["{f}读一篇文章,在组里用{o}作例子讲几句", "{f}听一次支部学习录音,记下与{o}有关的一句话", "{f}学用一次手机,帮老同事看{o}",
     "{f}读报半天,把与{o}有关的剪下来", "{f}与老同事一起学一次,顺便理一理{o}", "{f}向支部交一则学习小记,可写{o}"],
    ["不信谣、不传谣,{f}提醒身边人一次", "家里的事不给组织添麻烦,{f}和家人谈一次", "{f}按时参加组织生活,不能来先请假",
     "不参加来路不明的推销和聚会,{f}提醒一位老同事", "借阅{o}按期归还,{f}自查一次", "{f}管好自己和家人,不占集体的{o}"],
    ["{f}看望一位行动不便的老同事,带去支部的问候", "{f}为{o}值班半天", "{f}帮邻居办一件小事,记在{o}里",
     "{f}给车间年轻人回一次技术上的问题", "{f}参加一次小区义务劳动,量力而行", "{f}打一轮电话,把{o}上的人都问候到"],
];

const CLOSING: [&str; 6] = [
    "",
    ",做不到的当月说明",
    ",记录可查",
    ",请党小组监督",
    ",年底向支部报一次账",
    ",从一月开始不间断",
];

#[rustfmt::skip]
const MEASURES: [[&str; 5]; 4] = [
    ["列出清单,做一项销一项。", "先在本班试一个月,再请班组长评一次。", "每次做完在看板上画一格。", "遇到解决不了的,三天内提交党小组。", "请同岗位的一名同事互相检查。"],
    ["定好时间,小组会上先讲。", "准备一个本子,一次一页。", "请师傅出题,当面答。", "读完写三句话贴在学习栏。", "每季度和同组的人交换一次笔记。"],
    ["请班组随时抽查,结果公开。", "把要求写成三句话贴在工位。", "自查表每次签名留底。", "发现一次,在小组会上说明一次。", "请党小组长每季度谈一次话。"],
    ["记在联系本上,写明时间和办法。", "固定在周四午休。", "办完问一句满意不满意。", "办不了的转给支部,并告诉本人。", "每次不超过半小时,不影响生产。"],
];
const TARGETS: [&str; 8] = [
    "≥12次",
    "≥24次",
    "≥4次",
    "问题关闭率100%",
    "返工≤2件",
    "意见答复率100%",
    "≥6次",
    "提改进≥2条",
];
const DUES: [Option<&str>; 8] = [
    YEAR_END,
    YEAR_END,
    YEAR_END,
    YEAR_END,
    YEAR_END,
    Some("2026-06-30"),
    Some("2026-09-30"),
    Some("2026-11-30"),
];

/// Puts pledges together for one branch, no text twice.
#[derive(Debug)]
pub(super) struct Writer {
    branch: &'static Branch,
    choices: Choices,
    written: HashSet<String>,
}

/// The pledge of the stories that this member made, if he made one.
pub(super) fn known(works_number: &str) -> Option<Pledge> {
    let (_, kind, subject, text, measure, target, due) =
        *KNOWN.iter().find(|known| known.0 == works_number)?;
    Some(Pledge {
        kind,
        subject,
        text: text.to_owned(),
        measure: measure.to_owned(),
        target: target.to_owned(),
        due,
    })
}

impl Writer {
    pub(super) fn of(seed: Seed, branch: &'static Branch) -> Self {
        Self {
            branch,
            choices: seed.choices(&format!("{} pledges", branch.name)),
            written: HashSet::new(),
        }
    }

    /// The pledge at this place of a member's list: their subjects follow each other.
    pub(super) fn pledge(&mut self, place: usize) -> Pledge {
        let subject = place % SUBJECTS.len();
        let parts = match self.branch.work {
            Work::Shop => &SHOP[subject],
            Work::Technical if self.choices.in_a_hundred(40) => &SHOP[subject],
            Work::Technical | Work::Office => &DESK[subject],
            Work::Retired => &HOME[subject],
        };
        let text = loop {
            let text = self.sentence(parts);
            if self.written.insert(text.clone()) {
                break text;
            }
        };
        let choices = &mut self.choices;
        let kind = match choices.below(20) {
            0 => "ad_hoc",
            1 | 2 => "standing",
            _ => "yearly",
        };
        Pledge {
            kind,
            subject: SUBJECTS[subject],
            text,
            measure: (*choices.one(&MEASURES[subject])).to_owned(),
            target: (*choices.one(&TARGETS)).to_owned(),
            due: if kind == "yearly" {
                *choices.one(&DUES)
            } else {
                None
            },
        }
    }

    fn sentence(&mut self, parts: &[&str]) -> String {
        let part = *self.choices.one(parts);
        let object = *self.choices.one(&self.branch.objects);
        let often = *self.choices.one(&OFTEN);
        let often = often_at(self.branch.work, often);
        let closing = *self.choices.one(&CLOSING);
        format!("{}{closing}。", part.replace("{o}", object).replace("{f}", often))
    }
}

/// Only shifts hand over.
fn often_at(work: Work, often: &'static str) -> &'static str {
    if work != Work::Shop && often == "每逢交接班" {
        "每月初"
    } else {
        often
    }
}

#[cfg(test)]
mod tests {
    use super::super::branch::BRANCHES;
    use super::*;

    #[test]
    fn no_two_members_of_a_branch_pledge_the_same() {
        for branch in &BRANCHES {
            let mut writer = Writer::of(Seed::default(), branch);
            let texts: Vec<_> = (0..branch.members * 3)
                .map(|place| writer.pledge(place).text)
                .collect();
            assert_eq!(
                texts.iter().collect::<HashSet<_>>().len(),
                texts.len(),
                "{}",
                branch.name
            );
            assert!(
                texts
                    .iter()
                    .all(|text| !text.contains(['{', '}']) && text.chars().count() >= 10)
            );
        }
    }
}
