//! The one address of the relay, and whose requests it takes.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use serde::Deserialize;

/// Scheme, host and port, as a browser's `Origin` header has them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin {
    scheme: Scheme,
    host: String,
    port: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

/// Text that is not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address like https://taizhang.example:8443")]
pub struct OriginError;

impl Scheme {
    const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let (scheme, rest) = text.split_once("://").ok_or(OriginError)?;
        let scheme = match scheme {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(OriginError),
        };
        let (host, port) = split_host(rest, scheme).ok_or(OriginError)?;
        Ok(Self { scheme, host, port })
    }
}

impl TryFrom<String> for Origin {
    type Error = OriginError;

    fn try_from(text: String) -> Result<Self, OriginError> {
        text.parse()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port } = self;
        if *port == scheme.default_port() {
            write!(f, "{}://{host}", scheme.name())
        } else {
            write!(f, "{}://{host}:{port}", scheme.name())
        }
    }
}

/// Host and port of what stands after `://`, or in a `Host` header.
fn split_host(text: &str, scheme: Scheme) -> Option<(String, u16)> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => (text, scheme.default_port()),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    (!host.is_empty() && host.chars().all(plain)).then(|| (host.to_ascii_lowercase(), port))
}

/// Where the relay is, and where it listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    public: Origin,
    on_loopback: bool,
}

/// What the relay serves at its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serves {
    /// The app.
    App,
    /// One page that says how to trust the relay: a browser gives an app at such an address nothing to work offline with,
    /// and a password would travel in the clear.
    TrustPage,
}

impl Address {
    /// The address of a relay that listens at `listens`; without a public origin it is that.
    #[must_use]
    pub fn new(public: Option<Origin>, listens: SocketAddr) -> Self {
        let public = public.unwrap_or_else(|| Origin {
            scheme: Scheme::Http,
            host: match listens {
                SocketAddr::V4(four) => four.ip().to_string(),
                SocketAddr::V6(six) => format!("[{}]", six.ip()),
            },
            port: listens.port(),
        });
        Self {
            public,
            on_loopback: listens.ip().is_loopback(),
        }
    }

    /// The address people open.
    #[must_use]
    pub fn public(&self) -> &Origin {
        &self.public
    }

    /// Whether cookies can be kept to https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public.scheme == Scheme::Https
    }

    /// What may be served here.
    #[must_use]
    pub fn serves(&self) -> Serves {
        if self.on_loopback || self.is_https() {
            Serves::App
        } else {
            Serves::TrustPage
        }
    }

    /// Whether a page of this origin is the relay's own.
    #[must_use]
    pub fn accepts_origin(&self, origin: &str) -> bool {
        origin
            .parse()
            .is_ok_and(|origin: Origin| origin == self.public || self.is_local(&origin))
    }

    /// Whether a request to this `Host` is meant for the relay: a foreign name that leads here is somebody's trick.
    #[must_use]
    pub fn accepts_host(&self, host: &str) -> bool {
        [Scheme::Http, self.public.scheme].into_iter().any(|scheme| {
            split_host(host, scheme).is_some_and(|(host, port)| {
                let named = Origin { scheme, host, port };
                named == self.public || self.is_local(&named)
            })
        })
    }

    fn is_local(&self, origin: &Origin) -> bool {
        self.on_loopback
            && origin.scheme == Scheme::Http
            && matches!(origin.host.as_str(), "127.0.0.1" | "localhost")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(public: Option<&str>, listens: &str) -> Address {
        Address::new(
            public.map(|public| public.parse().unwrap()),
            listens.parse().unwrap(),
        )
    }

    #[test]
    fn on_loopback_any_port_of_it_is_ours() {
        let address = address(None, "127.0.0.1:7878");
        assert_eq!(address.public().to_string(), "http://127.0.0.1:7878");
        for ours in [
            "http://127.0.0.1:7878",
            "http://localhost:1",
            "http://127.0.0.1",
            "http://LOCALHOST:7878",
        ] {
            assert!(address.accepts_origin(ours), "{ours}");
        }
        for theirs in [
            "https://127.0.0.1:7878",
            "http://127.0.0.2:7878",
            "http://localhost.evil.example",
            "http://127.0.0.1:7878.evil.example",
            "http://evil.example:7878",
            "null",
            "",
            "http://127.0.0.1:7878/",
            "http://user@127.0.0.1:7878",
        ] {
            assert!(!address.accepts_origin(theirs), "{theirs}");
        }
        assert!(address.accepts_host("127.0.0.1:9") && address.accepts_host("localhost"));
        assert!(!address.accepts_host("evil.example:7878"));
    }

    #[test]
    fn off_loopback_exactly_the_public_origin_is_ours() {
        let address = address(Some("https://taizhang.example"), "10.0.0.7:443");
        assert_eq!(address.public().to_string(), "https://taizhang.example");
        assert!(address.accepts_origin("https://taizhang.example"));
        assert!(address.accepts_origin("https://taizhang.example:443"));
        for theirs in [
            "http://taizhang.example",
            "https://taizhang.example:8443",
            "http://127.0.0.1",
            "https://10.0.0.7",
        ] {
            assert!(!address.accepts_origin(theirs), "{theirs}");
        }
        assert!(address.accepts_host("taizhang.example") && address.accepts_host("taizhang.example:443"));
        assert!(!address.accepts_host("10.0.0.7") && !address.accepts_host("localhost"));
    }

    #[test]
    fn plain_http_off_loopback_serves_no_app() {
        assert_eq!(address(None, "10.0.0.7:7878").serves(), Serves::TrustPage);
        assert_eq!(
            address(Some("http://taizhang.example"), "0.0.0.0:80").serves(),
            Serves::TrustPage
        );
        assert_eq!(
            address(Some("https://taizhang.example"), "0.0.0.0:7878").serves(),
            Serves::App
        );
        assert_eq!(address(None, "127.0.0.1:7878").serves(), Serves::App);
        assert_eq!(address(None, "[::1]:7878").serves(), Serves::App);
    }
}
