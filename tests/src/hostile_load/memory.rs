//! What a process holds in memory and how long it has worked, as the kernel counts it.

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// Memory of a process in bytes, its program's own pages aside: those come in from the file as they are first run, in a
/// debug build tens of megabytes of them, and are nobody's doing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    /// Now.
    pub(super) resident: u64,
    /// The most since [`forget_peak`].
    pub(super) highest: u64,
}

pub(super) fn now(pid: u32) -> Result<Held> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).context("the relay runs")?;
    let bytes = |name: &str| -> Result<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        Ok(kilobytes.with_context(|| format!("no {name} in the status"))? * 1_024)
    };
    let program = bytes("RssFile:")?;
    Ok(Held {
        resident: bytes("VmRSS:")?.saturating_sub(program),
        highest: bytes("VmHWM:")?.saturating_sub(program),
    })
}

/// What Linux counts processor time in towards programs, on every machine.
const TICKS_PER_SECOND: u64 = 100;

/// The processor time a process has taken, all its threads together.
pub(super) fn worked(pid: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).context("the relay runs")?;
    // The name before them may itself hold spaces and brackets.
    let (_, fields) = stat.rsplit_once(')').context("a name in brackets")?;
    let fields: Vec<u64> = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let milliseconds = fields.iter().sum::<u64>() * 1_000 / TICKS_PER_SECOND;
    Ok(Duration::from_millis(milliseconds))
}

/// Has the kernel count the peak anew.
pub(super) fn forget_peak(pid: u32) -> Result<()> {
    fs::write(format!("/proc/{pid}/clear_refs"), "5").context("the kernel lets a peak be counted anew")
}
