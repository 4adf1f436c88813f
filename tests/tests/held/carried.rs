//! Carried changes name who brought them wherever their author is named.

use anyhow::{Result, ensure};
use shared::ledger::cell::Value;
use shared::protocol::Fate;
use tests::story::{GU, LIN, Story, YE};

use crate::list::{lists, opens_inbox};
use crate::native::{Native, writes};

#[tokio::test]
async fn who_brought_a_colleagues_change_is_named_in_a_conflict_and_among_what_is_held() -> Result<()> {
    const COLUMN: &str = "note";
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let (ledger, rows) = (lin.ledger().await?, lin.table().await?.rows);
    let ye = Native::signs_in(&story, YE.login).await?;
    let mut document = ye.document(ledger, ye.me.account).await?;
    lin.types_in(&rows[5], COLUMN, "林写的备注").await?;
    lin.waits_for_sync("synced").await?;

    // Gu may write there himself: it is stored, beside what Lin wrote meanwhile.
    let gu = Native::signs_in(&story, GU.login).await?;
    let text = Value::Text("叶写的备注".to_owned());
    let fates = gu
        .pushes(ledger, &writes(&mut document, &rows[5], COLUMN, text)?)
        .await?;
    ensure!(matches!(fates[..], [(_, Fate::Stored(_))]), "{fates:?}");
    lin.waits_for_sync("conflict").await?;
    lin.go_to(&rows[5], COLUMN).await?;
    lin.press("F2").await?;
    let choices = lin.choices().await?;
    let carried = format!("{}（由 {} 代传）", YE.name, GU.name);
    let named = |text: &str, name: &str| {
        let mut of_text = choices.iter().filter(|choice| choice.contains(text));
        of_text.any(|choice| choice.contains(name))
    };
    ensure!(named("叶写的备注", &carried), "{choices:?}");
    ensure!(named("林写的备注", LIN.name), "{choices:?}");
    ensure!(!named("林写的备注", "代传"), "{choices:?}");
    lin.click("button", "暂不处理").await?;

    // Somebody of another branch may not: it is held.
    let (login, name) = story.secretary_elsewhere().await?;
    let stranger = Native::signs_in(&story, &login).await?;
    let mut document = ye.document(ledger, ye.me.account).await?;
    let text = Value::Text("叶托人带来的".to_owned());
    let fates = stranger
        .pushes(ledger, &writes(&mut document, &rows[6], COLUMN, text)?)
        .await?;
    ensure!(matches!(fates[..], [(_, Fate::Held)]), "{fates:?}");
    opens_inbox(&lin).await?;
    let carried = format!("{}（由 {name} 代传）", YE.name);
    lists(&lin, "review", &[&["叶托人带来的", &carried, "代传，待核"]]).await?;
    Ok(())
}
