//! The session's cookie.

use axum::http::{HeaderMap, HeaderValue, header};
use shared::protocol::http::DeviceKind;

use crate::account::{ABSOLUTE, Token};

/// No other host and no page in the clear can set a cookie of this name. Browsers take it on loopback as well.
const NAME: &str = "__Host-taizhang";

/// The token a request carries.
pub(super) fn token(headers: &HeaderMap) -> Option<Token> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == NAME)?.1.parse().ok()
}

/// Gives a browser its token; on a shared device for as long as the browser is open, at the most.
pub(super) fn set(token: &Token, kind: DeviceKind) -> HeaderValue {
    let max_age = match kind {
        DeviceKind::Shared => None,
        DeviceKind::Personal => Some(ABSOLUTE.as_secs()),
    };
    line(&token.expose(), max_age)
}

/// Takes the token away.
pub(super) fn clear() -> HeaderValue {
    line("", Some(0))
}

fn line(value: &str, max_age: Option<u64>) -> HeaderValue {
    let max_age = max_age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let text = format!("{NAME}={value}; Path=/{max_age}; HttpOnly; SameSite=Strict; Secure");
    let mut line = HeaderValue::try_from(text).expect("hexadecimal digits and words of our own");
    line.set_sensitive(true);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let (token, hex) = (Token::new([1; 32]), "01".repeat(32));
        let wanted =
            format!("__Host-taizhang={hex}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure");
        assert_eq!(set(&token, DeviceKind::Personal), wanted);
        let wanted = format!("__Host-taizhang={hex}; Path=/; HttpOnly; SameSite=Strict; Secure");
        assert_eq!(
            set(&token, DeviceKind::Shared),
            wanted,
            "it ends with the browser"
        );
        let cleared = clear();
        assert!(
            cleared
                .to_str()
                .unwrap()
                .starts_with("__Host-taizhang=; Path=/; Max-Age=0;")
        );
    }

    #[test]
    fn a_cookie_that_another_page_could_have_set_is_not_read() {
        let hex = "02".repeat(32);
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("taizhang={hex}").parse().unwrap());
        assert_eq!(token(&headers), None);
        headers.insert(header::COOKIE, format!("a=b; {NAME}={hex}").parse().unwrap());
        assert_eq!(token(&headers), Some(Token::new([2; 32])));
    }
}
