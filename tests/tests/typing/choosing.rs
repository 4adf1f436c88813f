//! Members chosen by sound, and dates in the forms that people type.

use anyhow::Result;
use tests::story::{LIN, Story};

use crate::seen::{is_writing, offers, options};

#[tokio::test]
async fn members_are_found_by_name_sound_and_initials_and_namesakes_show_their_posts() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let rows = lin.table().await?.rows;

    // By initials: which of the two is meant, a person says.
    lin.go_to(&rows[1], "helpers").await?;
    lin.press("Delete").await?;
    lin.type_text("cj").await?;
    lin.waits_until_with("both namesakes are offered with their posts", async |_| {
        let offered = options(&lin).await?;
        let namesakes: Vec<&String> = offered
            .iter()
            .filter(|option| option.starts_with("陈建"))
            .collect();
        let told = |post: &str| namesakes.iter().filter(|option| option.contains(post)).count() == 1;
        anyhow::ensure!(
            namesakes.len() == 2 && told("立车操作工") && told("钳工"),
            "{offered:?}"
        );
        Ok(Some(()))
    })
    .await?;
    let at = options(&lin)
        .await?
        .iter()
        .position(|option| option.contains("钳工"))
        .unwrap_or_default();
    lin.press(&"ArrowDown ".repeat(at + 1)).await?;
    lin.press("Enter").await?;
    lin.waits_until(
        "the member is taken",
        "document.querySelector('.cell-chosen')?.innerText.includes('钳工')",
    )
    .await?;
    // One more, by full sound, while the same cell is written.
    lin.type_text("linzhiyuan").await?;
    lin.waits_until_with("he is offered", async |_| {
        Ok(options(&lin)
            .await?
            .first()
            .is_some_and(|option| option.starts_with("林知远"))
            .then_some(()))
    })
    .await?;
    lin.press("Enter").await?;
    lin.waits_until(
        "both are taken",
        "document.querySelector('.cell-chosen')?.innerText.includes('林知远')",
    )
    .await?;
    lin.press("Tab").await?;
    lin.waits_until_with("both stand in the cell", async |_| {
        let cell = lin.cell(&rows[1], "helpers").await?.text;
        anyhow::ensure!(cell.contains("陈建（钳工）") && cell.contains("林知远"), "{cell}");
        Ok(Some(()))
    })
    .await?;

    // A name typed in full that two members have is asked about, not guessed.
    lin.go_to(&rows[3], "helpers").await?;
    lin.press("Delete").await?;
    lin.type_text("陈建").await?;
    lin.press("Tab").await?;
    lin.sees("有同名的人").await?;
    is_writing(&lin, true).await?;
    lin.press("Escape").await?;
    is_writing(&lin, false).await?;

    // For a new row the member is chosen first.
    lin.press("Ctrl+Enter").await?;
    lin.find("dialog", "新建承诺事项").await?;
    lin.type_text("hyq").await?;
    lin.waits_until_with("he is offered", async |_| {
        Ok(options(&lin)
            .await?
            .first()
            .is_some_and(|option| option.starts_with("何砚秋"))
            .then_some(()))
    })
    .await?;
    lin.press("Enter").await?;
    lin.waits_until_with("there is a row more, below", async |_| {
        let table = lin.table().await?;
        anyhow::ensure!(table.rows.len() == rows.len() + 1, "{} rows", table.rows.len());
        Ok((table.cell(4, "member") == "何砚秋").then_some(()))
    })
    .await
}

#[tokio::test]
async fn dates_numbers_and_choices_are_understood_as_people_type_them() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let rows = lin.table().await?.rows;
    let year = lin
        .run_js("return String(new Date().getFullYear());", Vec::new())
        .await?;
    let this_year = format!("{}-11-23", year.as_str().unwrap_or_default());
    let typed = [
        "20261123",
        "2026.11.23",
        "2026-11-23",
        "2026年11月23日",
        "２０２６－１１－２３",
    ];
    lin.go_to(&rows[0], "due").await?;
    for text in typed.into_iter().chain(["11-23"]) {
        lin.type_text(text).await?;
        lin.press("Enter").await?;
    }
    for row in &rows[..typed.len()] {
        lin.waits_for_cell(row, "due", "2026-11-23").await?;
    }
    lin.waits_for_cell(&rows[typed.len()], "due", &this_year).await?;

    lin.go_to(&rows[0], "peer_good").await?;
    lin.type_text("１２").await?;
    lin.press("Enter").await?;
    lin.waits_for_cell(&rows[0], "peer_good", "12").await?;
    lin.type_text("12345").await?;
    lin.press("Enter").await?;
    lin.sees("应在 0 ～ 9999 之间").await?;
    is_writing(&lin, true).await?;
    lin.press("Escape").await?;

    lin.go_to(&rows[0], "self_result").await?;
    lin.type_text("基").await?;
    offers(&lin, &["基本完成"]).await?;
    lin.press("Enter").await?;
    lin.waits_for_cell(&rows[0], "self_result", "基本完成").await
}
