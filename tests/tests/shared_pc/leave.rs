//! Leaving: nothing stays behind once all is uploaded, and nothing is lost while it is not.

use std::fs;

use anyhow::{Context, Result, ensure};
use shared::handover;
use shared::id::{AccountId, ActorId};
use shared::ledger::document::Document;
use shared::ledger::kind::Kind;
use tests::story::{GU, LIN, Story};

use server::storage::Storage as _;

use crate::sit::{chooses, databases, edits, is_wiped, kept_in, opens_with_code, page, session, sits_down};

/// Who Lin is; from a copy of the store, since the relay uses its own.
async fn account_of_lin(story: &mut Story) -> Result<AccountId> {
    story.relay.stop().await?;
    let account = story.storage()?.account_of(LIN.login)?;
    story.relay.restart().await?;
    Ok(account.context("Lin has an account")?.id)
}

#[tokio::test]
async fn signing_out_at_a_shared_computer_ends_the_session_and_leaves_nothing_behind() -> Result<()> {
    let mut story = Story::begin().await?;
    let account = account_of_lin(&mut story).await?;
    let lin = sits_down(&story, LIN).await?;
    let of_lin = edits("林", "note", 2);
    lin.types_all(&of_lin).await?;
    lin.waits_for_sync("synced").await?;
    let first = lin.current_tab().await?;
    let second = lin.new_tab().await?;
    lin.open(&lin.network.url()).await?;
    lin.find("link", "承诺践诺").await?;
    ensure!(session(&lin).await? == 200, "a session there is");
    let names = databases(&lin).await?;
    ensure!(
        names.iter().any(|name| name.contains(&account.to_string())),
        "{names:?}"
    );

    chooses(&lin, "退出登录").await?;
    lin.find("textbox", "账号").await?;
    is_wiped(&lin, account).await?;
    ensure!(session(&lin).await? == 401, "the session is over at the relay");
    for name in databases(&lin).await? {
        let kept = kept_in(&lin, &name).await?;
        for trace in [LIN.name, LIN.login, &account.to_string(), &of_lin[0].text] {
            ensure!(!kept.contains(trace), "{name} keeps {trace}: {kept}");
        }
    }
    lin.switch_tab(&first).await?;
    lin.find("textbox", "账号").await?;
    ensure!(
        !page(&lin).await?.contains("class=\"shell\""),
        "the other tab shows nothing either"
    );
    lin.close_tab(&second).await?;

    let gu = story.seat(GU).await?;
    gu.waits_for_all(&of_lin).await
}

#[tokio::test]
async fn signing_out_with_changes_not_uploaded_is_stopped_and_they_can_be_kept_behind_the_lock() -> Result<()>
{
    let story = Story::begin().await?;
    let mut lin = sits_down(&story, LIN).await?;
    let ledger = lin.ledger().await?;
    let of_lin = edits("林", "note", 3);
    lin.goes_offline();
    lin.types_all(&of_lin).await?;
    lin.waits_for_sync("pending").await?;
    chooses(&lin, "退出登录").await?;
    lin.sees("还有 3 项只在本机").await?;
    lin.click("button", "锁定保留").await?;
    lin.kill().await?;
    lin.reopen().await?;
    lin.opens_locked_ledger(ledger).await?;
    opens_with_code(&lin).await?;
    lin.waits_for_all(&of_lin).await
}

#[tokio::test]
async fn what_is_being_typed_in_another_tab_stops_signing_out_and_is_not_lost() -> Result<()> {
    let story = Story::begin().await?;
    let lin = sits_down(&story, LIN).await?;
    let ledger = lin.ledger().await?;
    let row = lin.seen_rows().await?[0].id.clone();
    let first = lin.current_tab().await?;
    let second = lin.new_tab().await?;
    lin.opens_ledger(ledger).await?;
    lin.go_to(&row, "due").await?;
    lin.type_text("下个月底以前").await?;
    lin.switch_tab(&first).await?;
    chooses(&lin, "退出登录").await?;
    lin.sees("另一个标签页里有单元格尚未填完").await?;
    lin.click_selector("dialog .dialog-actions button").await?;

    lin.switch_tab(&second).await?;
    let typed = "document.querySelector('.cell-editor')?.value === '下个月底以前'";
    lin.waits_until("what was typed is still there", typed).await?;
    lin.click_selector(".cell-editor").await?;
    lin.press("Escape").await?;
    // What can be written down is, and counts.
    lin.goes_offline();
    lin.go_to(&row, "note").await?;
    lin.type_text("还没有按回车").await?;
    lin.switch_tab(&first).await?;
    chooses(&lin, "退出登录").await?;
    lin.sees("还有 1 项只在本机").await
}

#[tokio::test]
async fn a_session_left_offline_ends_as_soon_as_the_network_is_back() -> Result<()> {
    let story = Story::begin().await?;
    let lin = sits_down(&story, LIN).await?;
    lin.goes_offline();
    chooses(&lin, "退出登录").await?;
    lin.find("textbox", "账号").await?;
    lin.network.pass();
    lin.waits_until_with("the session is over at the relay", async |officer| {
        Ok((session(officer).await? == 401).then_some(()))
    })
    .await?;
    lin.signs_in_at_shared(LIN.login, tests::story::PASSWORD).await?;
    lin.sees("请设锁定码").await
}

#[tokio::test]
async fn a_hand_over_file_takes_the_changes_along_before_the_computer_is_left_clean() -> Result<()> {
    let mut story = Story::begin().await?;
    let account = account_of_lin(&mut story).await?;
    let lin = sits_down(&story, LIN).await?;
    let ledger = lin.ledger().await?;
    let of_lin = edits("林", "note", 3);
    let folder = story.path("stick");
    fs::create_dir(&folder)?;
    lin.downloads_to(&folder).await?;
    lin.goes_offline();
    lin.types_all(&of_lin).await?;
    lin.waits_for_sync("pending").await?;
    chooses(&lin, "退出登录").await?;
    lin.click("button", "保存交接包").await?;
    lin.sees("3 项，校验码").await?;
    let file = lin
        .waits_until_with("the file is saved", async |_| {
            let saved = fs::read_dir(&folder)?.filter_map(Result::ok);
            let mut saved = saved.filter(|file| file.path().extension().is_some_and(|is| is == "taizhang"));
            Ok(saved.next().map(|file| file.path()))
        })
        .await?;
    let file = fs::read(file)?;
    let sum = handover::short_sum(&file);
    lin.sees(&format!("校验码 {sum}")).await?;
    let names = databases(&lin).await?;
    ensure!(
        names.iter().any(|name| name.contains(&account.to_string())),
        "not yet"
    );

    lin.click("button", "文件已存好，清除本机数据并退出").await?;
    lin.find("textbox", "账号").await?;
    is_wiped(&lin, account).await?;

    story.relay.stop().await?;
    let enterprise = story.storage()?.enterprise()?.context("an enterprise")?.id;
    let handed = handover::read(enterprise, &file)?;
    ensure!((handed.account, handed.name.as_str()) == (account, LIN.name));
    let [ours] = handed.ledgers.as_slice() else {
        anyhow::bail!("one ledger was handed over, not {}", handed.ledgers.len());
    };
    ensure!((ours.ledger, ours.changes.len(), ours.aside.len()) == (ledger, 3, 0));
    // Upon the log as the relay has it, the changes say what was typed.
    let log = story.log_of(ledger)?;
    let mut document = Document::new(ledger, Kind::Pledge.schema(), account, ActorId([7; 16]));
    document.receive(log.iter().map(|entry| (&entry.hash, entry.bytes.as_slice())))?;
    let hashes: Vec<_> = ours
        .changes
        .iter()
        .map(|change| shared::guard::scan(change).map_err(|breach| anyhow::anyhow!("{breach:?}")))
        .collect::<Result<_>>()?;
    let changes = hashes.iter().zip(&ours.changes);
    document.receive(changes.map(|(hash, change)| (hash, change.as_slice())))?;
    let texts = format!("{:?}", document.snapshot());
    for edit in &of_lin {
        ensure!(texts.contains(&edit.text), "{} is in the file", edit.text);
    }
    Ok(())
}

#[tokio::test]
async fn a_personal_computer_keeps_the_data_for_the_next_sign_in_and_deletes_it_when_asked() -> Result<()> {
    let mut story = Story::begin().await?;
    let account = account_of_lin(&mut story).await?;
    let lin = story.seat(LIN).await?;
    chooses(&lin, "设置").await?;
    lin.sees("退出后台账数据留在本机").await?;
    lin.click("button", "退出，数据留在本机").await?;
    lin.find("textbox", "账号").await?;
    ensure!(session(&lin).await? == 401);
    let names = databases(&lin).await?;
    ensure!(
        names.iter().any(|name| name.contains(&account.to_string())),
        "{names:?}"
    );
    ensure!(!lin.is_taken_for_shared().await?, "it was said to be personal");
    lin.signs_in(LIN.login, tests::story::PASSWORD).await?;
    chooses(&lin, "设置").await?;
    lin.click("button", "退出并清除本机数据").await?;
    lin.find("textbox", "账号").await?;
    is_wiped(&lin, account).await
}
