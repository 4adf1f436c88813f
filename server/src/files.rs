//! How many files the process may have open: every connection is one.

/// Takes as many as the system lets this process have, and says so where those are too few.
#[cfg(target_os = "linux")]
pub(crate) fn take_all() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use shared::limit::OPEN_FILES;

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: maximum,
        maximum,
    };
    if current != maximum
        && let Err(problem) = setrlimit(Resource::Nofile, all)
    {
        tracing::warn!(%problem, "cannot raise the limit of open files");
    }
    let Some(files) = getrlimit(Resource::Nofile).current else {
        return;
    };
    if files < OPEN_FILES {
        tracing::warn!(
            files,
            wanted = OPEN_FILES,
            "the system lets the relay open too few files for all connections it would take: raise LimitNOFILE, or ulimit -n"
        );
    }
}

/// Other systems are for trying the relay out, and their files last for that.
#[cfg(not(target_os = "linux"))]
pub(crate) fn take_all() {}

#[cfg(test)]
mod tests {
    use shared::limit::OPEN_FILES;

    #[test]
    fn the_service_in_the_package_may_open_enough() {
        let service = include_str!("command/taizhang.service");
        let may = service.lines().find_map(|line| line.strip_prefix("LimitNOFILE="));
        assert!(may.unwrap().parse::<u64>().unwrap() >= OPEN_FILES);
    }
}
