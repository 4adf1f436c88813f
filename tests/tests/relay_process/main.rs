//! A relay is started, stopped, killed and set back as a process; a script stands for the binary here.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use anyhow::Result;
use tests::{RelayOptions, RelayProcess};

/// A relay that is the script beside this file.
fn script() -> RelayOptions {
    RelayOptions::new().binary(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relay_process/relay.sh"))
}

fn starts(relay: &RelayProcess) -> Result<usize> {
    Ok(fs::read_to_string(relay.data().join("inside/starts"))?
        .lines()
        .count())
}

#[tokio::test]
async fn it_is_given_a_store_a_port_and_arguments_and_says_its_address() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let options = script()
        .demo()
        .argument("--quiet")
        .data(folder.path().join("store"));
    let relay = RelayProcess::start(options).await?;
    assert_eq!(relay.url(), "http://127.0.0.1:4321");
    let said = relay.log()?;
    assert!(said.contains("/store --port 0 --demo --quiet"), "{said}");
    Ok(())
}

#[tokio::test]
async fn it_ends_when_asked_and_comes_back_on_the_same_port() -> Result<()> {
    let mut relay = RelayProcess::start(script()).await?;
    assert_eq!(relay.stop().await?.code(), Some(7));
    assert!(relay.stop().await.is_err(), "it should not be running");
    relay.restart().await?;
    relay.restart().await?;
    assert_eq!(relay.url(), "http://127.0.0.1:4321");
    assert_eq!(starts(&relay)?, 3);
    let said = relay.log()?;
    assert_eq!(said.matches("--port 4321").count(), 2, "{said}");
    assert_eq!(said.matches("ending").count(), 2, "{said}");
    Ok(())
}

#[tokio::test]
async fn a_kill_gives_no_warning() -> Result<()> {
    let mut relay = RelayProcess::start(script()).await?;
    relay.kill_nine()?;
    let said = relay.log()?;
    assert!(!said.contains("ending"), "{said}");
    relay.restart().await
}

#[tokio::test]
async fn its_store_is_copied_and_set_back_only_while_it_is_stopped() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy");
    let mut relay = RelayProcess::start(script()).await?;
    assert!(relay.copy_data(&copy).is_err(), "it is running");
    relay.stop().await?;
    relay.copy_data(&copy)?;
    relay.restart().await?;
    assert_eq!(starts(&relay)?, 2);
    assert!(relay.restore_data(&copy).is_err(), "it is running");
    relay.kill_nine()?;
    relay.restore_data(&copy)?;
    assert_eq!(starts(&relay)?, 1);
    Ok(())
}

#[tokio::test]
async fn one_that_ends_before_it_says_its_address_is_an_error_with_what_it_said() -> Result<()> {
    let started = RelayProcess::start(script().argument("ends-early")).await;
    let said = started
        .err()
        .map(|problem| problem.to_string())
        .unwrap_or_default();
    assert!(said.contains("the port is busy"), "{said}");
    Ok(())
}

#[tokio::test]
async fn one_that_ends_by_itself_is_waited_for() -> Result<()> {
    let mut relay = RelayProcess::start(script()).await?;
    fs::write(relay.data().join("end"), "")?;
    assert_eq!(relay.ends().await?.code(), Some(3));
    Ok(())
}
