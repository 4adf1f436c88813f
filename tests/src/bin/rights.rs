//! Writes the table of rights down for people: `docs/rights.md`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rights.md");
    std::fs::write(page, shared::access::matrix())
}
