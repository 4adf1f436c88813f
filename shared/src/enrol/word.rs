//! What may be typed as a name, as an account and as a password.

use unicode_normalization::UnicodeNormalization as _;

use crate::limit::{LOGIN_BYTES, NAME_CHARS, PASSWORD_BYTES, PASSWORD_CHARS};

/// A name of a person or an organisation, without the space around it; none when it says nothing, or too much.
#[must_use]
pub fn name(text: &str) -> Option<String> {
    let name = text.trim();
    let good = !name.is_empty() && name.chars().count() <= NAME_CHARS && !name.contains(char::is_control);
    good.then(|| name.to_owned())
}

/// What is typed as the account, of one width and in small letters; none when it is empty, too long, or has a space.
#[must_use]
pub fn login(text: &str) -> Option<String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let login = folded.trim();
    let bad = |c: char| c.is_whitespace() || c.is_control();
    let good = !login.is_empty() && login.len() <= LOGIN_BYTES && !login.contains(bad);
    good.then(|| login.to_owned())
}

/// Whether a password may be one: long enough, and no longer than what is hashed.
#[must_use]
pub fn is_strong(password: &str) -> bool {
    password.chars().count() >= PASSWORD_CHARS && password.len() <= PASSWORD_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_something_that_can_be_seen() {
        assert_eq!(name(" 机加一车间党支部 ").as_deref(), Some("机加一车间党支部"));
        for wrong in ["", " ", "\u{3000}", "a\nb", &"长".repeat(NAME_CHARS + 1)] {
            assert_eq!(name(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_login_is_one_word_in_small_letters() {
        assert_eq!(login(" LinZhiyuan ").as_deref(), Some("linzhiyuan"));
        for same in ["lin", "ＬＩＮ", "\u{3000}ｌｉｎ", "Lin"] {
            assert_eq!(login(same).as_deref(), Some("lin"), "{same:?}");
        }
        assert_eq!(login("e\u{301}"), login("é"));
        for wrong in ["", "a b", "a\u{3000}b", &"a".repeat(LOGIN_BYTES + 1)] {
            assert_eq!(login(wrong), None, "{wrong:?}");
        }
    }
}
