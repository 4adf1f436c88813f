//! The posts of the stories.

use crate::demo::branch::FIRST_SHOP;

/// Whose a post of the stories is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holders {
    /// The member of this works number.
    One(&'static str),
    /// So many members of the crew it is in.
    OfCrew(usize),
}

/// A post of the stories.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) branch: &'static str,
    pub(super) title: &'static str,
    pub(super) form: &'static str,
    pub(super) sort: &'static str,
    pub(super) unit: &'static str,
    pub(super) holders: Holders,
    pub(super) standards: &'static str,
    pub(super) pledge: &'static str,
}

const HEAT: &str = "热处理车间党支部";

#[rustfmt::skip]
pub(super) const KNOWN: [Known; 6] = [
    Known { branch: FIRST_SHOP, title: "首检示范岗", form: "individual", sort: "demonstration", unit: "首检工位", holders: Holders::One("QW01011"),
        standards: "凭数据说话、结论留痕、退回不伤人;被退件主动讲清改法", pledge: "首件两小时内出结论,退一件讲清一件。" },
    Known { branch: FIRST_SHOP, title: "夜班值守示范岗", form: "collective", sort: "pioneer", unit: "立车甲班", holders: Holders::OfCrew(4),
        standards: "交接三问(设备、质量、人员)不省略;异常十分钟内到场", pledge: "夜班有人守、异常有人到、交接有人问。" },
    Known { branch: FIRST_SHOP, title: "工艺改进示范岗", form: "individual", sort: "pioneer", unit: "综合班", holders: Holders::One("QW01007"),
        standards: "每季提一条可计算效益的改进,先试再推,失败也公开原因", pledge: "改进先算账,试过再推广,失败说清楚。" },
    Known { branch: FIRST_SHOP, title: "师徒传承示范岗", form: "individual", sort: "demonstration", unit: "钳工班", holders: Holders::One("QW01009"),
        standards: "每名徒弟有月度清单;教错的步骤当场重做;徒弟独立上岗率全车间前二", pledge: "徒弟学不会不放手,教错一步重做一步。" },
    Known { branch: HEAT, title: "炉区节能示范岗", form: "collective", sort: "demonstration", unit: "回火炉班", holders: Holders::OfCrew(5),
        standards: "装炉前核算能耗;超标当班说明;节约额由能源部核定", pledge: "每炉先算账,超标当班说,节约看得见。" },
    Known { branch: FIRST_SHOP, title: "服务响应示范岗", form: "individual", sort: "demonstration", unit: "检修班", holders: Holders::One("QW01012"),
        standards: "报修三十分钟内到场或给出到场时间;换件后次日回访一次", pledge: "报修三十分钟有回应,换件次日有回访。" },
];
