//! What is shown of the device and its lock.

use shared::protocol::http::DeviceKind;
use yew::prelude::*;

use super::{lacks, rendered, shows};
use crate::components::lock_form::{LockForm, LockFormProps};
use crate::components::sign_in_form::{SignInForm, SignInFormProps};

#[tokio::test(flavor = "current_thread")]
async fn a_locked_screen_says_whose_it_is_and_what_the_lock_does_not_do() {
    let props = LockFormProps {
        name: "林知远".into(),
        status: Html::default(),
        problem: Some("锁定码不对。".into()),
        busy: false,
        on_code: Callback::noop(),
        on_password: Callback::noop(),
    };
    let html = rendered::<LockForm>(props).await;
    let wanted = [
        "林知远 的台账已锁定",
        r#"type="password""#,
        "不加密磁盘",
        "锁定码不对。",
        "用密码登录，或换人登录",
    ];
    shows(&html, &wanted);
}

#[tokio::test(flavor = "current_thread")]
async fn a_computer_is_taken_for_shared_until_somebody_says_otherwise() {
    let form = |kind| SignInFormProps {
        enterprise: "青梧装备制造".into(),
        trials: Vec::new(),
        problem: None,
        busy: false,
        kind,
        lead: None,
        below: Html::default(),
        on_submit: Callback::noop(),
    };
    let html = rendered::<SignInForm>(form(DeviceKind::default())).await;
    shows(&html, &["这是共用电脑", "checked"]);
    let html = rendered::<SignInForm>(form(DeviceKind::Personal)).await;
    lacks(&html, &["checked"]);
}
