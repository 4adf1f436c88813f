//! A closed ledger: late work is held, and taking it in opens the ledger again.

use anyhow::Result;
use shared::access::Status;
use shared::protocol::http::admin::Order;
use tests::story::{Edit, GU, LIN, Story};

use crate::list::{clicks, lists, opens_inbox};
use crate::native::Native;

#[tokio::test]
async fn work_that_arrives_after_a_ledger_was_closed_is_held_until_the_secretary_opens_it_again() -> Result<()>
{
    let story = Story::begin().await?;
    let (lin, gu) = tokio::try_join!(story.seat(LIN), story.seat(GU))?;
    let ledger = gu.ledger().await?;
    let edit = |row, text: &str| Edit {
        column: "note",
        row,
        text: text.to_owned(),
    };
    let (late, later) = (edit(1, "关闭之后补记"), edit(2, "重新开放之后记"));
    gu.goes_offline();
    gu.types_all(std::slice::from_ref(&late)).await?;
    gu.waits_for_sync("pending").await?;
    let administrator = Native::signs_in(&story, "qinwangshu").await?;
    let status = Status::Closed;
    administrator
        .posts("/api/admin", &Order::SetStatus { ledger, status })
        .await?;
    gu.comes_back().await?;
    gu.waits_for_words("held", "待审入 1 项").await?;

    opens_inbox(&lin).await?;
    let review = lists(&lin, "review", &[&[&late.text, GU.name, "台账已关闭"]]).await?;
    clicks(&lin, &review[0], "审入").await?;
    lin.sees("审入后会重新开放").await?;
    lin.press("Enter").await?;
    lists(&lin, "review", &[]).await?;
    gu.waits_for_all(std::slice::from_ref(&late)).await?;
    gu.types_all(std::slice::from_ref(&later)).await?;
    gu.is_uploaded().await?;
    lin.opens_ledger(ledger).await?;
    lin.waits_for_all(&[late, later]).await
}
