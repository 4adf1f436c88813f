//! Writes `docs/measurements.md`: what the app weighs, and how soon it can be used without a network.
//!
//! `cargo run -p tests --bin measure`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use tests::hostile_load::report;
use tests::officer::Clip;
use tests::{Officer, Proxy, RelayOptions, RelayProcess};

/// How often each time is taken; the median and both ends are written down.
const TIMES: usize = 9;

/// What the first screen may weigh with Brotli, in bytes.
const BUDGET_BYTES: u64 = 700_000;

/// The rows of the larger table.
const ROWS: usize = 1_000;

#[tokio::main]
async fn main() -> Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .context("the workspace")?;
    let target_dir = workspace.join("target/site");
    let out = target_dir.join("measured");
    let site = bundle::ensure_built(&bundle::Request {
        workspace: workspace.clone(),
        target_dir,
        out: out.clone(),
        profile: bundle::Profile::Site,
        label: None,
    })?;
    let starts = offline_starts(&out).await?;
    let place = workspace.join("docs/measurements.md");
    let others = report::kept(&place)?;
    let page = page(&site, &starts, &long_files(&workspace)?)?;
    std::fs::write(place, format!("{page}\n{others}").trim_end().to_owned() + "\n")
        .context("the page of figures")
}

/// The times from reload to a usable table, in milliseconds, for the demonstration's table and for a large one.
struct Starts {
    rows: usize,
    milliseconds: Vec<f64>,
}

async fn offline_starts(site: &Path) -> Result<[Starts; 2]> {
    let site = site.to_str().context("a path in UTF-8")?;
    let relay = RelayProcess::start(RelayOptions::new().demo().argument("--site").argument(site)).await?;
    let proxy = Proxy::to(relay.socket()).await?;
    let officer = Officer::named("林知远").await?;
    officer.open(&proxy.url()).await?;
    officer.signs_in("linzhiyuan", "taizhang-demo-2026").await?;
    officer.sees("2026 年度 承诺践诺").await?;
    officer.click_selector("main a[href^='/ledger/']").await?;
    officer
        .waits_until(
            "the grid has rows",
            "document.querySelectorAll('[role=gridcell]').length > 50",
        )
        .await?;
    officer.installed().await?;
    let small = measured(&officer, &proxy, 78).await?;
    proxy.pass();
    officer.waits_for_sync("synced").await?;
    grow(&officer).await?;
    officer.waits_for_sync("synced").await?;
    let large = measured(&officer, &proxy, ROWS).await?;
    Ok([small, large])
}

/// Pastes as many rows as the larger table lacks; the first goes over the last row there is.
async fn grow(officer: &Officer) -> Result<()> {
    let mut text = String::new();
    for number in 78..=ROWS {
        writeln!(
            text,
            "林知远\t年度\t工作\t第{number}项：每班点检一次并签字\t请班组互查\t不少于十二次"
        )?;
    }
    // The header is row 1.
    officer.go_to(2, "member").await?;
    officer.press("Ctrl+End").await?;
    officer.press("Home").await?;
    officer.put_in_clipboard(&Clip { text, html: None }).await?;
    officer.paste().await?;
    officer.sees("共 1,000 条").await
}

async fn measured(officer: &Officer, proxy: &Proxy, rows: usize) -> Result<Starts> {
    proxy.cut();
    let mut milliseconds = Vec::new();
    for _ in 0..TIMES {
        officer.reload().await?;
        // Taken in the page, from the start of the navigation to the first frame in which cells have text.
        let usable = "return new Promise(done => { const look = () => \
            document.querySelectorAll('[role=gridcell]').length > 50 \
            ? done(performance.now()) : requestAnimationFrame(look); look(); });";
        let took = officer.run_js(usable, Vec::new()).await?;
        milliseconds.push(took.as_f64().context("a time")?);
    }
    milliseconds.sort_by(f64::total_cmp);
    Ok(Starts { rows, milliseconds })
}

/// Source files of more than 300 lines, longest first.
fn long_files(workspace: &Path) -> Result<Vec<(PathBuf, usize)>> {
    let mut long = Vec::new();
    let mut folders: Vec<PathBuf> = ["shared", "server", "frontend", "tests"]
        .iter()
        .map(|name| workspace.join(name))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|end| ["rs", "css", "js"].iter().any(|known| end == *known))
            {
                let lines = std::fs::read_to_string(&path)?.lines().count();
                if lines > 300 {
                    long.push((path.strip_prefix(workspace)?.to_owned(), lines));
                }
            }
        }
    }
    long.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    Ok(long)
}

fn page(site: &bundle::Report, starts: &[Starts], long: &[(PathBuf, usize)]) -> Result<String> {
    let mut page = String::from(
        "# Measurements\n\nWritten by `cargo run -p tests --bin measure`; pictures by `cargo run -p tests --bin pictures`. \
         Two x86-64 cores, Chromium from Debian, headless, the relay as a debug build.\n\n## What goes over the wire\n\n\
         The app as a package ships it (profile `site`), in bytes. Budget: 700 KB with Brotli.\n\n\
         | file | raw | gzip | Brotli |\n| --- | ---: | ---: | ---: |\n",
    );
    let (mut raw, mut gzip, mut brotli) = (0, 0, 0);
    for file in &site.files {
        writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            file.name, file.raw, file.gzip, file.brotli
        )?;
        raw += file.raw;
        gzip += file.gzip;
        brotli += file.brotli;
    }
    writeln!(page, "| all | {raw} | {gzip} | {brotli} |")?;
    let verdict = match brotli.checked_sub(BUDGET_BYTES) {
        Some(over) if over > 0 => format!("{over} bytes over the budget"),
        _ => "within the budget".to_owned(),
    };
    writeln!(page, "\nThat is {verdict}.")?;
    page.push_str(
        "\n## From reload to a usable table, without a network\n\nThe network is cut by a proxy; the page is reloaded; the \
         clock runs from the start of the navigation to the first frame in which the table has cells. Budget: 1 s at \
         1,000 rows.\n\n| rows | median | least | most | runs |\n| ---: | ---: | ---: | ---: | ---: |\n",
    );
    for start in starts {
        let times = &start.milliseconds;
        let (least, most) = (times[0], times[times.len() - 1]);
        writeln!(
            page,
            "| {} | {:.0} ms | {least:.0} ms | {most:.0} ms | {} |",
            start.rows,
            times[times.len() / 2],
            times.len()
        )?;
    }
    page.push_str("\n## Source files over 300 lines\n\n");
    if long.is_empty() {
        page.push_str("None.\n");
    }
    for (path, lines) in long {
        writeln!(
            page,
            "- `{}`: {lines}; the reason stands in `tests/tests/tidy/long_files.rs`.",
            path.display()
        )?;
    }
    Ok(page)
}
