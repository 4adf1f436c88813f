//! Those the stories know by name.

use shared::access::Role;

use crate::demo::branch::{Branch, FIRST_SHOP, HEADQUARTERS};

/// Somebody the stories know: name, sound, group, post, role.
pub(super) type Known = (&'static str, &'static str, usize, &'static str, Option<Role>);

#[rustfmt::skip]
pub(super) const FIRST_SHOP_PEOPLE: [Known; 16] = [
    ("林知远", "linzhiyuan", 2, "工段长", Some(Role::Secretary)),
    ("顾若川", "guruochuan", 2, "工艺员", Some(Role::OrganisationCommissioner)),
    ("沈怀瑾", "shenhuaijin", 2, "计划员", Some(Role::PublicityCommissioner)),
    ("韩景行", "hanjingxing", 2, "安全员", Some(Role::DisciplineCommissioner)),
    ("叶书宁", "yeshuning", 0, "立车操作工", Some(Role::GroupLeader)),
    ("方以恒", "fangyiheng", 1, "卧镗操作工", Some(Role::GroupLeader)),
    ("罗庭", "luoting", 2, "技术员", Some(Role::GroupLeader)),
    ("陈建", "chenjian", 0, "立车操作工", None),
    ("陈建", "chenjian", 1, "钳工", None),
    ("魏子安", "weizian", 0, "立车学徒", None),
    ("唐念初", "tangnianchu", 1, "检验员", None),
    ("赵闻溪", "zhaowenxi", 1, "设备工程师", None),
    ("苏礼", "suli", 2, "质量主管", None),
    ("何砚秋", "heyanqiu", 2, "车间主任", None),
    ("程亦宁", "chengyining", 1, "热处理工", None),
    ("邵青山", "shaoqingshan", 0, "退休高级技师", None),
];

/// The officers of the party office: name, sound, post.
pub(in crate::demo) const OFFICE_PEOPLE: [(&str, &str, &str); 3] = [
    ("温见微", "wenjianwei", "党办主任"),
    ("秦望舒", "qinwangshu", "党办干事"),
    ("乔予安", "qiaoyuan", "宣传干事"),
];

/// Who has this number in this branch, if the stories know him.
pub(super) fn known(branch: &Branch, number: usize) -> Option<Known> {
    match branch.name {
        FIRST_SHOP => FIRST_SHOP_PEOPLE.get(number).copied(),
        HEADQUARTERS => {
            let after_officers = number.checked_sub(2 + branch.groups.len())?;
            OFFICE_PEOPLE
                .get(after_officers)
                .map(|(name, sound, post)| (*name, *sound, 0, *post, None))
        }
        _ => None,
    }
}
