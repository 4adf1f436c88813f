//! The crews of the eleven workshops: 64, nine of them without a member.

use super::Staffed;
use crate::demo::branch::FIRST_SHOP;

/// A crew: its name, and the party group of the members in it; none for a crew without a member.
pub(in crate::demo) type Crew = (&'static str, Option<usize>);

/// One workshop.
#[derive(Clone, Copy, Debug)]
pub(in crate::demo) struct Workshop {
    /// The branch of the members who work there.
    branch: &'static str,
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) crews: &'static [Crew],
}

const fn workshop(branch: &'static str, name: &'static str, crews: &'static [Crew]) -> Workshop {
    Workshop { branch, name, crews }
}

#[rustfmt::skip]
const WORKSHOPS: [Workshop; 11] = [
    workshop(FIRST_SHOP, "机加一车间", &[("立车甲班", Some(0)), ("立车乙班", None), ("卧镗班", Some(1)), ("钳工班", Some(1)),
        ("检修班", Some(1)), ("综合班", Some(2))]),
    workshop("机加二车间党支部", "机加二车间", &[("龙门铣班", Some(0)), ("数控铣班", Some(0)), ("加工中心班", Some(1)),
        ("镗铣班", Some(1)), ("划线班", Some(2)), ("天车班", None), ("综合检验班", Some(3))]),
    workshop("工装模具车间党支部", "工装车间", &[("夹具一班", Some(1)), ("夹具二班", Some(1)), ("刃磨班", Some(2)),
        ("外圆磨班", Some(2)), ("工具库班", None)]),
    workshop("工装模具车间党支部", "模具车间", &[("模具一班", Some(0)), ("模具二班", Some(0)), ("线切割班", Some(0)),
        ("热修班", Some(3)), ("修模班", Some(3)), ("抛光班", None)]),
    workshop("铸造车间党支部", "铸造车间", &[("造型一班", Some(0)), ("造型二班", Some(0)), ("制芯班", Some(0)), ("熔炼班", Some(1)),
        ("炉前班", Some(1)), ("清理班", Some(2)), ("砂处理班", None)]),
    workshop("锻造车间党支部", "锻造车间", &[("自由锻班", Some(0)), ("操作机班", Some(0)), ("模锻班", Some(1)), ("加热班", Some(2)),
        ("下料班", Some(2)), ("锻件清理班", None)]),
    workshop("热处理车间党支部", "热处理车间", &[("回火炉班", Some(0)), ("井式炉班", Some(0)), ("感应班", Some(1)),
        ("校直班", Some(1))]),
    workshop("总装一车间党支部", "总装一车间", &[("总成甲班", Some(0)), ("总成乙班", Some(0)), ("液压班", Some(1)), ("试漏班", Some(1)),
        ("管路一班", Some(2)), ("管路二班", Some(2)), ("调整班", Some(3)), ("配送班", None)]),
    workshop("总装二车间党支部", "总装二车间", &[("部装班", Some(0)), ("减速机班", Some(0)), ("总成班", Some(1)), ("涂装一班", Some(2)),
        ("涂装二班", Some(2)), ("起重班", None)]),
    workshop("电装车间党支部", "电装车间", &[("配线一班", Some(0)), ("配线二班", Some(0)), ("调试班", Some(1)), ("钣金班", Some(1)),
        ("线束班", None)]),
    workshop("试验站党支部", "试验站", &[("台架一班", Some(0)), ("台架二班", Some(0)), ("测量班", Some(1)), ("数据班", Some(1))]),
];

/// Who repairs machines for all, and is in the crew that does: by works number.
const REPAIRS: (&str, &str) = ("QW01012", "检修班");

/// The workshops whose members belong to this branch.
pub(in crate::demo) fn workshops(branch: &str) -> impl Iterator<Item = &'static Workshop> {
    WORKSHOPS.iter().filter(move |workshop| workshop.branch == branch)
}

/// The crews of a branch.
pub(in crate::demo) fn crews(branch: &str) -> impl Iterator<Item = Crew> {
    workshops(branch).flat_map(|workshop| workshop.crews.iter().copied())
}

/// Puts the members of each group into its crews, one after the other. Those who have retired are in none.
pub(super) fn give(staffed: &mut Staffed) {
    let branch = staffed.branch;
    for group in 0..branch.groups.len() {
        let of_group = crews(branch.name).filter(|crew| crew.1 == Some(group));
        let names: Vec<&'static str> = of_group.map(|crew| crew.0).collect();
        let members = staffed.members.iter_mut();
        let members = members.filter(|member| member.group == group && !member.is_retired());
        for (member, name) in members.zip(names.iter().cycle()) {
            let repairs = member.number == REPAIRS.0;
            member.crew = Some(if repairs { REPAIRS.1 } else { name });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_workshop_has_four_to_eight_crews_and_no_two_of_a_branch_share_a_name() {
        assert!(
            WORKSHOPS
                .iter()
                .all(|workshop| (4..=8).contains(&workshop.crews.len()))
        );
        for workshop in &WORKSHOPS {
            let names: Vec<_> = crews(workshop.branch).map(|crew| crew.0).collect();
            assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        }
    }
}
