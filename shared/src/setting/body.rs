//! Whether what a setting says can be read at all.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::SettingKind;
use crate::limit::{SETTING_BYTES, SETTING_DEPTH};

/// Why a text cannot be the body of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "body", rename_all = "snake_case")]
pub enum BodyProblem {
    /// It is longer than a body may be.
    #[error("longer than {most} bytes")]
    TooLong {
        /// How long it may be, in bytes.
        most: usize,
    },
    /// Its brackets stand in each other more deeply than they may.
    #[error("nested deeper than {most}")]
    TooDeep {
        /// How deep they may.
        most: usize,
    },
    /// It is not JSON.
    #[error("not JSON from line {line}, column {column} on")]
    NotJson {
        /// The line where reading ended, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// It is JSON, but neither an object nor an array.
    #[error("neither an object nor an array")]
    Bare,
}

/// Judges what a setting of this kind is to say: by the app before it sends it, by the relay before it keeps it.
///
/// For every kind the text must be a JSON object or array within [`SETTING_BYTES`] and [`SETTING_DEPTH`]. What a kind asks
/// on top of that belongs at the end of this function, with a [`BodyProblem`] of its own.
///
/// # Errors
///
/// Says what is wrong first.
pub fn check_body(_kind: SettingKind, body: &str) -> Result<(), BodyProblem> {
    if body.len() > SETTING_BYTES {
        return Err(BodyProblem::TooLong { most: SETTING_BYTES });
    }
    // Before it is read: reading goes as deep as the brackets do.
    if depth(body) > SETTING_DEPTH {
        return Err(BodyProblem::TooDeep { most: SETTING_DEPTH });
    }
    match serde_json::from_str(body) {
        Ok(Value::Object(_) | Value::Array(_)) => Ok(()),
        Ok(_) => Err(BodyProblem::Bare),
        Err(why) => Err(BodyProblem::NotJson {
            line: why.line(),
            column: why.column(),
        }),
    }
}

/// How many brackets are open at one time, outside strings.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' if !in_string => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(body: &str) -> Result<(), BodyProblem> {
        let all = SettingKind::ALL.map(|kind| check_body(kind, body));
        assert!(all.iter().all(|one| *one == all[0]));
        all[0].clone()
    }

    #[test]
    fn an_object_or_an_array_may_be_one_and_nothing_else() {
        for good in ["{}", "[]", " {\"词\":[1, \"}\\\"]\"]}\n", r#"["\u00e9"]"#] {
            assert_eq!(judged(good), Ok(()), "{good}");
        }
        for bare in ["1", "\"{}\"", "null", "true"] {
            assert_eq!(judged(bare), Err(BodyProblem::Bare), "{bare}");
        }
        for none in [
            "",
            "{",
            "{}{}",
            "{'a':1}",
            "[1,]",
            "[1e999]",
            r#"["\ud800"]"#,
            "[\"a\nb\"]",
            "[\0]",
        ] {
            assert!(
                matches!(judged(none), Err(BodyProblem::NotJson { .. })),
                "{none:?}"
            );
        }
        assert_eq!(
            judged("{\n\"a\": x}"),
            Err(BodyProblem::NotJson { line: 2, column: 6 })
        );
    }

    #[test]
    fn it_is_as_deep_as_it_may_be_and_no_deeper() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = |depth| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        for text in [nested(SETTING_DEPTH), objects(SETTING_DEPTH)] {
            assert_eq!(judged(&text), Ok(()));
        }
        let too_deep = Err(BodyProblem::TooDeep { most: SETTING_DEPTH });
        for text in [
            nested(SETTING_DEPTH + 1),
            objects(SETTING_DEPTH + 1),
            nested(60_000),
            "[".repeat(100_000),
        ] {
            assert_eq!(judged(&text), too_deep);
        }
        let in_words = format!("[\"{}\"]", "[".repeat(1_000));
        assert_eq!(judged(&in_words), Ok(()), "brackets in a text are text");
        let side_by_side = format!("[{}[]]", "[],".repeat(1_000));
        assert_eq!(judged(&side_by_side), Ok(()));
    }

    #[test]
    fn it_is_as_long_as_it_may_be_and_no_longer() {
        let long = |bytes: usize| format!("[\"{}\"]", "x".repeat(bytes - 4));
        assert_eq!(judged(&long(SETTING_BYTES)), Ok(()));
        let too_long = Err(BodyProblem::TooLong { most: SETTING_BYTES });
        assert_eq!(judged(&long(SETTING_BYTES + 1)), too_long);
    }
}
