//! The JavaScript glue of a module, written by wasm-bindgen, and the module it goes with.

use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::assets::{Assets, digest, read_all};
use crate::error::{BundleError, Doing};
use crate::request::Request;

/// The glue's name before it is hashed.
pub(crate) const GLUE: &str = "app.js";

/// The module's name before it is hashed.
pub(crate) const MODULE: &str = "app_bg.wasm";

/// Glue, module and snippets, by name. What the same module gave last time is taken from there.
pub(crate) fn generate(module: &Path, request: &Request) -> Result<Assets, BundleError> {
    let wasm = fs::read(module).doing("read", module)?;
    let folder = request
        .target_dir
        .join(format!("bindings-{}", request.profile.cargo_name()));
    let key_path = folder.with_extension("key");
    // The module names the version of wasm-bindgen it was made for, so its digest stands for both.
    let key = digest(&wasm);
    if fs::read_to_string(&key_path).is_ok_and(|last| last == key) {
        return read_all(&folder);
    }
    // The key goes first and comes back last: a folder cut short is never taken for a whole one.
    if key_path.exists() {
        fs::remove_file(&key_path).doing("remove", &key_path)?;
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).doing("remove", &folder)?;
    }
    run_bindgen(wasm, &folder)?;
    fs::write(&key_path, key).doing("write", &key_path)?;
    read_all(&folder)
}

fn run_bindgen(wasm: Vec<u8>, folder: &Path) -> Result<(), BundleError> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("app", wasm)
        .typescript(false)
        .omit_default_module_path(true)
        // A panic names its file and line without them, and they weigh a quarter of the module.
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|problem| BundleError::Bindings(format!("{problem:#}")))
}
