//! What an officer never had the right to write: refused, kept, and taken in all the same where its branch wants it.

use anyhow::{Result, ensure};
use shared::ledger::cell::Value;
use shared::protocol::{Fate, Refusal};
use tests::story::{LIN, Story, YE};

use crate::list::{clicks, lists, opens_inbox};
use crate::native::{Native, writes};

#[tokio::test]
async fn a_refused_change_is_listed_for_the_secretary_as_not_permitted_and_can_be_taken_in() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let (ledger, row) = (lin.ledger().await?, lin.table().await?.rows[3].clone());
    let ye = Native::signs_in(&story, YE.login).await?;
    let mut document = ye.document(ledger, ye.me.account).await?;
    let made = writes(&mut document, &row, "mass_good", Value::Number(4_321))?;
    let fates = ye.pushes(ledger, &made).await?;
    ensure!(
        fates == [(made[0].hash, Fate::Refused(Refusal::NotPermitted))],
        "{fates:?}"
    );

    opens_inbox(&lin).await?;
    let said = ["未被接受", "没有权限", "群众评·满意", "4321", YE.name];
    let review = lists(&lin, "review", &[&said]).await?;
    clicks(&lin, &review[0], "审入").await?;
    lists(&lin, "review", &[]).await?;
    lin.opens_ledger(ledger).await?;
    lin.waits_for_cell(&row, "mass_good", "4321").await?;
    let fates = ye.pushes(ledger, &made).await?;
    ensure!(matches!(fates[..], [(_, Fate::Stored(_))]), "{fates:?}");
    Ok(())
}
