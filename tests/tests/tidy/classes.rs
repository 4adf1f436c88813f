//! Every class that is named in the app has its style, and every style its use.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{files, files_if_any};
use crate::{none, rust, styles};

/// Classes in the markup that need no style of their own, each with the reason.
const NEED_NO_STYLE: [(&str, &str); 0] = [];

/// Classes in the style sheets whose names are put together at run time, each with the reason.
const MADE_AT_RUN_TIME: [(&str, &str); 0] = [];

#[test]
fn every_class_in_the_markup_has_a_style() {
    let Some(styled) = styled() else { return };
    let mut problems = Vec::new();
    for file in files("frontend/src", "rs") {
        for (line, class) in classes_in_rust(&file.text) {
            if !styled.contains_key(&class) && !NEED_NO_STYLE.iter().any(|(allowed, _)| *allowed == class) {
                problems.push(file.at(line, &format!("class {class} has no style")));
            }
        }
    }
    none(problems);
}

#[test]
fn every_style_is_used() {
    let Some(styled) = styled() else { return };
    let mut said = BTreeSet::new();
    for file in files("frontend/src", "rs") {
        // A class may be handed on as a value: any string that holds it as a word counts.
        for (_, _, string) in rust::read(&file.text).strings {
            said.extend(string.split_whitespace().map(str::to_owned));
        }
    }
    for file in files_if_any("frontend", "html")
        .into_iter()
        .chain(files_if_any("frontend", "js"))
    {
        said.extend(file.text.split(|sign: char| !is_part(sign)).map(str::to_owned));
    }
    let is_unused =
        |class: &str| !said.contains(class) && !MADE_AT_RUN_TIME.iter().any(|(made, _)| *made == class);
    let unused = styled.iter().filter(|(class, _)| is_unused(class));
    none(
        unused
            .map(|(class, at)| format!("{at}: nothing has class {class}"))
            .collect(),
    );
}

/// Every class that has a style, with where; nothing while there are no style sheets.
fn styled() -> Option<BTreeMap<String, String>> {
    let sheets = files_if_any("frontend/styles", "css");
    let mut styled = BTreeMap::new();
    for file in &sheets {
        for (line, _, head) in styles::blocks(&styles::plain(&file.text)) {
            for class in classes_in_selector(&head) {
                styled
                    .entry(class)
                    .or_insert_with(|| format!("{}:{line}", file.path));
            }
        }
    }
    (!sheets.is_empty()).then_some(styled)
}

fn classes_in_selector(head: &str) -> Vec<String> {
    if head.starts_with('@') {
        return Vec::new();
    }
    let names = head
        .split('.')
        .skip(1)
        .map(|rest| rest.split(|sign| !is_part(sign)).next().unwrap_or_default());
    names
        .filter(|name| name.starts_with(|sign: char| sign.is_ascii_alphabetic()))
        .map(str::to_owned)
        .collect()
}

/// Classes in `class="…"`, `class={"…"}` and `classes!(…)`.
fn classes_in_rust(text: &str) -> Vec<(usize, String)> {
    let source = rust::read(text);
    let mut found = Vec::new();
    for (line, at, string) in &source.strings {
        let before = source.code[..*at].trim_end_matches('"').trim_end();
        let is_attribute = before.ends_with("class=") || before.ends_with("class={");
        if is_attribute || is_in_classes(before) {
            found.extend(string.split_whitespace().map(|class| (*line, class.to_owned())));
        }
    }
    found
}

/// Whether the bracket of a `classes!(` is still open here.
fn is_in_classes(before: &str) -> bool {
    let Some(at) = before.rfind("classes!(") else {
        return false;
    };
    let mut depth = 0;
    for sign in before[at + "classes!".len()..].chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return false;
        }
    }
    // What is compared or looked up in there is no class.
    !before.ends_with("==") && !before.ends_with("!=")
}

fn is_part(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '-' || sign == '_'
}

#[test]
fn classes_are_found_where_markup_names_them() {
    let text = r#"html! { <li class="row row--last" id="x"><b class={classes!("b", done.then_some("b--done"))}>{ "text" }</b></li> }"#;
    let found: Vec<_> = classes_in_rust(text)
        .into_iter()
        .map(|(_, class)| class)
        .collect();
    assert_eq!(found, ["row", "row--last", "b", "b--done"]);
    assert_eq!(
        classes_in_selector(".grid > .row:not(.row--last)::before, a.link"),
        ["grid", "row", "row--last", "link"]
    );
    assert_eq!(classes_in_selector("@media (width > .5px)"), Vec::<String>::new());
}
