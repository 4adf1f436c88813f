//! Every page of the app under its policy of content: a browser has nothing to refuse, and would say so if it had.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use frontend::route::{Route, Section};
use shared::id::LedgerId;
use shared::ledger::kind::Kind;
use tests::Officer;
use tests::officer::Theme;
use tests::story::{LIN, Seat, Story};

/// Keeps what the browser refuses, from before the first script of a page on.
const WATCHING: &str = "window.refused = []; window.addEventListener('securitypolicyviolation', \
    (event) => window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));";

/// The page is as it will stay for now: the app has come, and waits for nothing.
const SETTLED: &str =
    "document.querySelector('#app > *') && !document.querySelector('.boot, [aria-busy=true]')";

/// Every address of the app, with every value that a place in it can have.
fn addresses(ledger: &str) -> Result<Vec<String>> {
    let mut addresses = BTreeSet::new();
    for route in Route::patterns() {
        let place = route.split('/').find(|part| part.starts_with(':'));
        let values: Vec<String> = match place {
            None => vec![String::new()],
            Some(":kind") => Kind::ALL.map(|kind| kind.code().to_owned()).to_vec(),
            Some(":id") => vec![ledger.to_owned()],
            Some(":section") => Section::ALL.map(|section| section.to_string()).to_vec(),
            Some(other) => {
                anyhow::bail!("say here what can stand for {other}, so that {route} is visited too")
            }
        };
        addresses.extend(
            values
                .iter()
                .map(|value| route.replace(place.unwrap_or("*"), value)),
        );
    }
    Ok(addresses.into_iter().collect())
}

/// Visits every address in both themes, and gives what the browser refused.
async fn refused_on(officer: &mut Officer, base: &str, addresses: &[String]) -> Result<Vec<String>> {
    let mut refused = Vec::new();
    for theme in [Theme::Light, Theme::Dark] {
        officer.set_theme(theme).await?;
        for address in addresses {
            officer.open(&format!("{base}{address}")).await?;
            officer
                .waits_until(&format!("{address} is there"), SETTLED)
                .await?;
            refused.extend(refused_here(officer).await?);
        }
    }
    Ok(refused)
}

async fn refused_here(officer: &Officer) -> Result<Vec<String>> {
    let told = officer.run_js("return window.refused;", Vec::new()).await?;
    serde_json::from_value(told).context("the page was not watched")
}

fn console_of(officer: &Officer) -> Vec<String> {
    let mut lines = officer.console();
    lines.retain(|line| line.contains("Content Security Policy"));
    lines
}

#[tokio::test]
async fn no_page_asks_the_browser_for_what_its_policy_refuses() -> Result<()> {
    let story = Story::begin().await?;
    let mut lin = Seat::connected(LIN, story.relay.socket()).await?;
    lin.is_otherwise(WATCHING).await?;
    let base = lin.network.url();
    let stranger = addresses(&LedgerId([0; 16]).to_string())?;
    ensure!(stranger.len() >= Route::patterns().len(), "{stranger:?}");
    let refused = refused_on(&mut lin.officer, &base, &stranger).await?;
    assert_eq!(refused, Vec::<String>::new(), "signed out");

    lin.signs_in_and_opens_pledges().await?;
    let ledger = lin.ledger().await?.to_string();
    let refused = refused_on(&mut lin.officer, &base, &addresses(&ledger)?).await?;
    assert_eq!(refused, Vec::<String>::new(), "signed in");
    lin.open(&format!("{base}/trust")).await?;
    lin.sees("让本机信任台账的证书").await?;
    assert_eq!(
        refused_here(&lin).await?,
        Vec::<String>::new(),
        "how to trust the relay"
    );
    assert_eq!(console_of(&lin), Vec::<String>::new());

    // It would have been seen.
    let plant = "const style = document.createElement('style'); style.textContent = 'p {}'; document.head.append(style); \
                 const image = new Image(); image.src = 'https://elsewhere.example/'; document.body.append(image);";
    lin.open(&base).await?;
    lin.run_js(plant, Vec::new()).await?;
    lin.waits_until("both are refused", "window.refused.length === 2")
        .await?;
    let refused = refused_here(&lin).await?;
    ensure!(
        refused.iter().any(|line| line.starts_with("style-src-elem")),
        "{refused:?}"
    );
    ensure!(
        refused
            .iter()
            .any(|line| line.starts_with("img-src https://elsewhere.example")),
        "{refused:?}"
    );
    ensure!(!console_of(&lin).is_empty(), "and the console says so");
    Ok(())
}
