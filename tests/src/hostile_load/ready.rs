//! What this process asks of the system before the load begins.

use rustix::process::{Resource, Rlimit, getrlimit, setpriority_process, setrlimit};

/// The lowest priority of a thread.
const LOWEST: i32 = 19;

/// Gives the calling thread the lowest priority. Where that is not allowed the attackers only get more.
pub(super) fn stand_back() {
    // On Linux priorities belong to threads, and none named means the calling one.
    setpriority_process(None, LOWEST).ok();
}

/// Lets this process open as many sockets as the system allows.
pub(super) fn open_many_files() {
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // What cannot be opened is counted as a status of its own.
    setrlimit(Resource::Nofile, most).ok();
}
