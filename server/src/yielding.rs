//! Threads whose work may wait for everybody else's.

/// How nice such a thread is: a tenth of the time where somebody else wants the core. At the lowest priority nobody could
/// sign in while another program of the machine is busy.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Has the calling thread stand back. Where a system cannot do that it is one thread among others.
pub(crate) fn stand_back() {
    // Priorities belong to threads on Linux alone, and no process named means the calling thread there.
    #[cfg(target_os = "linux")]
    if let Err(problem) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%problem, "a thread keeps its priority");
    }
}
