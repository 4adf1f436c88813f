//! Whether what a setting says can be read at all.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::SettingKind;
use crate::calendar::Calendar;
use crate::limit::{SETTING_BYTES, SETTING_DEPTH};
use crate::rule::RulePack;
use crate::scheme::Scheme;

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
    /// It is JSON, but not what a setting of its kind says.
    #[error("not what it should be: {why}")]
    Unread {
        /// What stands where it should not, or is missing.
        why: String,
    },
    /// It can be read, and contradicts itself or asks for what cannot be.
    #[error("{}", problems.join("; "))]
    Unsound {
        /// Everything that is wrong.
        problems: Vec<String>,
    },
}

/// Judges what a setting of this kind is to say: by the app before it sends it, by the relay before it keeps it.
///
/// # Errors
///
/// Says what is wrong.
pub fn check_body(kind: SettingKind, body: &str) -> Result<(), BodyProblem> {
    check_text(body)?;
    Typed::read(kind, body).map(drop)
}

/// What a setting says, read.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// A scheme.
    Scheme(Box<Scheme>),
    /// A calendar.
    Calendar(Calendar),
    /// A pack of rules.
    RulePack(RulePack),
    /// Words to choose from.
    Words(Vec<String>),
}

impl Typed {
    /// Reads what a setting of this kind says.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be read as one, or is unsound: weights that do not add up, a day of another year.
    pub fn read(kind: SettingKind, body: &str) -> Result<Self, BodyProblem> {
        match kind {
            SettingKind::Scheme => {
                let scheme: Scheme = parse(body)?;
                sound(scheme.problems())?;
                Ok(Self::Scheme(Box::new(scheme)))
            }
            SettingKind::Calendar => {
                let calendar: Calendar = parse(body)?;
                sound(calendar.problems())?;
                Ok(Self::Calendar(calendar))
            }
            SettingKind::RulePack => {
                let pack: RulePack = parse(body)?;
                sound(pack.problems())?;
                Ok(Self::RulePack(pack))
            }
            SettingKind::Words => parse(body).map(Self::Words),
        }
    }
}

fn parse<T: DeserializeOwned>(body: &str) -> Result<T, BodyProblem> {
    serde_json::from_str(body).map_err(|why| BodyProblem::Unread { why: why.to_string() })
}

fn sound<P: std::fmt::Display>(problems: Vec<P>) -> Result<(), BodyProblem> {
    if problems.is_empty() {
        return Ok(());
    }
    let problems = problems.iter().map(ToString::to_string).collect();
    Err(BodyProblem::Unsound { problems })
}

/// For every kind the text must be a JSON object or array within [`SETTING_BYTES`] and [`SETTING_DEPTH`].
fn check_text(body: &str) -> Result<(), BodyProblem> {
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
        check_text(body)
    }

    #[test]
    fn what_a_kind_says_is_read_and_must_be_sound() {
        use crate::scheme::ready;
        let scheme = serde_json::to_string(&ready::front_line()).unwrap();
        assert_eq!(check_body(SettingKind::Scheme, &scheme), Ok(()));
        let unread = |kind, body| matches!(check_body(kind, body), Err(BodyProblem::Unread { .. }));
        for kind in SettingKind::ALL {
            assert!(unread(kind, "{\"a\":1}"), "{kind:?}");
        }
        let mut crooked = ready::front_line();
        crooked.raters[0].weight_bp = 999;
        let crooked = serde_json::to_string(&crooked).unwrap();
        let told = check_body(SettingKind::Scheme, &crooked);
        assert!(matches!(told, Err(BodyProblem::Unsound { .. })), "{told:?}");
        assert_eq!(check_body(SettingKind::Words, "[\"生产\",\"安全\"]"), Ok(()));
        for built_in in crate::setting::defaults() {
            assert_eq!(
                check_body(built_in.kind, &built_in.body),
                Ok(()),
                "{}",
                built_in.name
            );
        }
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
