//! Held and refused changes.

use std::collections::BTreeSet;

use yew::prelude::*;

use super::{lacks, rendered, shows};
use crate::components::held_table::{HeldAction, HeldLine, HeldStep, HeldTable, HeldTableProps};

fn line() -> HeldLine {
    let step = |place: &'static str, clashes| HeldStep {
        place: place.into(),
        now: "（空）".into(),
        proposed: "每周点检一次".into(),
        clashes,
    };
    HeldLine {
        id: "00ff".into(),
        chip: "待审入".into(),
        why: "任职已结束".into(),
        steps: vec![
            step("承诺事项 › 赵闻溪 › 备注", false),
            step("承诺事项 › 罗庭 › 备注", true),
        ],
        more: None,
        source: "叶书宁（由 林知远 代传）".into(),
        details: vec!["作于 2026-11-21 17:20".into()],
        actions: vec![HeldAction::Take, HeldAction::TurnDown],
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_held_change_shows_what_it_would_do_from_whom_and_what_can_be_done() {
    let props = HeldTableProps {
        label: "待我审入".into(),
        lines: vec![line()],
        source: "来源".into(),
        chosen: Some(BTreeSet::from([0])),
        on_choose: Callback::noop(),
        on_action: Callback::noop(),
    };
    let html = rendered::<HeldTable>(props).await;
    let wanted = [
        "待审入",
        "任职已结束",
        "承诺事项 › 赵闻溪 › 备注",
        "（空）",
        "每周点检一次",
        "审入后与现值成为冲突",
        "叶书宁（由 林知远 代传）",
        "作于 2026-11-21 17:20",
        r#"aria-label="选择 承诺事项 › 赵闻溪 › 备注""#,
        r#"rowspan="2""#,
        ">审入</button>",
        ">不予审入</button>",
    ];
    shows(&html, &wanted);
    assert_eq!(html.matches("审入后与现值成为冲突").count(), 1);
}

#[tokio::test(flavor = "current_thread")]
async fn where_nothing_is_decided_nothing_can_be_chosen() {
    let props = HeldTableProps {
        label: "我的".into(),
        lines: vec![HeldLine {
            actions: vec![HeldAction::Dismiss],
            ..line()
        }],
        source: "结果".into(),
        chosen: None,
        on_choose: Callback::noop(),
        on_action: Callback::noop(),
    };
    let html = rendered::<HeldTable>(props).await;
    shows(&html, &[">放弃</button>", "结果"]);
    lacks(&html, &["checkbox"]);
}
