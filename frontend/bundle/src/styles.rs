//! One style sheet out of many, in the order of their layers.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{BundleError, Doing};
use crate::inputs::files_below;

/// Files and folders of `frontend/styles` in the order in which they are put together.
///
/// `layers.css` declares the order of the layers, so it must come first; a folder's files follow by name.
const ORDER: [&str; 6] = [
    "layers.css",
    "reset.css",
    "tokens.css",
    "base.css",
    "components",
    "pages",
];

/// All style sheets in one; what is missing is left out.
pub(crate) fn concatenate(styles: &Path) -> Result<Vec<u8>, BundleError> {
    let mut sheet = Vec::new();
    for path in in_layer_order(styles)? {
        sheet.extend(fs::read(&path).doing("read", &path)?);
        sheet.push(b'\n');
    }
    Ok(sheet)
}

fn in_layer_order(styles: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let mut paths = Vec::new();
    for part in ORDER {
        paths.extend(files_below(&styles.join(part))?);
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_follow_the_order_of_the_layers_and_then_of_names() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["components", "pages"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        for name in [
            "pages/home.css",
            "components/b.css",
            "components/a.css",
            "tokens.css",
            "layers.css",
            "notes.txt",
        ] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let sheet = String::from_utf8(concatenate(folder.path()).unwrap()).unwrap();
        let names: Vec<_> = sheet.lines().collect();
        assert_eq!(
            names,
            [
                "layers.css",
                "tokens.css",
                "components/a.css",
                "components/b.css",
                "pages/home.css"
            ]
        );
    }

    #[test]
    fn no_styles_make_an_empty_sheet() {
        let folder = tempfile::tempdir().unwrap();
        assert!(concatenate(&folder.path().join("nowhere")).unwrap().is_empty());
    }
}
