//! What sort of post each member has: 46 in a hundred stand at the front line, 8 lead, the others manage or do technical
//! work. Those who have retired have none; others away from work keep the one they had.

use shared::access::Role;

use super::{Member, Staffed};
use crate::demo::branch::Work;
use crate::demo::seed::Seed;

/// Of 640 members, 294 at the front line.
const FRONT_LINE: usize = 294;
/// Of 640 members, 51 who lead.
const LEADERS: usize = 51;

/// How posts end that are held with one's hands.
const BY_HAND: [&str; 4] = ["工", "手", "学徒", "厨师"];
/// How posts end that are held close by.
#[rustfmt::skip]
const CLOSE_BY: [&str; 9] = ["检验员", "质检员", "仓管员", "库管员", "保管员", "配送员", "测量员", "计量员", "理化员"];
/// How posts end that are held at a desk, in a workshop too.
const AT_A_DESK: [&str; 5] = ["师", "工艺员", "技术员", "计划员", "主管"];
/// Posts held in an office, and seldom found there.
#[rustfmt::skip]
const ON_THE_SPOT: [&str; 8] = ["服务工程师", "试验工程师", "试验安全员", "安全员", "调度员", "运输调度", "食堂管理员", "宿舍管理员"];
/// Posts from which a department is led.
#[rustfmt::skip]
const HEADS: [&str; 9] = ["车间主任", "质量主管", "工段长", "区域经理", "资金主管", "人事主管", "安全主管", "生产主管", "体系主管"];

/// Gives everybody who has not retired a sort of post.
pub(super) fn give(seed: Seed, staffed: &mut [Staffed]) {
    let mut lots = seed.choices("post classes");
    let mut left = Vec::new();
    for (branch, of) in staffed.iter().enumerate() {
        let at_posts = of.members.iter().enumerate();
        left.extend(
            at_posts
                .filter(|(_, member)| !member.is_retired())
                .map(|(place, _)| (branch, place, lots.below(u32::MAX))),
        );
    }
    left.sort_by_key(|&(branch, place, lot)| (leads(&staffed[branch], place), lot));
    let others = left.split_off(LEADERS.min(left.len()));
    set(staffed, &left, "leader");
    let mut left = others;
    left.sort_by_key(|&(branch, place, lot)| (stands_back(&staffed[branch], place), lot));
    let others = left.split_off(FRONT_LINE.min(left.len()));
    set(staffed, &left, "front-line");
    set(staffed, &others, "technical");
}

fn set(staffed: &mut [Staffed], of: &[(usize, usize, u32)], class: &'static str) {
    for &(branch, place, _) in of {
        staffed[branch].members[place].post_class = Some(class);
    }
}

/// The lower, the sooner he is one of those who lead.
fn leads(staffed: &Staffed, place: usize) -> u8 {
    let member = &staffed.members[place];
    if member.probationary {
        4
    } else if staffed.is(member, Role::Secretary) {
        0
    } else if HEADS.contains(&member.post.as_str()) {
        1
    } else if staffed.is(member, Role::OrganisationCommissioner) {
        2
    } else {
        3
    }
}

/// The lower, the closer his post is to the front line.
fn stands_back(staffed: &Staffed, place: usize) -> u8 {
    let member = &staffed.members[place];
    let in_a_workshop = staffed.branch.work == Work::Shop;
    match member {
        _ if ends(member, &BY_HAND) && in_a_workshop => 0,
        _ if ends(member, &BY_HAND) => 1,
        _ if ends(member, &CLOSE_BY) => 2,
        _ if ON_THE_SPOT.contains(&member.post.as_str()) => 4,
        _ if ends(member, &AT_A_DESK) => 5,
        _ if in_a_workshop => 3,
        _ => 5,
    }
}

fn ends(member: &Member, endings: &[&str]) -> bool {
    endings.iter().any(|ending| member.post.ends_with(ending))
}
