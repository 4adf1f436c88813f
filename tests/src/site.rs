//! Sites of the app under names of their own, such as an older and a newer version.

use std::path::PathBuf;

use anyhow::Result;
use bundle::{Profile, Request};

use crate::place;

/// The folder of the app built from this tree, which calls itself by the workspace's version and this label.
///
/// # Errors
///
/// When the app does not compile, or its folder cannot be written.
pub async fn labelled(label: &'static str) -> Result<PathBuf> {
    tokio::task::spawn_blocking(move || {
        // Where `cargo run` builds it: sites of several labels have one module.
        let target_dir = place::target_folder()?.join("site");
        let out = target_dir.join(format!("labelled-{label}"));
        bundle::ensure_built(&Request {
            workspace: place::workspace().to_owned(),
            target_dir,
            out: out.clone(),
            profile: Profile::SiteTest,
            label: Some(label.to_owned()),
        })?;
        Ok(out)
    })
    .await?
}
