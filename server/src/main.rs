//! The program `taizhang`.

use std::process::ExitCode;

use clap::Parser as _;
use server::command::Command;
use tikv_jemallocator::Jemalloc;

/// Gives back what a crowd of connections has taken: with the system's allocator a relay that was attacked once keeps
/// that memory for good.
#[global_allocator]
static MEMORY: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    shared::guard::keep_expected_panics_quiet();
    match Command::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let line = format!("{problem:#}").replace('\n', " ");
            // Whoever closed the error output does not want to know.
            std::io::Write::write_all(&mut std::io::stderr(), format!("taizhang: {line}\n").as_bytes()).ok();
            ExitCode::FAILURE
        }
    }
}
