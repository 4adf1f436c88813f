//! A filled store of the demonstration: made once for one build of the relay, copied for each test.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::relay_process::{copy_folder, ready};
use crate::{RelayOptions, RelayProcess, place};

/// Copies the filled store to a folder that does not exist yet.
pub(super) async fn copy_to(folder: &Path) -> Result<()> {
    let binary = tokio::task::spawn_blocking(ready).await??;
    // Another test binary may be filling it, or have a newer relay to fill it with.
    let _alone = tokio::task::spawn_blocking(|| place::alone("story-store")).await??;
    let filled = filled(&binary).await?;
    copy_folder(&filled, folder)
}

async fn filled(binary: &Path) -> Result<PathBuf> {
    let folder = place::target_folder()?.join("stories");
    let (store, stamp) = (folder.join("demo"), folder.join("demo-is-filled"));
    let built = fs::metadata(binary)?.modified()?;
    if written(&stamp).is_some_and(|filled| filled > built) {
        return Ok(store);
    }
    for old in [&store, &stamp] {
        if old.is_dir() {
            fs::remove_dir_all(old)?;
        } else if old.exists() {
            fs::remove_file(old)?;
        }
    }
    fs::create_dir_all(&folder)?;
    let options = RelayOptions::new().binary(binary).demo().data(&store);
    let mut relay = RelayProcess::start(options).await?;
    relay.stop().await.context("the demonstration was filled")?;
    fs::write(&stamp, "")?;
    Ok(store)
}

fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|about| about.modified()).ok()
}
