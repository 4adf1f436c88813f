//! The session's cookie.

use axum::http::{HeaderMap, HeaderValue, header};
use shared::protocol::http::DeviceKind;

use crate::account::{ABSOLUTE, Token};
use crate::address::Address;

/// Under https: no other host and no http page can set a cookie of this name.
const SECURE: &str = "__Host-taizhang";
/// On http, which is loopback alone.
const PLAIN: &str = "taizhang";

fn name(address: &Address) -> &'static str {
    if address.is_https() { SECURE } else { PLAIN }
}

/// The token a request carries.
pub(super) fn token(headers: &HeaderMap, address: &Address) -> Option<Token> {
    let name = name(address);
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name)?.1.parse().ok()
}

/// Gives a browser its token; on a shared device for as long as the browser is open, at the most.
pub(super) fn set(token: &Token, kind: DeviceKind, address: &Address) -> HeaderValue {
    let max_age = match kind {
        DeviceKind::Shared => None,
        DeviceKind::Personal => Some(ABSOLUTE.as_secs()),
    };
    line(&token.expose(), max_age, address)
}

/// Takes the token away.
pub(super) fn clear(address: &Address) -> HeaderValue {
    line("", Some(0), address)
}

fn line(value: &str, max_age: Option<u64>, address: &Address) -> HeaderValue {
    let name = name(address);
    let secure = if address.is_https() { "; Secure" } else { "" };
    let max_age = max_age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let text = format!("{name}={value}; Path=/{max_age}; HttpOnly; SameSite=Strict{secure}");
    let mut line = HeaderValue::try_from(text).expect("hexadecimal digits and words of our own");
    line.set_sensitive(true);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(public: &str) -> Address {
        Address::new(Some(public.parse().unwrap()), "127.0.0.1:1".parse().unwrap())
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let token = Token::new([1; 32]);
        let hex = "01".repeat(32);
        let wanted =
            format!("__Host-taizhang={hex}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure");
        let personal = |address| set(&token, DeviceKind::Personal, &address);
        assert_eq!(personal(address("https://taizhang.example")), wanted);
        let wanted = format!("taizhang={hex}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
        assert_eq!(personal(address("http://127.0.0.1:1")), wanted);
        let wanted = format!("taizhang={hex}; Path=/; HttpOnly; SameSite=Strict");
        let shared = set(&token, DeviceKind::Shared, &address("http://127.0.0.1:1"));
        assert_eq!(shared, wanted, "it ends with the browser");
        assert!(
            clear(&address("http://127.0.0.1:1"))
                .to_str()
                .unwrap()
                .starts_with("taizhang=; Path=/; Max-Age=0;")
        );
    }

    #[test]
    fn only_the_name_in_force_is_read() {
        let hex = "02".repeat(32);
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("a=b; taizhang={hex}").parse().unwrap());
        assert_eq!(
            token(&headers, &address("http://127.0.0.1:1")),
            Some(Token::new([2; 32]))
        );
        assert_eq!(token(&headers, &address("https://taizhang.example")), None);
    }
}
