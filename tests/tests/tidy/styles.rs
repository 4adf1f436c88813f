//! Style sheets: colours are tokens, and nothing the floor browser does not know.

use crate::tree::{File, files, files_if_any};
use crate::{none, rust};

/// Rules in braces that hold other rules.
const HOLDS_RULES: [&str; 7] = [
    "@layer",
    "@media",
    "@container",
    "@supports",
    "@keyframes",
    "@-webkit-keyframes",
    "@font-feature-values",
];

/// Ways to write a colour; those that mix tokens hold no colour of their own.
const COLOUR_FUNCTIONS: [&str; 10] = [
    "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color(",
];

/// Names of colours that somebody might reach for.
const COLOUR_NAMES: [&str; 16] = [
    "white",
    "black",
    "red",
    "green",
    "blue",
    "grey",
    "gray",
    "yellow",
    "orange",
    "purple",
    "silver",
    "maroon",
    "navy",
    "crimson",
    "whitesmoke",
    "gold",
];

#[test]
fn colours_stand_in_the_tokens_alone() {
    let mut problems = Vec::new();
    for file in files_if_any("frontend/styles", "css")
        .iter()
        .filter(|file| !file.path.ends_with("/tokens.css"))
    {
        for (line, value) in declarations(&file.text) {
            problems.extend(
                colour(&value).map(|found| file.at(line, &format!("has a colour of its own: {found}"))),
            );
        }
    }
    none(problems);
}

#[test]
fn the_floor_browser_knows_every_construct() {
    let mut problems = Vec::new();
    for file in files_if_any("frontend/styles", "css") {
        let plain = plain(&file.text);
        for (line, text) in (1..).zip(plain.lines()) {
            if text.contains("light-dark(") {
                problems.push(file.at(line, "light-dark() is newer than the floor browser"));
            }
        }
        problems.extend(
            nested(&plain)
                .into_iter()
                .map(|line| file.at(line, "nested rules are newer than the floor browser")),
        );
    }
    none(problems);
}

#[test]
fn no_style_is_written_into_the_markup() {
    let mut problems = Vec::new();
    for file in files("frontend/src", "rs") {
        let code = rust::read(&file.text).code;
        problems.extend(
            attributes(&code, "style")
                .into_iter()
                .map(|line| file.at(line, "style= belongs in a style sheet")),
        );
    }
    for file in files_if_any("frontend", "html") {
        problems.extend(
            attributes(&file.text, "style")
                .into_iter()
                .map(|line| file.at(line, "style= belongs in a style sheet")),
        );
    }
    none(problems);
}

/// The sheet without comments and strings; lines stay lines.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if length == 0 {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            plain.extend(
                rest[..length]
                    .chars()
                    .map(|sign| if sign == '\n' { '\n' } else { ' ' }),
            );
            rest = &rest[length..];
        }
    }
    plain
}

/// What opens each block, with its line and how many style rules it lies in.
pub(crate) fn blocks(plain: &str) -> Vec<(usize, usize, String)> {
    let (mut blocks, mut open, mut since) = (Vec::new(), Vec::new(), 0);
    for (at, sign) in plain.char_indices() {
        match sign {
            '{' => {
                let head = plain[since..at].trim();
                let line = plain[..at].matches('\n').count() + 1;
                let is_style = !HOLDS_RULES.iter().any(|rule| head.starts_with(rule));
                blocks.push((
                    line,
                    open.iter().filter(|is_style| **is_style).count(),
                    head.to_owned(),
                ));
                open.push(is_style);
                since = at + 1;
            }
            '}' => {
                open.pop();
                since = at + 1;
            }
            ';' => since = at + 1,
            _ => {}
        }
    }
    blocks
}

fn nested(plain: &str) -> Vec<usize> {
    blocks(plain)
        .into_iter()
        .filter(|(_, depth, _)| *depth > 0)
        .map(|(line, ..)| line)
        .collect()
}

/// The value of every declaration with its line.
fn declarations(text: &str) -> Vec<(usize, String)> {
    let plain = plain(text);
    let (mut found, mut since) = (Vec::new(), 0);
    for (at, sign) in plain.char_indices() {
        if matches!(sign, '{' | '}' | ';') {
            if sign != '{'
                && let Some((_, value)) = plain[since..at].split_once(':')
            {
                found.push((plain[..at].matches('\n').count() + 1, value.trim().to_owned()));
            }
            since = at + 1;
        }
    }
    found
}

fn colour(value: &str) -> Option<String> {
    let lower = value.to_lowercase();
    let lower = lower.replace("url(#", "url(");
    let words = || {
        lower
            .split(|sign: char| !(sign.is_alphanumeric() || "#-_(".contains(sign)))
            .flat_map(|word| word.split_inclusive('('))
    };
    let is_hex = |word: &str| {
        word.strip_prefix('#')
            .is_some_and(|digits| digits.len() >= 3 && digits.chars().all(|digit| digit.is_ascii_hexdigit()))
    };
    words()
        .find(|word| is_hex(word) || COLOUR_FUNCTIONS.contains(word) || COLOUR_NAMES.contains(word))
        .map(str::to_owned)
}

fn attributes(code: &str, name: &str) -> Vec<usize> {
    let assigned = format!("{name}=");
    let starts = code.match_indices(&assigned).filter(|(at, _)| {
        let is_whole = !code[..*at].ends_with(|sign: char| sign.is_alphanumeric() || "_-.".contains(sign));
        is_whole && !code[at + assigned.len()..].starts_with('=')
    });
    starts
        .map(|(at, _)| code[..at].matches('\n').count() + 1)
        .collect()
}

#[test]
fn colours_are_seen_in_values_and_not_in_names() {
    let found = |text| {
        declarations(text)
            .iter()
            .filter_map(|(_, value)| colour(value))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("#add { color: #FFF }"), ["#fff"]);
    assert_eq!(found("a { border: 1px solid rgba(0, 0, 0, .2); }"), ["rgba("]);
    assert_eq!(found("a { color: White; }"), ["white"]);
    assert_eq!(
        found("a { color: var(--white-on-red); background: transparent; fill: url(#a1b) }"),
        Vec::<String>::new()
    );
    assert_eq!(
        found("a { color: color-mix(in srgb, var(--a), var(--b)) } /* red: #fff; */"),
        Vec::<String>::new()
    );
}

#[test]
fn nesting_is_told_from_grouping() {
    assert_eq!(
        nested("@layer a {\n @media (x) {\n  a { b: c }\n }\n}\n@keyframes k { from { a: b } to { a: c } }"),
        [0_usize; 0]
    );
    assert_eq!(nested("a {\n b: c;\n &:hover { b: d }\n}"), [3]);
    assert_eq!(nested("a {\n @media (x) { b: c }\n}"), [2]);
}

#[test]
fn an_attribute_is_told_from_a_variable() {
    let file = File {
        path: String::new(),
        text: "<p style=\"x\">\nlet style = 1; if style==2 { a.style=3 } data-style=4\n<b style={y}>".into(),
    };
    assert_eq!(attributes(&file.text, "style"), [1, 3]);
}
