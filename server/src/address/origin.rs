//! Scheme, host and port, as browsers and proxies write them.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use serde::Deserialize;

use crate::certificate::{Name, NameError};

/// Scheme, host and port, as a browser's `Origin` header has them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin {
    pub(super) scheme: Scheme,
    pub(super) host: String,
    pub(super) port: u16,
}

/// With or without TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    Https,
}

/// Text that is not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// It is something else.
    #[error("not an address like https://taizhang.example:8443")]
    Malformed,
    /// Its name is not written as browsers write it.
    #[error(transparent)]
    Name(NameError),
}

impl From<NameError> for OriginError {
    fn from(problem: NameError) -> Self {
        match problem {
            NameError::Malformed => Self::Malformed,
            NameError::NotAscii => Self::Name(problem),
        }
    }
}

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

impl Origin {
    /// The host, as it stands in the address.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is an https address.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::Https
    }

    /// The origin whose requests carry this `Host`.
    pub(super) fn of_host(host: &str, scheme: Scheme) -> Option<Self> {
        let (host, port) = split_host(host, scheme).ok()?;
        Some(Self { scheme, host, port })
    }

    /// Whether it is this machine, as browsers see it: they trust such an address without TLS.
    pub(super) fn is_local(&self) -> bool {
        self.scheme == Scheme::Http && matches!(self.host.as_str(), "127.0.0.1" | "localhost")
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let (scheme, rest) = text.split_once("://").ok_or(OriginError::Malformed)?;
        let scheme = match scheme {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(OriginError::Malformed),
        };
        let (host, port) = split_host(rest, scheme)?;
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

/// Host and port of what stands after `://`, or in a `Host` header; the host as browsers write it.
fn split_host(text: &str, scheme: Scheme) -> Result<(String, u16), OriginError> {
    let (host, port) = if let Some(inside) = text.strip_prefix('[') {
        let (address, port) = inside.split_once(']').ok_or(OriginError::Malformed)?;
        let address: Ipv6Addr = address.parse().map_err(|_| OriginError::Malformed)?;
        (format!("[{address}]"), port)
    } else {
        let (name, port) = text.split_at(text.find(':').unwrap_or(text.len()));
        (name.parse::<Name>()?.to_string(), port)
    };
    if port.is_empty() {
        return Ok((host, scheme.default_port()));
    }
    let digits = port.strip_prefix(':').ok_or(OriginError::Malformed)?;
    // A number may have a sign, a port may not.
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(OriginError::Malformed);
    }
    let port = digits.parse().map_err(|_| OriginError::Malformed)?;
    Ok((host, port))
}
