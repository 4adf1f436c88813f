//! The section "Hostile load" of `docs/measurements.md`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Class, Run, Scale, Seen};
use crate::place;

/// Its heading.
const HEADING: &str = "## Hostile load";

/// The page it stands on.
const PAGE: &str = "docs/measurements.md";

/// By how much the relay's memory may grow, in bytes.
pub const GROWTH_BYTES: u64 = 64 * 1024 * 1024;

/// What an officer's p99 must stay under.
pub const P99: Duration = Duration::from_millis(50);

/// Puts the figures of these runs in their place.
///
/// # Errors
///
/// When the page cannot be read or written.
pub fn write(runs: &[Run], scale: Scale) -> Result<()> {
    let path = place::workspace().join(PAGE);
    let page = std::fs::read_to_string(&path).with_context(|| format!("no {PAGE}"))?;
    let section = section(runs, scale)?;
    std::fs::write(&path, with_section(&page, &section)).with_context(|| format!("cannot write {PAGE}"))
}

/// The section as it stands on a page, to be kept when the rest is written anew.
///
/// # Errors
///
/// When the page cannot be read.
pub fn kept(page: &Path) -> Result<String> {
    let text = std::fs::read_to_string(page)?;
    Ok(place_of(&text).map_or(String::new(), |place| text[place].to_owned()))
}

fn section(runs: &[Run], scale: Scale) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let mut text = format!(
        "{HEADING}\n\nWritten by `cargo run --release -p tests --bin hostile_load`: {cores} {} cores, the relay as a \
         release build over SQLite with the demonstration, {} runs of all classes on a fresh relay each, medians of \
         them. An officer writes a cell every 20 ms, planned ahead; times are from the planned moment to the receipt \
         (committed and fsynced). The attackers run on the same cores at the lowest priority, since elsewhere they \
         would not take the relay's. Bounds: memory grows by at most 64 MiB over a run; the officer's p99 at most \
         doubles and stays under 50 ms.\n\n",
        std::env::consts::ARCH,
        runs.len(),
    );
    text.push_str(
        "| class | lasted | relay's memory before, peak, after (MiB) | relay's processor time | officer before: p50, p99 \
         (ms) | officer meanwhile: p50, p99, longest (ms) |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for class in Class::ALL {
        let seen: Vec<&Seen> = of_class(runs, class).collect();
        writeln!(
            text,
            "| {} | {:.0} s | {:.0}, {:.0}, {:.0} | {:.1} s | {:.1}, {:.1} | {:.1}, {:.1}, {:.1} |",
            class.name(),
            median(&seen, |seen| seen.lasted.as_secs_f64()),
            median(&seen, |seen| mebibytes(seen.memory.before)),
            median(&seen, |seen| mebibytes(seen.memory.peak)),
            median(&seen, |seen| mebibytes(seen.memory.after)),
            median(&seen, |seen| seen.worked.as_secs_f64()),
            median(&seen, |seen| milliseconds(seen.calm.p50)),
            median(&seen, |seen| milliseconds(seen.calm.p99)),
            median(&seen, |seen| milliseconds(seen.meanwhile.p50)),
            median(&seen, |seen| milliseconds(seen.meanwhile.p99)),
            median(&seen, |seen| milliseconds(seen.meanwhile.longest)),
        )?;
    }
    text.push_str(&verdict(runs)?);
    writeln!(
        text,
        "\nWhat the attackers were answered in the first run ({} guesses, {} attempts at a connection):\n",
        scale.guesses, scale.connections
    )?;
    for seen in runs.first().map(|run| run.seen.as_slice()).unwrap_or_default() {
        let (lines, answers) = (seen.said.lines().count(), seen.statuses.line());
        writeln!(
            text,
            "- {}: {answers}. Lines in the relay's log: {lines}.",
            seen.class.name()
        )?;
    }
    Ok(text)
}

/// In words, what holds and what does not.
fn verdict(runs: &[Run]) -> Result<String> {
    let mut text = String::from("\n");
    let mut growths: Vec<u64> = runs.iter().map(Run::growth).collect();
    growths.sort_unstable();
    let worst = growths.last().copied().unwrap_or_default();
    let holds = if worst <= GROWTH_BYTES { "within" } else { "beyond" };
    writeln!(
        text,
        "Over a whole run the relay's memory rose by {:.0} MiB at the most, {holds} the bound.",
        mebibytes(worst)
    )?;
    for class in Class::ALL {
        let seen: Vec<&Seen> = of_class(runs, class).collect();
        let calm = median(&seen, |seen| milliseconds(seen.calm.p99));
        let meanwhile = median(&seen, |seen| milliseconds(seen.meanwhile.p99));
        if meanwhile > 2.0 * calm || meanwhile > milliseconds(P99) {
            writeln!(
                text,
                "Beyond the bound: {}, p99 {meanwhile:.1} ms after {calm:.1} ms.",
                class.name()
            )?;
        }
    }
    let personal: usize = runs.iter().map(|run| run.personal.len()).sum();
    let lines: usize = runs.iter().map(|run| run.log.lines().count()).sum();
    writeln!(
        text,
        "Of {lines} lines in the relay's logs, {personal} hold a login, a name, a password, a secret or a machine's address."
    )?;
    Ok(text)
}

fn of_class(runs: &[Run], class: Class) -> impl Iterator<Item = &Seen> {
    let seen = runs.iter().flat_map(|run| &run.seen);
    seen.filter(move |seen| seen.class == class)
}

fn median(seen: &[&Seen], figure: impl Fn(&Seen) -> f64) -> f64 {
    let mut figures: Vec<f64> = seen.iter().map(|seen| figure(seen)).collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

fn mebibytes(bytes: u64) -> f64 {
    // The system counts in pages: nothing is lost.
    f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX)) / 1024.0
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Where the section stands, with the empty line after it.
fn place_of(page: &str) -> Option<std::ops::Range<usize>> {
    let start = page.find(HEADING)?;
    let rest = &page[start + HEADING.len()..];
    let end = rest
        .find("\n## ")
        .map_or(page.len(), |end| start + HEADING.len() + end + 1);
    Some(start..end)
}

fn with_section(page: &str, section: &str) -> String {
    match place_of(page) {
        Some(place) => {
            let (before, after) = (&page[..place.start], &page[place.end..]);
            let gap = if after.is_empty() { "" } else { "\n" };
            format!("{before}{section}{gap}{after}")
        }
        None => format!("{}\n\n{section}", page.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_takes_its_own_place_and_leaves_the_rest() {
        let page = "# Measurements\n\n## One\n\nfirst\n";
        let once = with_section(page, "## Hostile load\n\nnew\n");
        assert_eq!(
            once,
            "# Measurements\n\n## One\n\nfirst\n\n## Hostile load\n\nnew\n"
        );
        let before = "# M\n\n## Hostile load\n\nold\n\n## Two\n\nsecond\n";
        assert_eq!(
            with_section(before, "## Hostile load\n\nnew\n"),
            "# M\n\n## Hostile load\n\nnew\n\n## Two\n\nsecond\n"
        );
    }
}
