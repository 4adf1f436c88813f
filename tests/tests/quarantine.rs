//! A ledger that ends every session that loads it: after the second it is left alone, and the rest can be worked with.

use std::fs;

use anyhow::{Result, ensure};
use server::storage::Storage as _;
use shared::handover;
use shared::id::{AccountId, ActorId, LedgerId};
use shared::ledger::document::Document;
use shared::ledger::kind::Kind;
use tests::story::{Edit, LIN, Seat, Story};

/// The app, once it has noted on the disk that it begins to load this ledger, never goes on.
fn ends_while_loading(ledger: LedgerId) -> String {
    format!(
        "const put = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = function (value, key) {{
             if (String(key).startsWith('loading/{ledger}/')) {{
                 // Whoever waits for the disk is never told.
                 this.transaction.oncomplete = () => {{ window.ended = true; }};
             }}
             return put.call(this, value, key);
         }};"
    )
}

/// A session that ends while it loads the ledger, and is killed.
async fn dies_while_loading(lin: &mut Seat, ledger: LedgerId) -> Result<()> {
    lin.is_otherwise(&ends_while_loading(ledger)).await?;
    lin.open(&lin.network.url()).await?;
    lin.waits_until("it has begun to load the ledger", "window.ended")
        .await?;
    lin.kill().await?;
    lin.reopen().await
}

#[tokio::test]
async fn a_ledger_that_ended_two_sessions_is_left_alone_its_file_offered_and_the_rest_opens() -> Result<()> {
    let mut story = Story::begin().await?;
    let mut lin = story.seat(LIN).await?;
    let ledger = lin.ledger().await?;
    let edits: Vec<Edit> = (0..3)
        .map(|row| Edit {
            column: "note",
            row,
            text: format!("隔离前离线写的第{row}处"),
        })
        .collect();
    lin.goes_offline();
    lin.types_all(&edits).await?;
    lin.waits_for_sync("pending").await?;
    lin.kill().await?;
    lin.reopen().await?;
    for _ in 0..2 {
        dies_while_loading(&mut lin, ledger).await?;
    }

    // The third session: the ledger is shown, not opened; the roster of its branch opens.
    lin.open(&lin.network.url()).await?;
    lin.sees("已隔离").await?;
    lin.click("link", "名册").await?;
    lin.waits_until("the page of rosters", "location.pathname !== '/'")
        .await?;
    lin.click_selector(".ledger-card").await?;
    lin.waits_until("the grid is there", "document.querySelector('[role=gridcell]')")
        .await?;
    lin.open(&format!("{}/ledger/{ledger}", lin.network.url()))
        .await?;
    lin.sees("这本台账已隔离").await?;
    let folder = story.path("files");
    fs::create_dir(&folder)?;
    lin.downloads_to(&folder).await?;
    lin.click("button", "存成文件").await?;
    let file = lin
        .waits_until_with("the file is saved", async |_| {
            let saved = fs::read_dir(&folder)?.filter_map(Result::ok);
            let mut saved = saved.filter(|file| file.path().extension().is_some_and(|is| is == "taizhang"));
            Ok(saved.next().map(|file| file.path()))
        })
        .await?;
    let file = fs::read(file)?;
    lin.sees(&handover::short_sum(&file)).await?;

    // Whoever is patient tries again: here nothing is wrong with it any more.
    lin.click("button", "再试一次").await?;
    lin.waits_for_all(&edits).await?;
    lin.open(&format!("{}/ledger/{ledger}", lin.network.url()))
        .await?;
    lin.waits_for_all(&edits).await?;
    lin.comes_back().await?;
    lin.is_uploaded().await?;

    story.relay.stop().await?;
    let enterprise = story.storage()?.enterprise()?.map(|enterprise| enterprise.id);
    let enterprise = enterprise.ok_or_else(|| anyhow::anyhow!("an enterprise"))?;
    let handed = handover::read(enterprise, &file)?;
    let [ours] = handed.ledgers.as_slice() else {
        anyhow::bail!("one ledger is in the file, not {}", handed.ledgers.len());
    };
    ensure!(ours.ledger == ledger && ours.aside.is_empty());
    // The file alone says what was typed, on all that the device had of the log.
    let mut document = Document::new(ledger, Kind::Pledge.schema(), AccountId::RELAY, ActorId([7; 16]));
    let hashes: Vec<_> = ours
        .changes
        .iter()
        .map(|change| shared::guard::scan(change).map_err(|breach| anyhow::anyhow!("{breach:?}")))
        .collect::<Result<_>>()?;
    let changes = hashes.iter().zip(&ours.changes);
    document.receive(changes.map(|(hash, change)| (hash, change.as_slice())))?;
    let texts = format!("{:?}", document.snapshot());
    ensure!(edits.iter().all(|edit| texts.contains(&edit.text)), "{texts}");
    Ok(())
}
