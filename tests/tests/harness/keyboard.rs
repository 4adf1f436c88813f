//! Typing, composing, copying and pasting are what a keyboard and an input method do.

use anyhow::Result;
use serde_json::json;
use tests::Officer;
use tests::officer::Clip;

use crate::{seated, text};

/// What the textarea saw since this was last asked.
async fn events(officer: &Officer) -> Result<Vec<String>> {
    let events = officer
        .run_js("return window.seen.splice(0);", Vec::new())
        .await?;
    Ok(serde_json::from_value(events)?)
}

#[tokio::test]
async fn typing_causes_the_events_of_a_keyboard() -> Result<()> {
    let ada = seated("typing").await?;
    ada.click("textbox", "备注").await?;
    events(&ada).await?;
    ada.type_text("Q1").await?;
    assert_eq!(text(&ada).await?, json!("Q1"));
    let seen = events(&ada).await?;
    assert_eq!(
        seen,
        [
            "keydown Q",
            "input insertText Q",
            "keyup Q",
            "keydown 1",
            "input insertText 1",
            "keyup 1"
        ]
    );
    ada.type_text("党员").await?;
    assert_eq!(text(&ada).await?, json!("Q1党员"));
    ada.press("Ctrl+A Delete").await?;
    assert_eq!(text(&ada).await?, json!(""));
    ada.press("Shift+Tab").await?;
    ada.waits_until(
        "the focus is on the button before",
        "document.activeElement.tagName === 'BUTTON'",
    )
    .await
}

#[tokio::test]
async fn composing_causes_the_events_of_an_input_method() -> Result<()> {
    let ada = seated("composing").await?;
    ada.click("textbox", "备注").await?;
    events(&ada).await?;
    ada.compose(&["n", "ni", "ni'h"]).await?;
    assert_eq!(text(&ada).await?, json!("ni'h"));
    ada.press_in_input_method("ArrowDown").await?;
    ada.commit_composition("你好").await?;
    assert_eq!(text(&ada).await?, json!("你好"));
    let seen = events(&ada).await?;
    let count = |event: &str| seen.iter().filter(|line| line.starts_with(event)).count();
    assert_eq!(count("compositionstart"), 1, "{seen:?}");
    assert_eq!(count("compositionend 你好"), 1, "{seen:?}");
    assert!(count("keydown Process 229") >= 4, "{seen:?}");
    assert_eq!(count("keydown"), count("keydown Process 229"), "{seen:?}");
    Ok(())
}

#[tokio::test]
async fn a_composition_can_be_given_up() -> Result<()> {
    let ada = seated("giving-up").await?;
    ada.click("textbox", "备注").await?;
    ada.compose(&["b", "bu"]).await?;
    ada.cancel_composition().await?;
    assert_eq!(text(&ada).await?, json!(""));
    let seen = events(&ada).await?;
    assert!(
        seen.iter().any(|line| line.starts_with("compositionend")),
        "{seen:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_block_is_pasted_once_as_html_and_as_text() -> Result<()> {
    let ada = seated("pasting").await?;
    let html = "<table><tbody><tr><td>甲</td><td>1</td></tr></tbody></table>";
    ada.put_in_clipboard(&Clip {
        text: "甲\t1".into(),
        html: Some(html.into()),
    })
    .await?;
    ada.click("textbox", "备注").await?;
    ada.paste().await?;
    ada.waits_until("something was pasted", "window.pasted.length > 0")
        .await?;
    let pasted = ada.run_js("return window.pasted;", Vec::new()).await?;
    assert_eq!(pasted.as_array().map(Vec::len), Some(1), "{pasted}");
    assert_eq!(pasted[0]["text"], json!("甲\t1"));
    let html = pasted[0]["html"].as_str().unwrap_or_default().to_owned();
    assert!(html.contains("<td") && html.contains('甲'), "{html}");
    assert_eq!(text(&ada).await?, json!("甲\t1"));
    Ok(())
}

#[tokio::test]
async fn what_is_copied_lies_in_the_clipboard() -> Result<()> {
    let ada = seated("copying").await?;
    ada.fill("备注", "责任区").await?;
    ada.press("Ctrl+A").await?;
    let clip = ada.copy().await?;
    assert_eq!(clip.text, "责任区");
    Ok(())
}
