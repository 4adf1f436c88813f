//! Runs a module of browser tests with the runner that fits our bindings, in a process of its own: the runner speaks to
//! its output, reads its environment and keeps a server running until the process ends.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
