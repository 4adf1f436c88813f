//! The files of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are not sources.
const NOT_SOURCES: [&str; 2] = ["target", ".git"];

/// The folder of the store that `cargo run` makes in the workspace.
const STORE: &str = "data";

/// What text files end in; anything else is not read.
const TEXT: [&str; 15] = [
    "rs",
    "toml",
    "md",
    "css",
    "html",
    "js",
    "json",
    "svg",
    "webmanifest",
    "yml",
    "yaml",
    "sh",
    "lock",
    "service",
    "txt",
];

/// One file: its path from the workspace on, with `/` between, and its text.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// Whether the file is `place.rs` or lies in the folder `place`.
    pub(crate) fn is_in(&self, place: &str) -> bool {
        let rest = self.path.strip_prefix(place);
        rest.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }

    /// A problem in this file, at a line counted from 1.
    pub(crate) fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// Every text file below a folder of the workspace; that there is one is part of every rule.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<File> {
    let files = files_if_any(folder, ending);
    assert!(
        !files.is_empty(),
        "no file {folder}/**.{ending}: a rule over nothing would hold for ever"
    );
    files
}

/// As [`files`], where there may be none yet.
pub(crate) fn files_if_any(folder: &str, ending: &str) -> Vec<File> {
    let mut all = everything(folder);
    all.retain(|file| file.path.ends_with(&format!(".{ending}")));
    all
}

/// The workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace")
}

/// Every text file below a folder; `.` is the workspace.
pub(crate) fn everything(folder: &str) -> Vec<File> {
    let root = root();
    let mut paths = Vec::new();
    walk(&root.join(folder), &mut paths);
    paths.retain(|path| !path.starts_with(root.join(STORE)));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        // Files without an ending, such as scripts, are read where they are text.
        let is_text = path
            .extension()
            .is_none_or(|ending| TEXT.iter().any(|text| ending == *text));
        let text = if is_text {
            fs::read_to_string(&path).ok()?
        } else {
            return None;
        };
        Some(File {
            path: name.trim_start_matches("./").to_owned(),
            text,
        })
    };
    paths.into_iter().filter_map(read).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if !path.is_dir() {
            found.push(path);
        } else if !NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
            walk(&path, found);
        }
    }
}
