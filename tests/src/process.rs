//! Ending processes that the harness started, by their number.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// How long a killed process may take to be gone.
const LAST_BREATH: Duration = Duration::from_secs(5);

/// How long we rest before we look whether it is.
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// Asks a process to end.
pub(crate) fn terminate(pid: u32) {
    signal(pid, Signal::TERM);
}

/// Ends a process and all it has started, at once, and waits until they are gone.
pub(crate) fn kill_tree(pid: u32) {
    // Listed before the root dies: afterwards its children belong to somebody else.
    let mut family = vec![pid];
    let mut known = 0;
    let parents = parents();
    while known < family.len() {
        let parent = family[known];
        family.extend(
            parents
                .iter()
                .filter(|(_, of)| *of == parent)
                .map(|(child, _)| *child),
        );
        known += 1;
    }
    for member in &family {
        signal(*member, Signal::KILL);
    }
    let deadline = Instant::now() + LAST_BREATH;
    while family.iter().any(|member| is_alive(*member)) && Instant::now() < deadline {
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// Whether a process is still at work; one that ended and was not yet waited for is not.
fn is_alive(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| fields(&stat).is_some_and(|(state, _)| state != "Z"))
}

fn signal(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        // It may have ended by itself; then there is nothing left to do.
        kill_process(pid, signal).ok();
    }
}

/// Every process of the machine with its parent.
fn parents() -> Vec<(u32, u32)> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| {
            let pid: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            Some((pid, fields(&stat)?.1))
        })
        .collect()
}

/// State and parent; the name before them may itself hold spaces and brackets.
fn fields(stat: &str) -> Option<(&str, u32)> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?, fields.next()?.parse().ok()?))
}
