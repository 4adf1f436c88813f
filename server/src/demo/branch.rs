//! The organisation: committee, general branches, and the 26 branches with what each works on.

/// What most people of a branch do, which decides what they pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// At machines, in shifts.
    Shop,
    /// At drawings and tests.
    Technical,
    /// At desks and counters.
    Office,
    /// No longer.
    Retired,
}

/// One branch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch {
    pub(super) name: &'static str,
    /// The general branch above it; none for one directly under the committee.
    pub(super) above: Option<&'static str>,
    pub(super) members: usize,
    pub(super) groups: &'static [&'static str],
    pub(super) work: Work,
    /// What its people look after.
    pub(super) objects: [&'static str; 4],
    pub(super) posts: [&'static str; 5],
}

/// The name of the enterprise.
pub(super) const ENTERPRISE: &str = "青梧装备制造有限公司";
/// The top of the tree.
pub(super) const COMMITTEE: &str = "中共青梧装备制造有限公司委员会";
/// The party office.
pub(super) const OFFICE: &str = "党群工作部";
/// The branch whose people have names in the stories.
pub(super) const FIRST_SHOP: &str = "机加一车间党支部";
/// The branch of the party office's people.
pub(super) const HEADQUARTERS: &str = "综合机关党支部";
/// The branch of those who have retired.
pub(super) const RETIRED: &str = "离退休党支部";

const MACHINING: Option<&str> = Some("机加党总支");
const HEAT: Option<&str> = Some("热工党总支");
const ASSEMBLY: Option<&str> = Some("装配党总支");
const RESEARCH: Option<&str> = Some("研发技术党总支");

/// The general branches.
pub(super) const ABOVE: [&str; 4] = ["机加党总支", "热工党总支", "装配党总支", "研发技术党总支"];

const fn branch(
    name: &'static str,
    above: Option<&'static str>,
    members: usize,
    groups: &'static [&'static str],
    work: Work,
    objects: [&'static str; 4],
    posts: [&'static str; 5],
) -> Branch {
    Branch {
        name,
        above,
        members,
        groups,
        work,
        objects,
        posts,
    }
}

use Work::{Office, Retired, Shop, Technical};

#[rustfmt::skip]
pub(super) const BRANCHES: [Branch; 26] = [
    branch(FIRST_SHOP, MACHINING, 26, &["立车组", "卧镗组", "综合组"], Shop,
        ["卡盘与冷却液", "立车导轨", "吊具", "首件图样"], ["立车操作工", "卧镗操作工", "工段调度", "刀具管理员", "设备维修工"]),
    branch("机加二车间党支部", MACHINING, 33, &["甲班", "乙班", "丙班", "综合组"], Shop,
        ["龙门铣主轴", "数控程序", "切屑清运通道", "工件堆放区"], ["数控铣工", "龙门铣操作工", "编程员", "检验员", "天车工"]),
    branch("工装模具车间党支部", MACHINING, 37, &["模具组", "夹具组", "刃磨组", "热修组"], Shop,
        ["夹具定位销", "模具台账", "砂轮机防护", "工装借还登记"], ["模具钳工", "线切割操作工", "刃磨工", "工装库管员", "磨工"]),
    branch("铸造车间党支部", HEAT, 25, &["造型组", "熔炼组", "清理组"], Shop,
        ["砂型紧实度", "炉前分析样", "浇包烘烤", "除尘风管"], ["造型工", "熔炼工", "炉前化验员", "清理工", "行车工"]),
    branch("锻造车间党支部", HEAT, 22, &["自由锻组", "模锻组", "加热组"], Shop,
        ["锤头紧固", "始锻温度", "操作机夹钳", "锻件标识"], ["锻工", "加热工", "操作机手", "锻件检验员", "液压维修工"]),
    branch("热处理车间党支部", HEAT, 19, &["回火组", "感应组"], Shop,
        ["炉温记录", "淬火油温", "装炉量", "炉门密封"], ["热处理工", "感应淬火工", "金相检验员", "校直工", "炉窑维修工"]),
    branch("总装一车间党支部", ASSEMBLY, 34, &["总成组", "液压组", "管路组", "调整组"], Shop,
        ["力矩扳手", "液压接头清洁", "装配工序卡", "缺件清单"], ["装配钳工", "液压装配工", "管工", "班组质检员", "配送员"]),
    branch("总装二车间党支部", ASSEMBLY, 29, &["部装组", "总成组", "涂装组"], Shop,
        ["涂装前处理", "部装托盘", "吊装索具", "工位照明"], ["部装钳工", "涂装工", "起重工", "工艺员", "仓管员"]),
    branch("电装车间党支部", ASSEMBLY, 21, &["配线组", "调试组"], Shop,
        ["压接端子", "防静电手环", "线束标识", "绝缘测试记录"], ["配线工", "电气调试工", "电气检验员", "钣金工", "资料员"]),
    branch("试验站党支部", ASSEMBLY, 14, &["台架组", "测量组"], Technical,
        ["试车台隔离带", "试验大纲", "传感器标定", "应急停机按钮"], ["试验工程师", "台架操作工", "测量员", "数据分析员", "试验安全员"]),
    branch("设计一所党支部", RESEARCH, 36, &["总体组", "结构组", "液压组", "标准组"], Technical,
        ["图样更改单", "关键件计算书", "通用件清单", "可制造性评审"], ["主任设计师", "结构设计师", "液压设计师", "标准化员", "设计员"]),
    branch("设计二所党支部", RESEARCH, 31, &["电控组", "传动组", "仿真组", "资料组"], Technical,
        ["控制程序版本", "传动件校核", "仿真模型", "接口说明书"], ["电控设计师", "传动设计师", "仿真工程师", "软件工程师", "描图员"]),
    branch("工艺部党支部", RESEARCH, 28, &["机加工艺组", "焊接工艺组", "定额组"], Technical,
        ["工序卡", "焊接工艺评定", "工时定额", "工艺纪律检查"], ["机加工艺师", "焊接工艺师", "定额员", "工装设计师", "工艺资料员"]),
    branch("信息中心党支部", RESEARCH, 17, &["系统组", "网络组"], Technical,
        ["备份介质", "终端补丁", "账号权限清单", "车间网络机柜"], ["系统管理员", "网络管理员", "开发工程师", "运维工程师", "数据管理员"]),
    branch("质量部党支部", None, 24, &["检验组", "计量组", "体系组"], Technical,
        ["不合格品评审单", "量具周检", "质量看板", "供方检验记录"], ["质量工程师", "检验员", "计量员", "体系主管", "理化员"]),
    branch("生产运行部党支部", None, 18, &["计划组", "调度组"], Office,
        ["周计划变更", "瓶颈工序", "在制品清单", "早调会纪要"], ["计划员", "调度员", "统计员", "生产主管", "配套员"]),
    branch("安全环保部党支部", None, 13, &["安环组"], Office,
        ["隐患整改单", "动火作业票", "危废暂存间", "应急预案"], ["安全员", "环保员", "消防管理员", "职业卫生员", "安全主管"]),
    branch("设备能源部党支部", None, 27, &["机修组", "电修组", "动力组"], Shop,
        ["关键设备点检", "空压站能耗", "备件安全库存", "配电室巡检"], ["机修钳工", "维修电工", "动力运行工", "设备工程师", "能源管理员"]),
    branch("采购物流部党支部", None, 22, &["采购组", "仓储组", "运输组"], Office,
        ["供方名录", "到货验收单", "库位标识", "车辆调派记录"], ["采购员", "仓库保管员", "运输调度", "供方管理员", "叉车工"]),
    branch("市场一部党支部", None, 31, &["华北组", "华东组", "服务组", "投标组"], Office,
        ["客户来访记录", "投标文件", "现场服务单", "合同评审表"], ["销售工程师", "服务工程师", "投标专员", "合同管理员", "区域经理"]),
    branch("市场二部党支部", None, 28, &["西南组", "海外组", "备件组"], Office,
        ["备件报价单", "海外资料翻译", "回款计划", "客户回访表"], ["销售工程师", "海外业务员", "备件计划员", "翻译", "服务工程师"]),
    branch("财务审计党支部", None, 16, &["核算组", "审计组"], Office,
        ["报销单据", "成本分析表", "往来对账", "审计整改台账"], ["会计", "出纳", "成本分析员", "审计员", "资金主管"]),
    branch("人力资源党支部", None, 12, &["人力组"], Office,
        ["考勤汇总", "培训计划", "技能等级名册", "新员工入职表"], ["薪酬专员", "培训专员", "招聘专员", "劳动关系专员", "人事主管"]),
    branch(HEADQUARTERS, None, 25, &["党群组", "行政组", "法务组"], Office,
        ["会议纪要", "公文流转", "印章登记", "信访接待记录"], ["文秘", "行政专员", "法务专员", "档案管理员", "宣传干事"]),
    branch("后勤保障党支部", None, 20, &["餐饮组", "维保组"], Office,
        ["食堂留样", "浴室水温", "绿化工具", "宿舍报修单"], ["厨师", "食堂管理员", "维修工", "宿舍管理员", "绿化工"]),
    branch(RETIRED, None, 32, &["东区组", "西区组", "南区组", "北区组"], Retired,
        ["老工艺笔记", "活动室图书", "邻里互助名单", "厂史照片"], ["退休高级技师", "退休工程师", "退休会计", "退休车间主任", "退休教师"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organisation_has_its_size() {
        assert_eq!(BRANCHES.iter().map(|branch| branch.members).sum::<usize>(), 640);
        assert_eq!(
            BRANCHES.iter().map(|branch| branch.groups.len()).sum::<usize>(),
            74
        );
        let below = |above| {
            BRANCHES
                .iter()
                .filter(|branch| branch.above == above)
                .map(|branch| branch.members)
                .sum()
        };
        let sums: Vec<usize> = ABOVE.iter().map(|above| below(Some(*above))).collect();
        assert_eq!((sums, below(None)), (vec![96, 66, 98, 112], 268));
    }
}
