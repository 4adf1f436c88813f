//! Turns the front end into a folder of static files: module, glue, styles, page and service worker of one build.
//!
//! Knows nothing of who serves them.

mod assets;
mod bindings;
mod compile;
mod compress;
mod error;
mod inputs;
mod request;
mod site;
mod stamp;
mod styles;
mod template;
mod toolchain;

use std::fs;
use std::path::Path;

pub use compile::build_wasm_tests;
pub use compress::FileSize;
pub use error::BundleError;
pub use request::{Profile, Report, Request};

use error::Doing;
use stamp::Stamp;

/// Makes sure that `request.out` holds the site for the sources as they are now.
///
/// Does nothing beyond reading the sources when it already does. The folder is swapped in as a whole, so
/// a site that is half written is never served; of two processes at once the second waits.
///
/// # Errors
///
/// Fails when the target for WebAssembly is missing and cannot be added, the front end does not compile,
/// or a file cannot be read or written.
pub fn ensure_built(request: &Request) -> Result<Report, BundleError> {
    let request = &request.absolute()?;
    let _lock = lock(&request.target_dir)?;

    let inputs = inputs::fingerprint(request)?;
    if let Some(report) = Stamp::read(&request.out).and_then(|stamp| stamp.still_true(&inputs, &request.out))
    {
        return Ok(report);
    }

    toolchain::ensure_target(&request.workspace)?;
    let module = compile::frontend(request)?;
    let bindings = bindings::generate(&module, request)?;
    let site = site::assemble(&request.workspace, bindings, request.label.as_deref())?;
    let files = site::write(&site, request)?;
    let report = Report {
        build: site.build,
        files,
        fresh: true,
    };
    Stamp::of(inputs, &report).write(&request.out)?;
    Ok(report)
}

/// Held until dropped; whoever comes second waits here.
fn lock(target_dir: &Path) -> Result<fs::File, BundleError> {
    fs::create_dir_all(target_dir).doing("make", target_dir)?;
    let path = target_dir.join("bundle.lock");
    let file = fs::File::create(&path).doing("open", &path)?;
    file.lock().doing("lock", &path)?;
    Ok(file)
}
