//! What a certificate stands for.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A DNS name or an IP address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A name, in small letters.
    Dns(String),
    /// An address.
    Ip(IpAddr),
}

/// Text that no certificate of ours stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It is neither.
    #[error(
        "not a name like taizhang.example or an address like 10.0.0.7; no wildcard, no port, no https://"
    )]
    Malformed,
    /// It holds what a browser writes otherwise before it asks anybody for the name.
    #[error("not a name in ASCII: write it in punycode, as browsers do; 台账.example is xn--kpr644k.example")]
    NotAscii,
}

/// The longest DNS name, in bytes.
const LONGEST: usize = 253;
/// The longest part of one between two dots, in bytes.
const LONGEST_LABEL: usize = 63;

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if !text.is_ascii() {
            return Err(NameError::NotAscii);
        }
        if let Ok(address) = text.parse() {
            return Ok(Self::Ip(address));
        }
        let is_name = text.len() <= LONGEST && text.split('.').all(is_label);
        // A name that ends in digits alone is a mistyped address.
        let is_number = text
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        if is_name && !is_number {
            Ok(Self::Dns(text.to_ascii_lowercase()))
        } else {
            Err(NameError::Malformed)
        }
    }
}

fn is_label(label: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.bytes().all(plain)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => f.write_str(name),
            Self::Ip(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        for (text, wanted) in [
            ("Taizhang.Example", "taizhang.example"),
            ("taizhang", "taizhang"),
            ("xn--6q8b.example", "xn--6q8b.example"),
            ("10.0.0.7", "10.0.0.7"),
            ("fd00::7", "fd00::7"),
        ] {
            assert_eq!(text.parse::<Name>().unwrap().to_string(), wanted);
        }
        assert_eq!("10.0.0.7".parse(), Ok(Name::Ip([10, 0, 0, 7].into())));
    }

    #[test]
    fn what_is_neither_is_refused() {
        for text in [
            "",
            "*.example",
            "https://taizhang.example",
            "taizhang.example:443",
            "taizhang.example.",
            "-a.example",
            "10.0.0.256",
            "a b",
        ] {
            assert_eq!(text.parse::<Name>(), Err(NameError::Malformed), "{text}");
        }
    }

    #[test]
    fn a_name_outside_ascii_is_refused_with_the_way_to_write_it() {
        let problem = "台账.example".parse::<Name>().unwrap_err();
        assert_eq!(problem, NameError::NotAscii);
        assert!(problem.to_string().contains("xn--"), "{problem}");
    }
}
