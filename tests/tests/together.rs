//! Several officers in one ledger: what agrees becomes one, what differs is shown until a person settles it.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use tests::story::{Edit, GU, LIN, Login, Seat, Story, YE, chinese};

/// How many cells each officer writes, all of them through the keyboard.
const EACH: usize = 60;

/// The columns written; each takes text as it is typed.
const COLUMNS: [&str; 4] = ["text", "measure", "target", "note"];

/// Who writes the cells that get different values: one of them all three.
const DIFFERENT: [&[usize]; 4] = [&[0, 1, 2], &[0, 1], &[0, 2], &[1, 2]];

/// Who writes the cells that get the same value twice.
const SAME: [&[usize]; 2] = [&[0, 1], &[1, 2]];

/// A cell, by the place of its row and its column.
type Place = (usize, &'static str);

/// What three officers are going to write.
struct Plan {
    /// The edits of each.
    edits: [Vec<Edit>; 3],
    /// The cells that get different values, with who says what.
    different: BTreeMap<Place, Vec<(Login, String)>>,
}

impl Plan {
    /// Draws the cells of a ledger with so many rows.
    fn seeded(seed: u64, rows: usize, who: [Login; 3]) -> Self {
        let mut places: Vec<Place> = (0..rows)
            .flat_map(|row| COLUMNS.map(|column| (row, column)))
            .collect();
        places.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        let mut places = places.into_iter();
        let mut plan = Self {
            edits: [const { Vec::new() }; 3],
            different: BTreeMap::new(),
        };
        for (writers, place) in DIFFERENT.iter().zip(&mut places) {
            for writer in *writers {
                let text = format!("{}主张第{}行这样写", who[*writer].name, chinese(place.0 + 1));
                plan.different
                    .entry(place)
                    .or_default()
                    .push((who[*writer], text.clone()));
                plan.write(*writer, place, text);
            }
        }
        for (writers, place) in SAME.iter().zip(&mut places) {
            for writer in *writers {
                plan.write(
                    *writer,
                    place,
                    format!("众人都说第{}行如此", chinese(place.0 + 1)),
                );
            }
        }
        for (writer, login) in who.iter().enumerate() {
            for place in places.by_ref().take(EACH - plan.edits[writer].len()) {
                plan.write(
                    writer,
                    place,
                    format!("{}写第{}行", login.name, chinese(place.0 + 1)),
                );
            }
        }
        plan
    }

    fn write(&mut self, writer: usize, (row, column): Place, text: String) {
        self.edits[writer].push(Edit { column, row, text });
    }

    /// What must stand in its cell for everybody: all that is not in dispute.
    fn agreed(&self) -> Vec<Edit> {
        let all = self.edits.iter().flatten();
        all.filter(|edit| !self.different.contains_key(&(edit.row, edit.column)))
            .cloned()
            .collect()
    }
}

/// Waits until exactly the cells of the plan are marked, and everything else stands.
async fn all_has_arrived(seat: &Seat, plan: &Plan, rows: &[String]) -> Result<()> {
    seat.waits_for_all(&plan.agreed()).await?;
    seat.waits_until_with("exactly the disputed cells are marked", async |officer| {
        let mut marked: Vec<(String, String)> = officer
            .conflicts()
            .await?
            .into_iter()
            .map(|clash| (clash.row, clash.column))
            .collect();
        let wanted = plan
            .different
            .keys()
            .map(|(row, column)| (rows[*row].clone(), (*column).to_owned()));
        let mut wanted: Vec<(String, String)> = wanted.collect();
        marked.sort();
        wanted.sort();
        ensure!(marked == wanted, "marked are {marked:?}, not {wanted:?}");
        Ok(Some(()))
    })
    .await
}

/// Opens a conflict and checks that every value is there with its author and a time.
async fn opens(seat: &Seat, row: &str, column: &str, said: &[(Login, String)]) -> Result<()> {
    seat.go_to(row, column).await?;
    seat.press("F2").await?;
    let choices = seat.choices().await?;
    seat.sees("原值").await?;
    ensure!(choices.len() == said.len(), "{choices:?}");
    for (login, text) in said {
        let found = choices.iter().find(|choice| choice.contains(text));
        let has_all = found.is_some_and(|choice| choice.contains(login.name) && has_time(choice));
        ensure!(
            has_all,
            "{text} of {} is not offered with author and time: {choices:?}",
            login.name
        );
    }
    Ok(())
}

/// Whether a text says a moment, such as 2026-11-23 14:08.
fn has_time(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once(':').is_some_and(|(hour, minute)| {
            hour.parse().is_ok_and(|hour: u8| hour < 24) && minute.parse().is_ok_and(|minute: u8| minute < 60)
        })
    })
}

#[tokio::test]
async fn three_officers_of_whom_two_were_offline_lose_nothing_and_settle_what_differs_once() -> Result<()> {
    let who = [LIN, GU, YE];
    let story = Story::begin().await?;
    let (lin, gu, ye) = tokio::try_join!(story.seat(LIN), story.seat(GU), story.seat(YE))?;
    let seats = [&lin, &gu, &ye];
    let rows = lin.table().await?.rows;
    assert_eq!(rows.len(), 26 * 3, "26 members with three pledges each");
    let plan = Plan::seeded(20_261_123, rows.len(), who);
    assert!(plan.edits.iter().all(|edits| edits.len() == EACH));

    gu.goes_offline();
    ye.goes_offline();
    let [lins, gus, yes] = &plan.edits;
    tokio::try_join!(lin.types_all(lins), gu.types_all(gus), ye.types_all(yes))?;
    lin.waits_for_sync("synced").await?;
    tokio::try_join!(gu.comes_back(), ye.comes_back())?;
    for seat in seats {
        seat.is_uploaded().await?;
        all_has_arrived(seat, &plan, &rows).await?;
        let words = seat.waits_for_sync("conflict").await?;
        assert_eq!(words, "冲突 4 处待定");
    }
    for seat in seats {
        for ((row, column), said) in &plan.different {
            opens(seat, &rows[*row], column, said).await?;
            seat.click("button", "暂不处理").await?;
        }
    }

    let mut settled = Vec::new();
    for (at, ((row, column), said)) in plan.different.iter().enumerate() {
        let (_, text) = &said[at % said.len()];
        opens(&lin, &rows[*row], column, said).await?;
        lin.adopts(text).await?;
        settled.push(Edit {
            column,
            row: *row,
            text: text.clone(),
        });
    }
    for seat in seats {
        seat.waits_for_all(&settled).await?;
        seat.waits_until_with("no cell is marked", async |officer| {
            let marked = officer.conflicts().await?;
            ensure!(marked.is_empty(), "marked are {marked:?}");
            Ok(Some(()))
        })
        .await?;
        seat.waits_for_all(&plan.agreed()).await?;
    }
    Ok(())
}

/// The row of that id with its mark, where removed rows are shown.
async fn is_shown_as_removed(seat: &Seat, row: &str, text: &str) -> Result<()> {
    let shown = format!(
        "[...document.querySelectorAll('[data-row=\"{row}\"][data-removed=true]')] \
         .some((row) => row.querySelector('.grid-met[title=移除时他人正在修改]') && row.textContent.includes('{text}'))"
    );
    seat.waits_until("the row is shown as removed, marked, with the edit kept", &shown)
        .await
}

/// Waits until there are so many rows.
async fn rows_are(seat: &Seat, wanted: usize) -> Result<()> {
    seat.waits_until_with(&format!("{wanted} rows are shown"), async |officer| {
        let found = officer.seen_rows().await?.len();
        ensure!(found == wanted, "there are {found}");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn a_row_that_one_removes_while_another_edits_it_offline_keeps_the_edit_and_can_be_brought_back()
-> Result<()> {
    const TEXT: &str = "移除之前在车间改好的";
    let story = Story::begin().await?;
    let (lin, gu) = tokio::try_join!(story.seat(LIN), story.seat(GU))?;
    let seats = [&lin, &gu];
    let rows = lin.table().await?.rows;
    let row = &rows[2];

    gu.goes_offline();
    gu.types_in(row, "note", TEXT).await?;
    lin.go_to(row, "note").await?;
    lin.click("button", "移除").await?;
    lin.fill("移除原因", "重复录入").await?;
    lin.press("Enter").await?;
    rows_are(&lin, rows.len() - 1).await?;
    lin.waits_for_sync("synced").await?;

    gu.comes_back().await?;
    gu.is_uploaded().await?;
    for seat in seats {
        rows_are(seat, rows.len() - 1).await?;
        seat.click("button", "显示已移除").await?;
        is_shown_as_removed(seat, row, TEXT).await?;
    }

    gu.go_to(row, "note").await?;
    gu.click("button", "恢复").await?;
    for seat in seats {
        seat.click("button", "显示已移除").await?;
        rows_are(seat, rows.len()).await?;
        seat.waits_for_cell(row, "note", TEXT).await?;
    }
    Ok(())
}
