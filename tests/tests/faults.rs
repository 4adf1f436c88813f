//! What breaks under way: the relay dies between push and receipt, or comes back as it was before.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Result, ensure};
use tests::story::{Edit, GU, LIN, Seat, Story, YE, chinese};
use tests::{Direction, Fault, wait};

/// After any fault everything heals by itself within this time.
const HEALED: Duration = Duration::from_mins(1);

/// So many edits, each in a row of its own.
fn edits(by: &str, column: &'static str, count: usize) -> Vec<Edit> {
    let edit = |row: usize| Edit {
        column,
        row,
        text: format!("{by}第{}处", chinese(row + 1)),
    };
    (0..count).map(edit).collect()
}

/// Waits until the header says that everything is uploaded; nobody helps the browser to find the relay again.
async fn heals(seat: &Seat) -> Result<()> {
    wait::until_within(HEALED, "everything is uploaded", async || {
        let chips = seat.sync_chips().await?;
        ensure!(
            chips.iter().any(|chip| chip.state == "synced"),
            "the header says {chips:?}"
        );
        Ok(Some(()))
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn a_relay_killed_between_push_and_receipt_loses_nothing_and_doubles_nothing() -> Result<()> {
    let mut story = Story::begin().await?;
    let (lin, gu) = tokio::try_join!(story.seat(LIN), story.seat(GU))?;
    let ledger = lin.ledger().await?;
    let before = story.demo_log_of(ledger).await?.len();
    let edits = edits("林", "target", 12);

    // The push arrives and is stored, for the other officer sees it; its receipt vanishes on the way back.
    lin.network.set(Fault::Lose(Direction::Down));
    lin.types_all(&edits).await?;
    gu.waits_for_all(&edits).await?;
    let waiting = lin.sync_chips().await?;
    assert!(
        waiting
            .iter()
            .any(|chip| ["pending", "sending"].contains(&chip.state.as_str())),
        "no receipt has come, yet the header says {waiting:?}"
    );
    story.relay.kill_nine()?;
    lin.network.pass();
    story.relay.restart().await?;

    // From here nobody helps: the browsers find the relay by themselves.
    heals(&lin).await?;
    heals(&gu).await?;
    for seat in [&lin, &gu] {
        seat.waits_for_all(&edits).await?;
        assert_eq!(seat.table().await?.rows.len(), 26 * 3);
        assert!(seat.conflicts().await?.is_empty());
    }
    story.relay.stop().await?;
    let log = story.log_of(ledger)?;
    let hashes: HashSet<_> = log.iter().map(|entry| entry.hash).collect();
    assert_eq!(hashes.len(), log.len(), "no change is stored twice");
    assert_eq!(log.len() - before, edits.len(), "one change for each edit");
    Ok(())
}

#[tokio::test]
async fn a_relay_set_back_gets_everything_again_even_from_an_author_whose_browser_is_gone() -> Result<()> {
    let mut story = Story::begin().await?;
    let copy = story.path("copy");
    let (lin, gu, ye) = tokio::try_join!(story.seat(LIN), story.seat(GU), story.seat(YE))?;
    let ledger = lin.ledger().await?;
    let old = edits("早先", "note", 3);
    lin.types_all(&old).await?;
    gu.waits_for_all(&old).await?;
    story.relay.stop().await?;
    story.relay.copy_data(&copy)?;
    story.relay.restart().await?;

    let (of_lin, of_gu, of_ye) = (
        edits("林", "target", 3),
        edits("顾", "measure", 3),
        edits("叶", "self_text", 3),
    );
    for seat in [&lin, &gu, &ye] {
        seat.comes_back().await?;
        seat.waits_for_sync("synced").await?;
    }
    tokio::try_join!(lin.types_all(&of_lin), gu.types_all(&of_gu), ye.types_all(&of_ye))?;
    let newer = [of_lin, of_gu, of_ye].concat();
    for seat in [&lin, &gu, &ye] {
        seat.waits_for_all(&newer).await?;
        seat.waits_for_sync("synced").await?;
    }
    drop(ye);

    story.relay.stop().await?;
    story.relay.restore_data(&copy)?;
    let before = story.demo_log_of(ledger).await?.len();
    assert_eq!(
        story.log_of(ledger)?.len() - before,
        old.len(),
        "the newer work is gone"
    );
    story.relay.restart().await?;
    // From here nobody helps.
    let all = [old, newer].concat();
    for seat in [&lin, &gu] {
        heals(seat).await?;
    }
    // A newcomer knows nothing but what the relay has.
    let newcomer = story.seat(YE).await?;
    for seat in [&newcomer, &lin, &gu] {
        seat.waits_for_all(&all).await?;
        assert_eq!(seat.table().await?.rows.len(), 26 * 3);
        assert!(seat.conflicts().await?.is_empty());
    }
    story.relay.stop().await?;
    assert_eq!(
        story.log_of(ledger)?.len() - before,
        all.len(),
        "one change for each edit"
    );
    Ok(())
}
