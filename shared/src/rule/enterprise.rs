//! The built-in pack of practice that is the enterprise's own (本企业), to be edited as such.
//!
//! No regulation has these rules or numbers. They are what workshops' own rules have in common.

use std::collections::BTreeSet;

use super::check::Check;
use super::fact::Standing;
use super::finding::Level::{self, Reminder, Warning};
use super::pack::{Rule, RulePack};
use super::share::Share;
use crate::time::Date;

const ZONES: &str = "本企业做法:党员责任区(依《中国共产党党员教育管理工作条例》第二十二条设立)";
const POSTS: &str = "本企业做法:党员示范岗(依《中国共产党党员教育管理工作条例》第二十二条设立)";
const PLEDGES: &str = "本企业做法:党员公开承诺(依《中国共产党党员教育管理工作条例》第二十二条开展)";

fn rule(id: &str, check: Check, level: Level, citation: &str, text_zh: &str, text_en: &str) -> Rule {
    Rule {
        id: id.parse().expect("a test reads every name"),
        check,
        citation: citation.to_owned(),
        text_zh: text_zh.to_owned(),
        text_en: text_en.to_owned(),
        level,
    }
}

/// The pack.
pub(super) fn pack() -> RulePack {
    let rules = owners().into_iter().chain(zones()).chain(posts_and_pledges());
    RulePack {
        id: "enterprise".parse().expect("a test reads every name"),
        title: "本企业".to_owned(),
        effective_from: Date::new(2025, 1, 1).expect("a day of the calendar"),
        effective_until: None,
        rules: rules.collect(),
    }
}

fn owners() -> [Rule; 4] {
    // 流动党员 work elsewhere, as 借调 members do.
    let away = [
        Standing::Retired,
        Standing::Ill,
        Standing::Seconded,
        Standing::Floating,
    ];
    let has_zone = Check::MemberHasZone {
        exempt: BTreeSet::from(away),
    };
    [
        rule(
            "zone.every-member",
            has_zone,
            Warning,
            ZONES,
            "在岗党员人人有责任区(离退休、长期病休、借调、流动党员除外)",
            "Every member at work owns a zone",
        ),
        rule(
            "zone.owner",
            Check::ZoneHasOwner,
            Warning,
            ZONES,
            "每个责任区至少有1名责任党员",
            "Every zone has at least one owner",
        ),
        rule(
            "zone.owner-term",
            Check::OwnerTermEnded,
            Warning,
            ZONES,
            "责任党员任期届满应及时调整",
            "A zone whose owners' terms have ended is given new ones",
        ),
        rule(
            "zone.per-member",
            Check::ZonesPerMember { most: 3 },
            Warning,
            ZONES,
            "每名党员负责的责任区不超过3个",
            "A member owns at most 3 zones",
        ),
    ]
}

fn zones() -> [Rule; 3] {
    let red_flags = Check::RedFlagShare {
        share: Share::percent(30),
    };
    [
        rule(
            "zone.every-crew",
            Check::CrewCovered,
            Warning,
            ZONES,
            "每个班组都有责任区覆盖",
            "Every crew is covered by a zone",
        ),
        rule(
            "zone.red-flags",
            red_flags,
            Warning,
            ZONES,
            "红旗责任区不超过责任区总数的30%",
            "At most 30 % of the zones are red-flag zones",
        ),
        rule(
            "zone.quarterly-filing",
            Check::QuarterlyFiling { day: 25 },
            Reminder,
            ZONES,
            "每季度末月25日前上报责任区考核情况",
            "The zones' quarterly sheet is filed by the 25th of the quarter's last month",
        ),
    ]
}

fn posts_and_pledges() -> [Rule; 3] {
    let items = Check::PledgeItems {
        least: 2,
        most: 5,
        exempt: BTreeSet::from([Standing::Retired, Standing::Ill]),
    };
    [
        rule(
            "post.term",
            Check::PostTerm { months: 12 },
            Warning,
            POSTS,
            "示范岗不搞终身制,命名满12个月应重新评选",
            "No post is for life: it is named anew after 12 months",
        ),
        rule(
            "pledge.items",
            items,
            Warning,
            PLEDGES,
            "每名党员承诺2至5项(离退休、长期病休党员自愿)",
            "A member pledges 2 to 5 items; retired and ill members as they like",
        ),
        rule(
            "pledge.overdue",
            Check::PledgeOverdue,
            Reminder,
            PLEDGES,
            "承诺事项应在完成时限内践诺",
            "A pledge is fulfilled by its day",
        ),
    ]
}
