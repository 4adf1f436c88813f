//! Sitting down at a shared computer, and what every story here does there.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use shared::id::AccountId;
use tests::story::{Edit, Login, PASSWORD, PLEDGES, Seat, Story};
use tests::{Officer, wait};

/// The code that locks the screen in every story.
pub(crate) const CODE: &str = "2468";

/// Seats an officer at a shared computer: signed in, a code chosen, the app installed, the pledge ledger open.
pub(crate) async fn sits_down(story: &Story, login: Login) -> Result<Seat> {
    let seat = Seat::connected(login, story.relay.socket()).await?;
    seat.open(&seat.network.url()).await?;
    seat.signs_in_at_shared(login.login, PASSWORD).await?;
    chooses_code(&seat).await?;
    opens_pledges(&seat).await?;
    seat.installed().await?;
    Ok(seat)
}

/// Chooses the code after the first sign-in.
pub(crate) async fn chooses_code(seat: &Officer) -> Result<()> {
    seat.fill("锁定码", CODE).await?;
    seat.fill("再输一次", CODE).await?;
    seat.click("button", "设为锁定码").await
}

/// Opens the pledge ledger from the list.
pub(crate) async fn opens_pledges(seat: &Officer) -> Result<()> {
    seat.click("link", PLEDGES).await?;
    seat.waits_until("the grid is there", "document.querySelector('[role=gridcell]')")
        .await?;
    seat.waits_for_sync("synced").await.map(|_| ())
}

/// So many edits of one column.
pub(crate) fn edits(by: &str, column: &'static str, count: usize) -> Vec<Edit> {
    let edit = |row: usize| Edit {
        column,
        row,
        text: format!("{by}留下的第{}处", tests::story::chinese(row + 1)),
    };
    (0..count).map(edit).collect()
}

/// Chooses something of the person's menu.
pub(crate) async fn chooses(seat: &Officer, item: &str) -> Result<()> {
    seat.click_selector("#person").await?;
    seat.click("button", item).await
}

/// Opens the locked screen with the code.
pub(crate) async fn opens_with_code(seat: &Officer) -> Result<()> {
    seat.waits_until("the screen is locked", LOCKED).await?;
    seat.fill("锁定码", CODE).await?;
    seat.click("button", "打开").await?;
    seat.waits_until("the screen is open", "document.querySelector('.shell')")
        .await
}

/// Whether the screen is locked, in the page's own language.
pub(crate) const LOCKED: &str = "document.querySelector('[data-screen=locked]')";

/// What the page holds, shown or not.
pub(crate) async fn page(seat: &Officer) -> Result<String> {
    let html = seat
        .run_js("return document.documentElement.outerHTML;", Vec::new())
        .await?;
    Ok(html.as_str().context("the page is text")?.to_owned())
}

/// The names of the databases of this browser.
pub(crate) async fn databases(seat: &Officer) -> Result<Vec<String>> {
    let ask = "return (await indexedDB.databases()).map((db) => db.name).sort();";
    let names = seat.run_js(&in_async(ask), Vec::new()).await?;
    Ok(serde_json::from_value(names)?)
}

/// Waits until the browser has no database of this account.
pub(crate) async fn is_wiped(seat: &Officer, account: AccountId) -> Result<()> {
    wait::until("the account's database is gone", async || {
        let names = databases(seat).await?;
        let left = names.iter().any(|name| name.contains(&account.to_string()));
        ensure!(!left, "there are {names:?}");
        Ok(Some(()))
    })
    .await?;
    Ok(())
}

/// Every byte that a database of this browser keeps, as text of one byte a letter.
pub(crate) async fn kept_in(seat: &Officer, database: &str) -> Result<String> {
    let ask = r"
        const db = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
        let kept = '';
        for (const store of db.objectStoreNames) {
            const all = (method) => new Promise((done) => {
                const r = db.transaction(store).objectStore(store)[method](); r.onsuccess = () => done(r.result);
            });
            kept += (await all('getAllKeys')).join(' ');
            for (const value of await all('getAll')) kept += new TextDecoder().decode(value);
        }
        db.close();
        return kept;";
    let ask = format!("const name = {};{ask}", serde_json::to_string(database)?);
    let kept = seat.run_js(&in_async(&ask), Vec::new()).await?;
    Ok(kept.as_str().context("the database is text")?.to_owned())
}

/// Who is signed in at the relay, as this browser's cookie says: the status of the answer.
pub(crate) async fn session(seat: &Officer) -> Result<u64> {
    let status = seat
        .run_js(&in_async("return (await fetch('/api/me')).status;"), Vec::new())
        .await?;
    status.as_u64().context("a status is a number")
}

/// Notes from now on whatever the header says, and whether any of these texts was ever on a page of this tab.
pub(crate) async fn watches(seat: &Officer, texts: &[String]) -> Result<()> {
    let script = format!(
        "globalThis.said = new Set(); globalThis.leaked = new Set(); const texts = {};
         const look = () => {{
             for (const chip of document.querySelectorAll('[data-sync]')) said.add(chip.textContent);
             const all = document.documentElement?.textContent ?? '';
             for (const text of texts) if (all.includes(text)) leaked.add(text);
         }};
         new MutationObserver(look).observe(document, {{ subtree: true, childList: true, characterData: true }});",
        serde_json::to_string(texts)?
    );
    seat.is_otherwise(&script).await
}

/// What the header has said since [`watches`].
pub(crate) async fn said(seat: &Officer) -> Result<Vec<String>> {
    strings(seat.run_js("return [...said];", Vec::new()).await?)
}

/// Which of the texts given to [`watches`] were on a page.
pub(crate) async fn leaked(seat: &Officer) -> Result<Vec<String>> {
    strings(seat.run_js("return [...leaked];", Vec::new()).await?)
}

fn strings(value: Value) -> Result<Vec<String>> {
    Ok(serde_json::from_value(value)?)
}

fn in_async(body: &str) -> String {
    format!("return (async () => {{ {body} }})();")
}
