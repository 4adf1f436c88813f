//! Finds the app's files, and in the workspace builds them first.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::workspace;

/// The folder to serve: the one named, else the one beside the program, else the one the workspace builds.
pub(super) fn find(named: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    if let Some(folder) = named {
        if !folder.join("index.html").is_file() {
            bail!("there is no app in {}: it has no index.html", folder.display());
        }
        return Ok(folder);
    }
    let program = std::env::current_exe().context("cannot find this program")?;
    let beside = program.with_file_name("site");
    if beside.join("index.html").is_file() {
        return Ok(beside);
    }
    match workspace::folder() {
        Some(workspace) => build(workspace),
        None => bail!(
            "there is no app beside {}: name its folder with --site",
            program.display()
        ),
    }
}

#[cfg(feature = "bundle")]
fn build(workspace: PathBuf) -> anyhow::Result<PathBuf> {
    let target_dir = workspace.join("target/site");
    let out = target_dir.join("dist");
    let profile = bundle::Profile::SiteTest;
    bundle::ensure_built(&bundle::Request {
        workspace,
        target_dir,
        out: out.clone(),
        profile,
        label: None,
    })?;
    Ok(out)
}

#[cfg(not(feature = "bundle"))]
fn build(_workspace: PathBuf) -> anyhow::Result<PathBuf> {
    bail!("this program was built without the feature `bundle`: name the app's folder with --site")
}
