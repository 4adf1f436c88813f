//! Writes down for people who may do what (`docs/rights.md`) and what a row goes through (`docs/transitions.md`).

use std::path::Path;

fn main() -> std::io::Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    std::fs::write(docs.join("rights.md"), shared::access::matrix())?;
    std::fs::write(docs.join("transitions.md"), shared::ledger::life::page())
}
