//! The zones of the stories, in the first shop.

/// A zone of the stories.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) basis: &'static str,
    pub(super) scope: &'static str,
    /// The crew in it, if there is one.
    pub(super) crew: Option<&'static str>,
    /// The works numbers of its owners, the main one first.
    pub(super) owners: &'static [&'static str],
    /// Theme, goal and measure.
    pub(super) goals: [(&'static str, &'static str, &'static str); 3],
    /// How many people its owners keep in touch with, where the stories say so.
    pub(super) contacts: Option<i64>,
}

#[rustfmt::skip]
pub(super) const KNOWN: [Known; 6] = [
    Known { code: "机加-01", name: "立车一线责任区", basis: "crew", scope: "一跨立车两台、配套吊具及工件堆放区", crew: Some("立车甲班"),
        owners: &["QW01005", "QW01008"], contacts: Some(5),
        goals: [("site", "工件堆放线清晰无占道", "每班交接时看一次"), ("equipment", "吊具每周点检签字齐全", "查点检表"),
            ("safety", "班组违章提醒当天闭环", "查提醒记录")] },
    Known { code: "机加-02", name: "卧镗精度责任区", basis: "equipment", scope: "卧镗三台与恒温间门禁", crew: Some("卧镗班"),
        owners: &["QW01006"], contacts: None,
        goals: [("quality", "精加工尺寸复核两人互检", "抽查互检签字"), ("equipment", "恒温间温差超限十分钟内上报", "对照温度曲线"),
            ("quality", "每月一次精度趋势讲评", "看讲评记录")] },
    Known { code: "装配-05", name: "试车台安全责任区", basis: "area", scope: "试车台及周边隔离带", crew: None,
        owners: &["QW01004", "QW01003"], contacts: None,
        goals: [("safety", "试车前确认单三方签认", "逐台查确认单"), ("site", "隔离带无关人员零进入", "查监控与登记"),
            ("safety", "应急停机演练每季一次", "查演练记录")] },
    Known { code: "热工-03", name: "炉区节能责任区", basis: "equipment", scope: "井式炉与回火炉各一台、余热管路", crew: None,
        owners: &["QW01015"], contacts: None,
        goals: [("production", "装炉率不低于九成", "按炉次统计"), ("equipment", "空炉待温不超四十分钟", "查炉温记录"),
            ("production", "能耗数据每周公示，异常能说清原因", "看公示栏")] },
    Known { code: "检验-02", name: "首件把关责任区", basis: "post", scope: "首检工位与送检通道", crew: None,
        owners: &["QW01011", "QW01013"], contacts: None,
        goals: [("quality", "首件两小时内出结论", "查送检时间"), ("site", "不合格件隔离标识齐全", "每周巡查一次"),
            ("quality", "对投诉件做一次回访", "查回访记录")] },
    Known { code: "综合-01", name: "新员工融入责任区", basis: "project", scope: "入职一年内的十一名职工与师徒结对名单", crew: Some("综合班"),
        owners: &["QW01002", "QW01010"], contacts: None,
        goals: [("mind", "每人每月谈心一次", "查谈心人次"), ("organisation", "住宿就医等难事有回音", "逐件销号"),
            ("safety", "三个月内会用本岗位应急处置卡", "现场提问")] },
];
