//! What a caller asks for, and what it is told.

use std::path::PathBuf;

use crate::compress::FileSize;
use crate::error::{BundleError, Doing};

/// Which site to build, from where, to where.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder with the root `Cargo.toml`.
    pub workspace: PathBuf,
    /// Where the nested cargo builds: never the folder of the cargo that runs us, they would wait for each other.
    pub target_dir: PathBuf,
    /// The folder that will hold the site, and nothing else.
    pub out: PathBuf,
    /// How much work goes into size.
    pub profile: Profile,
    /// Makes another build of the same sources; the version that the app reports ends in it.
    pub label: Option<String>,
}

/// How a site is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As a package ships it: link-time optimisation, no names, Brotli at its best.
    Site,
    /// As `cargo run` and the tests use it: the same speed class, built in a fraction of the time.
    SiteTest,
}

/// What was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Names this build: equal contents have equal names.
    pub build: String,
    /// Every file of the site, by name, without the compressed copies.
    pub files: Vec<FileSize>,
    /// Whether anything had to be done.
    pub fresh: bool,
}

impl Profile {
    /// The profile's name in the root `Cargo.toml`.
    pub(crate) const fn cargo_name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::SiteTest => "site-test",
        }
    }

    /// From 0 to 11; the last two steps gain a tenth and cost ten times the time.
    pub(crate) const fn brotli_quality(self) -> i32 {
        match self {
            Self::Site => 11,
            Self::SiteTest => 9,
        }
    }
}

impl Request {
    /// The same with absolute paths, since the nested cargo runs in another folder.
    pub(crate) fn absolute(&self) -> Result<Self, BundleError> {
        let absolute = |path: &PathBuf| std::path::absolute(path).doing("find", path);
        Ok(Self {
            workspace: absolute(&self.workspace)?,
            target_dir: absolute(&self.target_dir)?,
            out: absolute(&self.out)?,
            ..self.clone()
        })
    }
}
