//! Words and names that do not belong into sources.

use crate::tree::{everything, files, files_if_any};
use crate::{none, rust};

/// File names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 7] = ["utils", "util", "helpers", "helper", "common", "misc", "types"];

/// Code that says the work is not done, or a test is not run.
const UNDONE: [&str; 4] = ["todo!", "unimplemented!", "#[ignore", "#[should_panic"];

/// Starts of paths that exist on one machine alone; taken apart, so that this file may hold them.
const MACHINE_PATHS: [&str; 5] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("C:\\", "Users"),
];

/// Addresses the front end may name: namespaces, which nobody visits, this very machine, and where whoever builds
/// the site is told to get the compiler.
const ADDRESSES: [&str; 4] = ["www.w3.org/", "localhost", "127.0.0.1", "rustup.rs"];

#[test]
fn nothing_is_left_undone() {
    let mut problems = Vec::new();
    for folder in ["shared", "server", "frontend", "tests"] {
        for file in files(folder, "rs") {
            let code = rust::read(&file.text).code;
            for (line, text) in (1..).zip(code.lines()) {
                problems.extend(
                    UNDONE
                        .iter()
                        .filter(|word| text.contains(**word))
                        .map(|word| file.at(line, word)),
                );
            }
        }
    }
    none(problems);
}

#[test]
fn files_are_named_after_what_is_in_them() {
    let mut problems = Vec::new();
    for file in everything(".") {
        let parts: Vec<&str> = file.path.split('/').collect();
        let says_nothing = |part: &&str| EMPTY_NAMES.contains(&part.split('.').next().unwrap_or_default());
        if parts.iter().any(says_nothing) {
            problems.push(format!("{}: the name says nothing of what is inside", file.path));
        }
        if parts.last() == Some(&"mod.rs") {
            problems.push(format!("{}: a module foo is foo.rs and foo/", file.path));
        }
    }
    none(problems);
}

#[test]
fn no_path_of_one_machine_is_named() {
    let mut problems = Vec::new();
    for file in everything(".") {
        for (line, text) in (1..).zip(file.text.lines()) {
            let named = MACHINE_PATHS.iter().filter(|path| begins_a_path(text, path));
            problems.extend(named.map(|path| file.at(line, &format!("{path} exists on one machine alone"))));
        }
    }
    none(problems);
}

#[test]
fn the_app_needs_nothing_from_another_origin() {
    let mut problems = Vec::new();
    let endings = ["rs", "html", "css", "js", "json", "svg", "webmanifest"];
    assert!(!files("frontend", "rs").is_empty());
    for file in endings.iter().flat_map(|ending| files_if_any("frontend", ending)) {
        for (line, text) in (1..).zip(file.text.lines()) {
            problems.extend(addresses(text).map(|address| file.at(line, &format!("names {address}"))));
        }
    }
    none(problems);
}

/// Whether such a path begins in this line, and is not part of a longer one.
fn begins_a_path(line: &str, path: &str) -> bool {
    line.match_indices(path)
        .any(|(at, _)| !line[..at].ends_with(|sign: char| sign.is_alphanumeric() || "._-*}".contains(sign)))
}

/// Addresses in a line that the front end may not name.
fn addresses(line: &str) -> impl Iterator<Item = &str> {
    ["http://", "https://"].into_iter().flat_map(move |scheme| {
        line.match_indices(scheme).filter_map(move |(at, _)| {
            let host = &line[at + scheme.len()..];
            let is_address = host.starts_with(|sign: char| sign.is_alphanumeric());
            let is_allowed = ADDRESSES.iter().any(|allowed| host.starts_with(allowed));
            let length = host
                .find(|sign: char| sign.is_whitespace() || "\"'`<>)".contains(sign))
                .unwrap_or(host.len());
            (is_address && !is_allowed).then(|| &line[at..at + scheme.len() + length])
        })
    })
}

#[test]
fn addresses_are_told_from_namespaces_and_bare_schemes() {
    let found = |line| addresses(line).collect::<Vec<_>>();
    assert_eq!(
        found("src=\"https://cdn.example.org/x.js\""),
        ["https://cdn.example.org/x.js"]
    );
    assert_eq!(
        found("xmlns='http://www.w3.org/2000/svg' http://127.0.0.1:8080 \"https://\""),
        Vec::<&str>::new()
    );
}

#[test]
fn a_path_of_a_machine_is_told_from_a_part_of_one() {
    let [work, ..] = MACHINE_PATHS;
    assert!(begins_a_path(&format!("see {work}main"), work));
    assert!(!begins_a_path(&format!("see docs{work}main"), work));
}
