//! Files stay short enough to be read at once.

use crate::none;
use crate::tree::everything;

/// How many lines a source has at most.
const MOST_LINES: usize = 300;

/// Longer files, each with the reason.
const LONG_FILES: [(&str, &str); 5] = [
    (
        "shared/src/sheet/tests.rs",
        "one branch, looked at from every side",
    ),
    (
        "frontend/src/grid/draft.rs",
        "what is offered moves into a file of its own next",
    ),
    ("frontend/src/i18n/english.rs", "one line for each message"),
    (
        "frontend/src/pages/appraisal.rs",
        "the binding of schemes moves into a file of its own next",
    ),
    (
        "frontend/src/pages/ledger/pane.rs",
        "one component with all that lies round a grid",
    ),
];

/// What endings sources have.
const SOURCES: [&str; 4] = [".rs", ".css", ".js", ".html"];

#[test]
fn no_source_is_long_without_a_reason() {
    let mut problems = Vec::new();
    for folder in ["shared", "server", "frontend", "tests"] {
        let files = everything(folder);
        assert!(
            !files.is_empty(),
            "no file in {folder}: a rule over nothing would hold for ever"
        );
        for file in files
            .iter()
            .filter(|file| SOURCES.iter().any(|ending| file.path.ends_with(ending)))
        {
            let lines = file.text.lines().count();
            let is_listed = LONG_FILES.iter().any(|(path, _)| *path == file.path);
            if lines > MOST_LINES && !is_listed {
                problems.push(format!("{} has {lines} lines and no reason", file.path));
            } else if lines <= MOST_LINES && is_listed {
                problems.push(format!(
                    "{} has only {lines} lines and needs no reason",
                    file.path
                ));
            }
        }
    }
    none(problems);
}

#[test]
fn every_reason_belongs_to_a_file() {
    let gone = |path: &str| everything(".").iter().all(|file| file.path != path);
    none(
        LONG_FILES
            .iter()
            .filter(|(path, _)| gone(path))
            .map(|(path, _)| format!("{path} is listed and gone"))
            .collect(),
    );
}
