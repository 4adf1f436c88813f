//! The note beside a site that says what it was made from.
//!
//! It lies beside the folder, not in it: the relay serves everything inside.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::compress::FileSize;
use crate::error::{BundleError, Doing};
use crate::request::Report;

/// What a site was made from, and what came out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    inputs: String,
    report: Report,
}

impl Stamp {
    /// Notes that `report` came out of `inputs`.
    pub(crate) fn of(inputs: String, report: &Report) -> Self {
        Self {
            inputs,
            report: Report {
                fresh: false,
                ..report.clone()
            },
        }
    }

    /// The stamp beside `out`; none when there is none that can be read, and then it is built again.
    pub(crate) fn read(out: &Path) -> Option<Self> {
        parse(&serde_json::from_slice(&fs::read(path(out)).ok()?).ok()?)
    }

    /// What was built, if `inputs` have not changed and every file is still there.
    pub(crate) fn still_true(self, inputs: &str, out: &Path) -> Option<Report> {
        let there = |file: &FileSize| {
            fs::metadata(out.join(&file.name)).is_ok_and(|metadata| metadata.len() == file.raw)
        };
        (self.inputs == inputs && self.report.files.iter().all(there)).then_some(self.report)
    }

    /// Writes the stamp beside `out`.
    pub(crate) fn write(&self, out: &Path) -> Result<(), BundleError> {
        let files = self.report.files.iter().map(
            |file| json!({ "name": file.name, "raw": file.raw, "gzip": file.gzip, "brotli": file.brotli }),
        );
        let files: Vec<_> = files.collect();
        let stamp = json!({ "inputs": self.inputs, "build": self.report.build, "files": files });
        let path = path(out);
        fs::write(&path, format!("{stamp:#}\n")).doing("write", &path)
    }
}

/// Removes the stamp beside `out`, before the folder is touched.
pub(crate) fn remove(out: &Path) -> Result<(), BundleError> {
    let path = path(out);
    if path.exists() {
        fs::remove_file(&path).doing("remove", &path)
    } else {
        Ok(())
    }
}

/// The site's folder, with an ending.
fn path(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".stamp.json");
    PathBuf::from(name)
}

fn parse(stamp: &Value) -> Option<Stamp> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let file = |file: &Value| {
        Some(FileSize {
            name: text(&file["name"])?,
            raw: file["raw"].as_u64()?,
            gzip: file["gzip"].as_u64()?,
            brotli: file["brotli"].as_u64()?,
        })
    };
    let files = stamp["files"]
        .as_array()?
        .iter()
        .map(file)
        .collect::<Option<_>>()?;
    let report = Report {
        build: text(&stamp["build"])?,
        files,
        fresh: false,
    };
    Some(Stamp {
        inputs: text(&stamp["inputs"])?,
        report,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf, Report) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site.v1");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("index.html"), "page").unwrap();
        let file = FileSize {
            name: "index.html".into(),
            raw: 4,
            gzip: 24,
            brotli: 8,
        };
        (
            folder,
            out,
            Report {
                build: "b1".into(),
                files: vec![file],
                fresh: true,
            },
        )
    }

    #[test]
    fn an_unchanged_site_is_reported_as_it_was() {
        let (_folder, out, report) = site();
        Stamp::of("inputs".into(), &report).write(&out).unwrap();
        let again = Stamp::read(&out).unwrap().still_true("inputs", &out);
        assert_eq!(
            again,
            Some(Report {
                fresh: false,
                ..report
            })
        );
    }

    #[test]
    fn changed_inputs_or_a_missing_file_end_a_stamp() {
        let (_folder, out, report) = site();
        Stamp::of("inputs".into(), &report).write(&out).unwrap();
        assert_eq!(Stamp::read(&out).unwrap().still_true("others", &out), None);
        fs::remove_file(out.join("index.html")).unwrap();
        assert_eq!(Stamp::read(&out).unwrap().still_true("inputs", &out), None);
    }

    #[test]
    fn a_damaged_stamp_counts_as_none() {
        let (_folder, out, report) = site();
        Stamp::of("inputs".into(), &report).write(&out).unwrap();
        fs::write(path(&out), "{\"inputs\":").unwrap();
        assert_eq!(Stamp::read(&out), None);
        remove(&out).unwrap();
        remove(&out).unwrap();
        assert_eq!(Stamp::read(&out), None);
    }
}
