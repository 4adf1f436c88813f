//! One folder with everything a server needs.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::{say, workspace};

pub(super) fn package(folder: &Path) -> anyhow::Result<()> {
    let Some(workspace) = workspace::folder() else {
        bail!("only the workspace can be packaged: cargo run --release -- package DIR");
    };
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    if fs::read_dir(folder)?.next().is_some() {
        bail!("{} is not empty", folder.display());
    }
    site(&workspace, &folder.join("site"))?;
    let program = std::env::current_exe().context("cannot find this program")?;
    fs::copy(program, folder.join("taizhang")).context("cannot copy this program")?;
    fs::write(
        folder.join("taizhang.example.toml"),
        include_str!("taizhang.example.toml"),
    )?;
    fs::write(folder.join("taizhang.service"), include_str!("taizhang.service"))?;
    say(&format!("台账 Taizhang → {}", folder.display()));
    Ok(())
}

/// Builds the site for a package and copies it: the folder it is built in holds nothing else and is swapped whole.
#[cfg(feature = "bundle")]
fn site(workspace: &Path, to: &Path) -> anyhow::Result<()> {
    let target_dir = workspace.join("target/site");
    let out = target_dir.join("package");
    bundle::ensure_built(&bundle::Request {
        workspace: workspace.to_owned(),
        target_dir,
        out: out.clone(),
        profile: bundle::Profile::Site,
        label: None,
    })?;
    copy(&out, to)
}

#[cfg(not(feature = "bundle"))]
fn site(_workspace: &Path, _to: &Path) -> anyhow::Result<()> {
    bail!("this program was built without the feature `bundle`")
}

#[cfg(feature = "bundle")]
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        // The bundler's own notes start with a dot and are not served.
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
