//! Blocks of cells from Excel and WPS.

use anyhow::Result;
use serde_json::Value;
use tests::officer::Clip;
use tests::story::{LIN, Seat, Story, Table};

use crate::spreadsheet::{Form, Pair, clip};

const ROWS: usize = 20;

/// Members whom a name alone tells, and one who needs more.
const MEMBERS: [&str; 5] = ["林知远", "顾若川", "叶书宁", "方以恒", "陈建（钳工）"];

/// Twenty rows of date, people, choice, text and two numbers, in forms that people type.
fn dates_and_numbers(today: &str) -> Vec<Vec<Pair>> {
    let row = |at: usize| {
        let day = at + 1;
        let date = match at % 5 {
            0 => (format!("202611{day:02}"), format!("2026-11-{day:02}")),
            1 => (format!("2026.11.{day}"), format!("2026-11-{day:02}")),
            2 => (format!("2026-11-{day:02}"), format!("2026-11-{day:02}")),
            3 => (format!("2026年11月{day}日"), format!("2026-11-{day:02}")),
            _ => (format!("12-{day:02}"), format!("{}-12-{day:02}", &today[..4])),
        };
        let helper = MEMBERS[at % MEMBERS.len()];
        let full_width: String = (at + 30)
            .to_string()
            .chars()
            .filter_map(|digit| char::from_u32(u32::from(digit) + 0xfee0))
            .collect();
        vec![
            date,
            (helper.to_owned(), helper.to_owned()),
            ("完成".to_owned(), "完成".to_owned()),
            (
                format!("第{at}条\n分两行“引号\"”"),
                format!("第{at}条\n分两行“引号\"”"),
            ),
            (full_width, (at + 30).to_string()),
            ((at + 60).to_string(), (at + 60).to_string()),
        ]
    };
    (0..ROWS).map(row).collect()
}

/// Twenty rows from the member on; the first ten are those of the last ten rows of the ledger.
fn whole_rows(table: &Table) -> Vec<Vec<Pair>> {
    let last = table.rows.len() - ROWS / 2;
    let row = |at: usize| {
        let member = if at < ROWS / 2 {
            table.cell(last + at, "member")
        } else {
            MEMBERS[at % MEMBERS.len()]
        };
        let text = format!("承诺第{at}条\n每周\t一次");
        let cells = [member, "长期", "学习", &text, "措施", "目标１０次"];
        cells.map(|cell| (cell.to_owned(), cell.to_owned())).to_vec()
    };
    (0..ROWS).map(row).collect()
}

/// What of a block does not stand where it was pasted.
fn lacking(table: &Table, top: usize, columns: &[&str], block: &[Vec<Pair>]) -> Vec<String> {
    let mut lacking = Vec::new();
    for (at, row) in block.iter().enumerate() {
        for (column, (_, wanted)) in columns.iter().zip(row) {
            let found = table.cell(top + at, column);
            // Where a page shows tabs as spaces, the cell holds a space.
            if found.replace('\t', " ") != wanted.replace('\t', " ") {
                lacking.push(format!("{column} of {}: {found:?} and not {wanted:?}", top + at));
            }
        }
    }
    lacking
}

async fn pastes(seat: &Seat, row: &str, column: &str, clip: &Clip) -> Result<()> {
    seat.put_in_clipboard(clip).await?;
    seat.go_to(row, column).await?;
    seat.paste().await
}

/// Waits until the whole table is as it is to be.
async fn is_again(seat: &Seat, what: &str, wanted: &Table) -> Result<()> {
    seat.waits_until_with(what, async |_| {
        let table = seat.table().await?;
        let (found, meant) = (table.rows.len(), wanted.rows.len());
        anyhow::ensure!(
            table.rows == wanted.rows,
            "{found} rows and not {meant}, or in another order"
        );
        let differing = table.differs_from(wanted);
        anyhow::ensure!(
            differing.is_empty(),
            "{} cells differ: {:?}",
            differing.len(),
            differing.first()
        );
        Ok((table == *wanted).then_some(()))
    })
    .await
}

async fn a_block_is_one_act_and_one_undo(form: Form) -> Result<()> {
    let mut story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let ledger = lin.ledger().await?;
    let today = lin
        .run_js("return String(new Date().getFullYear());", Vec::new())
        .await?;
    let before = lin.table().await?;

    let columns = [
        "due",
        "helpers",
        "self_result",
        "self_text",
        "peer_good",
        "peer_fair",
    ];
    let block = dates_and_numbers(today.as_str().unwrap_or_default());
    pastes(&lin, &before.rows[2], "due", &clip(form, &block)).await?;
    lin.sees("已粘贴 20 行 6 列").await?;
    let pasted = lin.table().await?;
    assert_eq!(lacking(&pasted, 2, &columns, &block), Vec::<String>::new());
    assert_eq!(pasted.rows, before.rows);
    lin.press("Ctrl+Z").await?;
    is_again(&lin, "one undo takes the whole block back", &before).await?;
    lin.press("Ctrl+Y").await?;
    is_again(&lin, "one redo brings the whole block again", &pasted).await?;

    // Beyond the end.
    let top = pasted.rows.len() - ROWS / 2;
    let columns = ["member", "kind", "subject", "text", "measure", "target"];
    let block = whole_rows(&pasted);
    pastes(&lin, &pasted.rows[top], "member", &clip(form, &block)).await?;
    lin.waits_until_with("ten rows are added", async |_| {
        Ok((lin.table().await?.rows.len() == pasted.rows.len() + ROWS / 2).then_some(()))
    })
    .await?;
    let longer = lin.table().await?;
    assert_eq!(lacking(&longer, top, &columns, &block), Vec::<String>::new());
    assert_eq!(longer.rows[..pasted.rows.len()], pasted.rows, "nothing has moved");
    lin.press("Ctrl+Z").await?;
    is_again(&lin, "one undo takes added rows and cells back", &pasted).await?;
    lin.press("Ctrl+Y").await?;
    is_again(&lin, "one redo brings added rows and cells again", &longer).await?;

    lin.waits_for_sync("synced").await?;
    let demo = story.demo_log_of(ledger).await?.len();
    story.relay.stop().await?;
    // Each block is one change, and so is its undo and its redo; where rows go or come back, that is one more.
    assert_eq!(story.log_of(ledger)?.len() - demo, 3 + 1 + 2 + 2);
    Ok(())
}

#[tokio::test]
async fn a_block_pasted_as_html_is_one_act_and_one_undo() -> Result<()> {
    a_block_is_one_act_and_one_undo(Form::Html).await
}

#[tokio::test]
async fn a_block_pasted_as_text_is_one_act_and_one_undo() -> Result<()> {
    a_block_is_one_act_and_one_undo(Form::Tsv).await
}

#[tokio::test]
async fn what_cannot_stand_in_its_cell_is_named_and_the_rest_is_written() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let before = lin.table().await?;
    let text =
        "2026-13-01\t叶书宁\t完成\t甲\t10000\t５\r\n2026.12.31\t陈建\t做完了\t乙\t七\t6\r\n".to_owned();
    pastes(&lin, &before.rows[0], "due", &Clip { text, html: None }).await?;
    lin.find("dialog", "5 格没有写入").await?;
    let told = lin
        .run_js(
            "return document.querySelector('dialog[open]').innerText;",
            Vec::new(),
        )
        .await?;
    let told = told.as_str().unwrap_or_default().to_owned();
    for said in [
        "第 1 行",
        "第 2 行",
        "完成时限",
        "协助人",
        "自评",
        "党员评·满意",
        "2026-13-01",
        "10000",
        "做完了",
        "同名",
    ] {
        assert!(told.contains(said), "{said} is missing in {told}");
    }
    lin.press("Escape").await?;
    lin.waits_until("the notice is gone", "!document.querySelector('dialog[open]')")
        .await?;
    let after = lin.table().await?;
    for (row, column) in [
        (0, "due"),
        (0, "peer_good"),
        (1, "helpers"),
        (1, "self_result"),
        (1, "peer_good"),
    ] {
        assert_eq!(
            after.cell(row, column),
            before.cell(row, column),
            "{column} of {row}"
        );
    }
    let written = [
        (0, "helpers", "叶书宁"),
        (0, "self_text", "甲"),
        (0, "peer_fair", "5"),
        (1, "due", "2026-12-31"),
        (1, "peer_fair", "6"),
    ];
    for (row, column, text) in written {
        assert_eq!(after.cell(row, column), text, "{column} of {row}");
    }
    assert_eq!(
        lin.run_js("return document.activeElement.className;", Vec::new())
            .await?,
        Value::from("cell-editor")
    );
    Ok(())
}
