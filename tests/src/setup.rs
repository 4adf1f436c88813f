//! What a machine needs for the browser tests, installed where it is missing and the machine lets us.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::place;

/// The one line that installs what the browser tests need.
pub const LINE_TO_TYPE: &str = "sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium chromium-driver fonts-noto-cjk libnss3-tools";

/// The packages of that line.
const PACKAGES: [&str; 4] = ["chromium", "chromium-driver", "fonts-noto-cjk", "libnss3-tools"];

/// What a Chromium may be called.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// What its driver may be called.
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];

/// Where packages put them, besides what is on the path.
const FOLDERS: [&str; 4] = [
    "/usr/bin",
    "/usr/lib/chromium",
    "/usr/lib/chromium-browser",
    "/snap/bin",
];

/// Fonts that tell us, where there is no `fc-list`, that Chinese can be shown.
const FONTS: [&str; 3] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
];

/// Where the browser and its driver lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserPaths {
    /// Chromium.
    pub chromium: PathBuf,
    /// ChromeDriver of the same version.
    pub driver: PathBuf,
    /// The tool that has a browser trust an authority.
    pub certutil: PathBuf,
}

/// Why the browser tests cannot run on this machine.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// Something is missing, and only a person may install it.
    #[error("the browser tests need {missing}; type: {LINE_TO_TYPE}")]
    Missing {
        /// What is missing.
        missing: String,
    },
    /// Installing was tried and did not help.
    #[error("the browser tests need {missing}, and installing failed ({why}); type: {LINE_TO_TYPE}")]
    NotInstalled {
        /// What is missing.
        missing: String,
        /// What the package manager said last.
        why: String,
    },
}

/// The browser of this machine, installed first where it is missing and may be.
///
/// # Errors
///
/// When something is missing and cannot be installed; the error holds the line to type.
pub fn browser() -> Result<&'static BrowserPaths, SetupError> {
    static FOUND: OnceLock<Result<BrowserPaths, SetupError>> = OnceLock::new();
    FOUND.get_or_init(find_or_install).as_ref().map_err(Clone::clone)
}

fn find_or_install() -> Result<BrowserPaths, SetupError> {
    let missing = match look() {
        Ok(found) => return Ok(found),
        Err(missing) => missing,
    };
    if !may_install() {
        return Err(SetupError::Missing { missing });
    }
    let failed = |why: String| SetupError::NotInstalled {
        missing: missing.clone(),
        why,
    };
    // Several test binaries may come here at once; the first installs, the others find.
    let _alone = place::alone("browser-setup").map_err(|problem| failed(problem.to_string()))?;
    if let Ok(found) = look() {
        return Ok(found);
    }
    apt_get(&["update"]).map_err(&failed)?;
    apt_get(&[&["install", "-y", "--no-install-recommends"][..], &PACKAGES].concat()).map_err(&failed)?;
    look().map_err(|still| failed(format!("{still} still missing")))
}

/// Finds them all, or says which are missing.
fn look() -> Result<BrowserPaths, String> {
    let mut missing = Vec::new();
    let chromium = program(&BROWSERS)
        .ok_or_else(|| missing.push("Chromium"))
        .unwrap_or_default();
    let driver = program(&DRIVERS)
        .ok_or_else(|| missing.push("ChromeDriver"))
        .unwrap_or_default();
    let certutil = program(&["certutil"])
        .ok_or_else(|| missing.push("certutil"))
        .unwrap_or_default();
    if !has_chinese_font() {
        missing.push("a Chinese font");
    }
    if missing.is_empty() {
        Ok(BrowserPaths {
            chromium,
            driver,
            certutil,
        })
    } else {
        Err(missing.join(" and "))
    }
}

fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path)
        .chain(FOLDERS.iter().map(PathBuf::from))
        .collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

fn has_chinese_font() -> bool {
    let listed = Command::new("fc-list")
        .args([":lang=zh-cn", "file"])
        .stderr(Stdio::null())
        .output();
    match listed {
        Ok(output) if output.status.success() => !output.stdout.is_empty(),
        _ => FONTS.iter().any(|font| Path::new(font).is_file()),
    }
}

fn may_install() -> bool {
    rustix::process::geteuid().is_root() && program(&["apt-get"]).is_some()
}

fn apt_get(arguments: &[&str]) -> Result<(), String> {
    let ran: io::Result<_> = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .output();
    match ran {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said
                .lines()
                .rfind(|line| !line.trim().is_empty())
                .unwrap_or("it said nothing");
            Err(format!("apt-get {}: {last}", arguments[0]))
        }
        Err(problem) => Err(format!("apt-get: {problem}")),
    }
}
