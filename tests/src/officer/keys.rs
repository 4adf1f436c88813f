//! Keys as people name them, and as the browser wants to be told of them.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// One key with the modifiers held down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stroke {
    key: String,
    code: String,
    virtual_key: u32,
    /// What it writes, if it writes anything.
    text: Option<String>,
    modifiers: u32,
}

/// Keys with a name: the name, the code, the virtual key, what they write.
const NAMED: [(&str, &str, u32, Option<&str>); 16] = [
    ("Enter", "Enter", 13, Some("\r")),
    ("Tab", "Tab", 9, None),
    ("Escape", "Escape", 27, None),
    ("Backspace", "Backspace", 8, None),
    ("Delete", "Delete", 46, None),
    ("Home", "Home", 36, None),
    ("End", "End", 35, None),
    ("PageUp", "PageUp", 33, None),
    ("PageDown", "PageDown", 34, None),
    ("ArrowLeft", "ArrowLeft", 37, None),
    ("ArrowUp", "ArrowUp", 38, None),
    ("ArrowRight", "ArrowRight", 39, None),
    ("ArrowDown", "ArrowDown", 40, None),
    ("Space", "Space", 32, Some(" ")),
    ("Insert", "Insert", 45, None),
    ("ContextMenu", "ContextMenu", 93, None),
];

/// Signs on a keyboard of the United States: the sign, the sign with Shift, the code, the virtual key.
const SIGNS: [(char, char, &str, u32); 11] = [
    (';', ':', "Semicolon", 186),
    ('=', '+', "Equal", 187),
    (',', '<', "Comma", 188),
    ('-', '_', "Minus", 189),
    ('.', '>', "Period", 190),
    ('/', '?', "Slash", 191),
    ('`', '~', "Backquote", 192),
    ('[', '{', "BracketLeft", 219),
    ('\\', '|', "Backslash", 220),
    (']', '}', "BracketRight", 221),
    ('\'', '"', "Quote", 222),
];

/// What digits become with Shift, from 0 on.
const SHIFTED_DIGITS: &str = ")!@#$%^&*(";

const ALT: u32 = 1;
const CTRL: u32 = 2;
const META: u32 = 4;
const SHIFT: u32 = 8;

impl Stroke {
    /// Reads one stroke, such as `Ctrl+Shift+ArrowDown`, `F2` or `;`.
    pub(super) fn parse(spoken: &str) -> Result<Self> {
        let mut modifiers = 0;
        let mut rest = spoken;
        while let Some((held, key)) = rest
            .split_once('+')
            .filter(|(held, key)| !held.is_empty() && !key.is_empty())
        {
            modifiers |= match held {
                "Alt" => ALT,
                "Ctrl" => CTRL,
                "Meta" => META,
                "Shift" => SHIFT,
                other => bail!("{other} in {spoken} is no modifier"),
            };
            rest = key;
        }
        let is_letter = rest.len() == 1 && rest.starts_with(|sign: char| sign.is_ascii_alphabetic());
        // Ctrl+A is how people write it; the key held with Ctrl is the small letter.
        let name = if modifiers != 0 && is_letter {
            rest.to_lowercase()
        } else {
            rest.to_owned()
        };
        let mut stroke = Self::plain(&name).with_context(|| format!("{spoken} is no key"))?;
        stroke.modifiers |= modifiers;
        if modifiers & (ALT | CTRL | META) != 0 {
            stroke.text = None;
        } else if modifiers & SHIFT != 0 {
            stroke.text = stroke.text.map(|text| text.to_uppercase());
        }
        if modifiers & SHIFT != 0 && stroke.key.len() == 1 {
            stroke.key = stroke.key.to_uppercase();
        }
        Ok(stroke)
    }

    /// The stroke that writes one sign, if a keyboard has it.
    pub(super) fn writing(sign: char) -> Option<Self> {
        match sign {
            '\n' => Self::plain("Enter"),
            '\t' => Self::plain("Tab"),
            ' ' => Self::plain("Space"),
            _ => Self::plain(sign.encode_utf8(&mut [0; 4])),
        }
    }

    fn plain(name: &str) -> Option<Self> {
        if let Some((_, code, virtual_key, text)) = NAMED.iter().find(|(named, ..)| *named == name) {
            let key = text.filter(|text| *text == " ").unwrap_or(name);
            return Some(Self::new(key, code, *virtual_key, *text));
        }
        let function: Option<u32> = name.strip_prefix('F').and_then(|number| number.parse().ok());
        if let Some(number @ 1..=12) = function {
            return Some(Self::new(name, name, 111 + number, None));
        }
        let mut signs = name.chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else {
            return None;
        };
        let (code, virtual_key, is_shifted) = place(sign)?;
        let mut stroke = Self::new(name, &code, virtual_key, Some(name));
        stroke.modifiers = if is_shifted { SHIFT } else { 0 };
        Some(stroke)
    }

    fn new(key: &str, code: &str, virtual_key: u32, text: Option<&str>) -> Self {
        let [key, code] = [key, code].map(str::to_owned);
        Self {
            key,
            code,
            virtual_key,
            text: text.map(str::to_owned),
            modifiers: 0,
        }
    }

    /// What the browser is told when the key goes down.
    pub(super) fn down(&self) -> Value {
        let mut event = self.event(if self.text.is_some() {
            "keyDown"
        } else {
            "rawKeyDown"
        });
        if let Some(text) = &self.text {
            event["text"] = json!(text);
            event["unmodifiedText"] = json!(text);
        }
        event
    }

    /// What the browser is told when the key comes up.
    pub(super) fn up(&self) -> Value {
        self.event("keyUp")
    }

    /// What the browser is told when an input method keeps the key to itself.
    pub(super) fn down_in_input_method(&self) -> Value {
        json!({ "type": "rawKeyDown", "key": "Process", "code": self.code, "windowsVirtualKeyCode": 229 })
    }

    fn event(&self, kind: &str) -> Value {
        json!({
            "type": kind, "key": self.key, "code": self.code, "modifiers": self.modifiers,
            "windowsVirtualKeyCode": self.virtual_key, "nativeVirtualKeyCode": self.virtual_key,
        })
    }
}

/// Where a sign lies on the keyboard, and whether it needs Shift.
fn place(sign: char) -> Option<(String, u32, bool)> {
    if sign.is_ascii_alphabetic() {
        let upper = sign.to_ascii_uppercase();
        return Some((format!("Key{upper}"), upper.into(), sign.is_ascii_uppercase()));
    }
    let digit = sign.to_digit(10).map(|digit| (digit, false));
    let shifted = SHIFTED_DIGITS
        .chars()
        .zip(0..)
        .find(|(shifted, _)| *shifted == sign)
        .map(|(_, digit)| (digit, true));
    if let Some((digit, is_shifted)) = digit.or(shifted) {
        return Some((format!("Digit{digit}"), 48 + digit, is_shifted));
    }
    let (plain, _, code, virtual_key) = SIGNS
        .iter()
        .find(|(plain, shifted, ..)| *plain == sign || *shifted == sign)?;
    Some(((*code).to_owned(), *virtual_key, *plain != sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spoken: &str, key: &str, code: &str, text: Option<&str>, modifiers: u32) {
        let stroke = Stroke::parse(spoken).expect(spoken);
        let said = (
            stroke.key.as_str(),
            stroke.code.as_str(),
            stroke.text.as_deref(),
            stroke.modifiers,
        );
        assert_eq!(said, (key, code, text, modifiers), "{spoken}");
    }

    #[test]
    fn a_stroke_is_what_a_keyboard_would_send() {
        check("a", "a", "KeyA", Some("a"), 0);
        check("A", "A", "KeyA", Some("A"), SHIFT);
        check("Shift+a", "A", "KeyA", Some("A"), SHIFT);
        check("5", "5", "Digit5", Some("5"), 0);
        check("%", "%", "Digit5", Some("%"), SHIFT);
        check("Enter", "Enter", "Enter", Some("\r"), 0);
        check("Space", " ", "Space", Some(" "), 0);
        check("F2", "F2", "F2", None, 0);
    }

    #[test]
    fn with_ctrl_nothing_is_written() {
        check("Ctrl+A", "a", "KeyA", None, CTRL);
        check("Ctrl+Shift+Z", "Z", "KeyZ", None, CTRL | SHIFT);
        check("Ctrl+;", ";", "Semicolon", None, CTRL);
        check(
            "Ctrl+Shift+ArrowDown",
            "ArrowDown",
            "ArrowDown",
            None,
            CTRL | SHIFT,
        );
        check("Ctrl++", "+", "Equal", None, CTRL | SHIFT);
        check("Alt+Enter", "Enter", "Enter", None, ALT);
    }

    #[test]
    fn what_no_keyboard_has_is_no_stroke() {
        assert!(Stroke::parse("Strg+a").is_err());
        assert!(Stroke::parse("Ctrl+Foo").is_err());
        assert!(Stroke::writing('账').is_none());
    }
}
