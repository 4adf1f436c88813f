//! Who may name whom: `pages → hooks → store → shared ← server`, and who alone knows browser and Automerge.

use crate::tree::{File, files};
use crate::{none, rust};

/// Names, where they may stand, and where they are looked for.
struct Rule {
    names: &'static [&'static str],
    within: &'static str,
    except: &'static [&'static str],
    why: &'static str,
}

const RULES: [Rule; 11] = [
    Rule {
        names: &["web_sys", "js_sys", "gloo"],
        within: "frontend/src",
        except: &["frontend/src/browser"],
        why: "only browser/ names the browser's interfaces",
    },
    Rule {
        names: &["automerge"],
        within: "shared/src",
        except: &["shared/src/ledger", "shared/src/guard"],
        why: "only ledger and guard name Automerge",
    },
    Rule {
        names: &["automerge"],
        within: "server/src",
        except: &[],
        why: "the relay knows changes only through shared",
    },
    Rule {
        names: &["automerge"],
        within: "frontend/src",
        except: &[],
        why: "the app knows changes only through shared",
    },
    Rule {
        names: &["Rules"],
        within: "shared/src/sync",
        except: &[],
        why: "whoever judges by fewer rules than all is the loop that tries them",
    },
    Rule {
        names: &["Rules"],
        within: "server/src",
        except: &[],
        why: "the relay judges by all rules",
    },
    Rule {
        names: &["Rules"],
        within: "frontend/src",
        except: &[],
        why: "the app judges by all rules",
    },
    Rule {
        names: &["store"],
        within: "frontend/src/components",
        except: &[],
        why: "components do not know there is a store",
    },
    Rule {
        names: &["components", "pages", "hooks"],
        within: "frontend/src/store",
        except: &[],
        why: "the store does not know who watches it",
    },
    Rule {
        names: &["pages"],
        within: "frontend/src/hooks",
        except: &[],
        why: "hooks serve pages, not the other way round",
    },
    Rule {
        names: &["pages"],
        within: "frontend/src/components",
        except: &[],
        why: "components are parts of pages",
    },
];

#[test]
fn modules_name_only_what_they_may() {
    let mut problems = Vec::new();
    for rule in RULES {
        let mut files = files_of(rule.within);
        if files.is_empty() {
            problems.push(format!(
                "{} is not there: a rule over nothing would hold for ever",
                rule.within
            ));
        }
        files.retain(|file| !rule.except.iter().any(|place| file.is_in(place)));
        for file in files {
            for (line, _, name) in rust::names(&rust::read(&file.text).code) {
                if rule.names.contains(&name) {
                    problems.push(file.at(line, &format!("names {name}, but {}", rule.why)));
                }
            }
        }
    }
    none(problems);
}

#[test]
fn the_relay_and_the_app_do_not_name_each_other() {
    let mut problems = Vec::new();
    for (within, other) in [("server/src", "frontend"), ("frontend/src", "server")] {
        for file in files(within, "rs") {
            problems.extend(
                paths_into(&file, other)
                    .into_iter()
                    .map(|line| file.at(line, &format!("names the crate {other}"))),
            );
        }
    }
    for (manifest, other) in [
        ("server", "frontend"),
        ("frontend", "server"),
        ("shared", "server"),
        ("shared", "frontend"),
    ] {
        let manifest = manifest_of(manifest);
        let depends = manifest
            .text
            .lines()
            .any(|line| line.split(['.', ' ', '=']).next() == Some(other));
        if depends {
            problems.push(format!("{} depends on {other}", manifest.path));
        }
    }
    none(problems);
}

#[test]
fn the_relay_knows_the_bundler_only_where_that_feature_is_on() {
    let manifest = manifest_of("server").text;
    let dependency = manifest
        .lines()
        .find(|line| line.starts_with("bundle = {"))
        .unwrap_or_default();
    assert!(
        dependency.contains("optional = true"),
        "the bundler must be optional: {dependency}"
    );
    let mut problems = Vec::new();
    for file in files("server/src", "rs") {
        let is_behind_feature = file.text.contains("feature = \"bundle\"");
        if let (Some(line), false) = (paths_into(&file, "bundle").first(), is_behind_feature) {
            problems.push(file.at(*line, "names the bundler without its feature"));
        }
    }
    none(problems);
}

/// The file of a module and those in its folder.
fn files_of(module: &str) -> Vec<File> {
    let (parent, _) = module.rsplit_once('/').expect("modules lie in folders");
    let mut files = files(parent, "rs");
    files.retain(|file| file.is_in(module));
    files
}

fn manifest_of(folder: &str) -> File {
    let path = format!("{folder}/Cargo.toml");
    files(folder, "toml")
        .into_iter()
        .find(|file| file.path == path)
        .expect("every crate has a manifest")
}

/// The lines with a path that begins with this crate.
fn paths_into(file: &File, name: &str) -> Vec<usize> {
    let code = rust::read(&file.text).code;
    let leads = |start: usize| code[start + name.len()..].starts_with("::") && !code[..start].ends_with("::");
    rust::names(&code)
        .filter(|(_, start, found)| *found == name && leads(*start))
        .map(|(line, ..)| line)
        .collect()
}

#[test]
fn a_path_into_a_crate_is_told_from_a_module_of_that_name() {
    let file = File {
        path: "x.rs".into(),
        text: "use crate::server::A;\nuse server::B;\nlet server = 1;".into(),
    };
    assert_eq!(paths_into(&file, "server"), [2]);
}
