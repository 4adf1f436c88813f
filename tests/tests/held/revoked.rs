//! A role that ends while its officer is away: what he brings back is held, and decided piece by piece.

use anyhow::{Context, Result, ensure};
use shared::access::{Grant, Role, RoleChange};
use shared::protocol::http::admin::Order;
use tests::story::{Edit, LIN, PASSWORD, Story, YE};

use crate::list::{clicks, counts, lists, opens_inbox, ticks};
use crate::native::Native;

/// In the place of his role the group leader gets one that reads alone.
async fn loses_his_role(story: &Story) -> Result<()> {
    let ye = Native::signs_in(story, YE.login).await?;
    let held = ye.me.grants.first().context("Ye has a role")?;
    let reads = Grant::new(held.unit, Role::Viewer);
    let order = Order::ChangeRoles {
        account: ye.me.account,
        changes: vec![
            RoleChange::Revoke { grant: *held },
            RoleChange::Give { grant: reads },
        ],
    };
    let administrator = Native::signs_in(story, "qinwangshu").await?;
    administrator.posts("/api/admin", &order).await
}

#[tokio::test]
async fn what_an_officer_brings_back_after_his_role_has_ended_is_taken_in_in_part_and_the_rest_turned_down()
-> Result<()> {
    const REASON: &str = "请走新任组长确认后再报";
    let story = Story::begin().await?;
    let (lin, ye) = tokio::try_join!(story.seat(LIN), story.seat(YE))?;
    let before = lin.table().await?;
    let late: Vec<Edit> = ["target", "measure", "note"]
        .into_iter()
        .enumerate()
        .map(|(row, column)| Edit {
            column,
            row,
            text: format!("叶在卸任之后带回的第{}处", tests::story::chinese(row + 1)),
        })
        .collect();
    ye.goes_offline();
    ye.types_all(&late).await?;
    ye.waits_for_sync("pending").await?;
    loses_his_role(&story).await?;
    ye.comes_back().await?;
    ye.waits_for_sync("sign-in").await?;
    ye.click_selector("[data-sync=sign-in]").await?;
    ye.signs_in(YE.login, PASSWORD).await?;
    ye.waits_for_words("held", "待审入 3 项").await?;
    ye.click_selector("[data-sync=held]").await?;
    let said = |text| [text, "待审入", "任职已结束", "等负责人审入"];
    let mine = [said("第一处"), said("第二处"), said("第三处")];
    lists(&ye, "mine", &mine.each_ref().map(<[&str; 4]>::as_slice)).await?;

    opens_inbox(&lin).await?;
    let old: Vec<&str> = late
        .iter()
        .map(|edit| match before.cell(edit.row, edit.column) {
            "" => "（空）",
            old => old,
        })
        .collect();
    let wanted: Vec<[&str; 5]> = late
        .iter()
        .zip(&old)
        .map(|(edit, old)| [edit.text.as_str(), *old, "任职已结束", YE.name, "待审入"])
        .collect();
    let wanted: Vec<&[&str]> = wanted.iter().map(<[&str; 5]>::as_slice).collect();
    let review = lists(&lin, "review", &wanted).await?;
    counts(&lin, 3).await?;
    clicks(&lin, &review[0], "审入").await?;
    lists(&lin, "review", &wanted[1..]).await?;
    ticks(&lin, &review[1]).await?;
    ticks(&lin, &review[2]).await?;
    lin.click("button", "不予审入 2 项").await?;
    lin.fill("理由", REASON).await?;
    lin.press("Enter").await?;
    lists(&lin, "review", &[]).await?;
    counts(&lin, 0).await?;

    ye.waits_for_words("refused", "未被接受 2 项").await?;
    let reason = ["未被接受", LIN.name, REASON];
    let mine = [
        ["第二处", reason[0], reason[1], reason[2]],
        ["第三处", reason[0], reason[1], reason[2]],
    ];
    lists(&ye, "mine", &mine.each_ref().map(<[&str; 4]>::as_slice)).await?;

    for seat in [&lin, &ye] {
        seat.click_selector(".side-link[href='/ledgers/pledge']").await?;
        seat.click("link", tests::story::PLEDGES).await?;
        seat.waits_for_all(&late[..1]).await?;
        let table = seat.table().await?;
        ensure!(
            table.lacks(&late[1..]).len() == 2,
            "what was turned down stands in no table"
        );
    }
    Ok(())
}
