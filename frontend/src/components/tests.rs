//! Components rendered natively: what is shown, by role and text.

use shared::ledger::kind::Kind;
use shared::ledger::kind::pledge;
use shared::protocol::http::DeviceKind;
use yew::LocalServerRenderer;
use yew::prelude::*;

use super::banner::{Banner, BannerProps, Urgency};
use super::conflict_card::{Claim, ConflictCard, ConflictCardProps};
use super::key_list::{KeyList, KeyListProps};
use super::row_card::{RowCard, RowCardProps};
use super::shell::{Entry, Shell, ShellProps};
use super::sign_in_form::{SignInForm, SignInFormProps, Trial};
use super::sync_chips::{Chip, SyncChips, SyncChipsProps, SyncState};
use super::toolbar::{Toolbar, ToolbarProps};
use crate::grid::lens::Removed;
use crate::grid::sheet::tests::{member, row, sheet, text};
use crate::icon::Icon;

mod device;
mod grid;
mod held;

async fn rendered<C: BaseComponent>(props: C::Properties) -> String {
    LocalServerRenderer::<C>::with_props(props)
        .hydratable(false)
        .render()
        .await
}

fn shows(html: &str, wanted: &[&str]) {
    for part in wanted {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
}

fn lacks(html: &str, unwanted: &[&str]) {
    for part in unwanted {
        assert!(!html.contains(part), "{part} is in\n{html}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_conflict_shows_every_value_with_its_author() {
    let claim = |value: &'static str, author: &'static str, detail: &'static str| Claim {
        value: value.into(),
        author: author.into(),
        detail: detail.into(),
    };
    let props = ConflictCardProps {
        title: "第 4 行 · 完成时限".into(),
        beside: "cell".into(),
        before: vec![claim("2026-09-30", "林知远", "2026-11-20 16:02")],
        values: vec![
            claim("2026-10-31", "顾若川", "组织委员 · 2026-11-22 09:14"),
            claim("2026-12-31", "叶书宁", "党小组长 · 2026-11-22 10:40"),
        ],
        typed: AttrValue::default(),
        problem: None,
        open_to_others: true,
        on_take: Callback::noop(),
        on_other: Callback::noop(),
        on_close: Callback::noop(),
    };
    let html = rendered::<ConflictCard>(props).await;
    shows(
        &html,
        &[
            r#"role="dialog""#,
            "同一格有 2 个不同的值",
            "原值",
            "2026-09-30",
            "顾若川",
            "组织委员",
            "叶书宁",
        ],
    );
    shows(&html, &["另填…", "暂不处理"]);
    assert_eq!(html.matches("采信</button>").count(), 2);
    lacks(&html, &["<textarea"]);
}

#[tokio::test(flavor = "current_thread")]
async fn chips_say_their_state_in_words_and_in_the_markup() {
    let chip = |state, words: &'static str| Chip {
        state,
        words: words.into(),
        worrying: false,
    };
    let chips = vec![
        chip(SyncState::Pending, "待上传 12 项"),
        chip(SyncState::SignIn, "请登录后上传"),
    ];
    let html = rendered::<SyncChips>(SyncChipsProps {
        chips,
        on_open: Callback::noop(),
    })
    .await;
    shows(
        &html,
        &[
            r#"role="status""#,
            r#"data-sync="pending""#,
            "待上传 12 项",
            r#"data-sync="sign-in""#,
        ],
    );
    assert_eq!(html.matches("<button").count(), 1);
}

#[tokio::test(flavor = "current_thread")]
async fn the_page_that_is_shown_is_marked_in_the_navigation() {
    let entry = |name: &'static str, current, count| Entry {
        name: name.into(),
        icon: Icon::Pledge,
        href: "/".into(),
        current,
        count,
        on_go: Callback::noop(),
    };
    let props = ShellProps {
        enterprise: "青梧装备制造".into(),
        unit: "机加一车间党支部".into(),
        entries: vec![entry("承诺践诺", true, 2), entry("名册", false, 0)],
        status: Html::default(),
        person: Html::default(),
        banners: Html::default(),
        children: Html::default(),
    };
    let html = rendered::<Shell>(props).await;
    shows(
        &html,
        &[
            "<nav",
            r#"aria-label="主导航""#,
            "机加一车间党支部",
            "承诺践诺",
            "名册",
            "<main",
        ],
    );
    assert_eq!(html.matches(r#"aria-current="page""#).count(), 1);
}

#[tokio::test(flavor = "current_thread")]
async fn the_sign_in_form_shows_what_went_wrong_and_accounts_to_try() {
    let trial = Trial {
        login: "lin".into(),
        password: "demo".into(),
        name: "林知远".into(),
        role: "支部书记".into(),
    };
    let props = SignInFormProps {
        enterprise: "青梧装备制造".into(),
        trials: vec![trial],
        problem: Some("账号或密码不对。".into()),
        busy: false,
        kind: DeviceKind::Shared,
        lead: None,
        below: Html::default(),
        on_submit: Callback::noop(),
    };
    let html = rendered::<SignInForm>(props.clone()).await;
    shows(
        &html,
        &[
            r#"role="alert""#,
            "账号或密码不对。",
            r#"autocomplete="current-password""#,
            "演示账号",
            "林知远",
        ],
    );
    let html = rendered::<SignInForm>(SignInFormProps {
        trials: Vec::new(),
        problem: None,
        ..props
    })
    .await;
    lacks(&html, &["演示账号", "role=\"alert\""]);
}

#[tokio::test(flavor = "current_thread")]
async fn the_list_of_keys_names_every_key() {
    let html = rendered::<KeyList>(KeyListProps {
        on_close: Callback::noop(),
    })
    .await;
    shows(
        &html,
        &["<dialog", "F2", "Ctrl+Enter", "Alt+Enter", "F6", "向下填充"],
    );
    assert_eq!(html.matches("<dt").count(), 20);
}

#[tokio::test(flavor = "current_thread")]
async fn a_card_shows_every_column_of_a_row() {
    let sheet = sheet(vec![row(10, &[("member", member(3)), ("text", text("一\n二"))])]);
    let table = Kind::Pledge.schema().table(pledge::ITEMS).unwrap();
    let props = RowCardProps {
        table,
        row: sheet.rows[0].clone(),
        lookup: sheet.lookup.clone(),
        removal: Some("叶书宁 移除：重复".into()),
        children: Html::default(),
        on_close: Callback::noop(),
    };
    let html = rendered::<RowCard>(props).await;
    shows(&html, &["罗庭", "一\n二", "叶书宁 移除：重复", "--"]);
    assert_eq!(html.matches("<dt").count(), table.columns.len());
}

#[tokio::test(flavor = "current_thread")]
async fn tools_that_cannot_be_used_are_disabled() {
    let props = ToolbarProps {
        tabs: Html::default(),
        may_add: false,
        removable: 0,
        restorable: 1,
        removed: Removed::Hidden,
        search: AttrValue::default(),
        filtered: false,
        on_tool: Callback::noop(),
        on_search: Callback::noop(),
    };
    let html = rendered::<Toolbar>(props).await;
    shows(
        &html,
        &[
            r#"aria-label="查找""#,
            r#"aria-label="移除" disabled"#,
            "新建一行",
        ],
    );
    lacks(&html, &[r#"aria-label="恢复" disabled"#]);
}

#[tokio::test(flavor = "current_thread")]
async fn what_may_lose_data_is_an_alert() {
    let banner = |urgency| BannerProps {
        urgency,
        text: "本机空间不足".into(),
        children: Html::default(),
    };
    shows(
        &rendered::<Banner>(banner(Urgency::Now)).await,
        &[r#"role="alert""#, "本机空间不足"],
    );
    shows(
        &rendered::<Banner>(banner(Urgency::Quiet)).await,
        &[r#"role="status""#],
    );
}
