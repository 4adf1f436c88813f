//! The one address of the relay, and whose requests it takes.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};

mod origin;

use origin::Scheme;
pub use origin::{Origin, OriginError};

use crate::line::{Line, Way};

/// What a configuration says about addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The address people open; that of the listener where none is given.
    pub public: Option<Origin>,
    /// Addresses people opened before, where the app goes on only to deliver what those browsers still hold.
    pub former: Vec<Origin>,
    /// Proxies whose word on where a request came from is believed.
    pub proxies: Vec<IpAddr>,
}

/// Where the relay is, and where it listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    public: Origin,
    former: Vec<Origin>,
    proxies: Vec<IpAddr>,
    on_loopback: bool,
}

/// What is served to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serves {
    /// The app.
    App,
    /// One page that says how to trust the relay: a browser gives an app that came so nothing to work offline with,
    /// and a password would travel in the clear.
    TrustPage,
}

impl Address {
    /// The address of a relay that listens at `listens`; without a public origin it is that.
    #[must_use]
    pub fn new(addresses: Addresses, listens: SocketAddr) -> Self {
        let public = addresses.public.unwrap_or_else(|| Origin {
            scheme: Scheme::Http,
            host: match listens {
                SocketAddr::V4(four) => four.ip().to_string(),
                SocketAddr::V6(six) => format!("[{}]", six.ip()),
            },
            port: listens.port(),
        });
        Self {
            public,
            former: addresses.former,
            proxies: addresses.proxies,
            on_loopback: listens.ip().is_loopback(),
        }
    }

    /// The address people open.
    #[must_use]
    pub fn public(&self) -> &Origin {
        &self.public
    }

    /// What may be served to a request that came by this line with these headers.
    #[must_use]
    pub fn serves(&self, line: &Line, headers: &HeaderMap) -> Serves {
        if line.way == Way::TrustPageAlone {
            Serves::TrustPage
        } else if self.is_encrypted(line, headers) || self.opens_plainly(headers) {
            Serves::App
        } else {
            Serves::TrustPage
        }
    }

    /// Whether a request came under TLS, to the relay or to a proxy of ours.
    #[must_use]
    pub fn is_encrypted(&self, line: &Line, headers: &HeaderMap) -> bool {
        match line.way {
            Way::Tls => true,
            Way::Plain => self.is_proxy(line.from) && text(headers, "x-forwarded-proto") == Some("https"),
            Way::TrustPageAlone => false,
        }
    }

    /// Who sent a request: the other end of the line, or whom a proxy of ours names.
    #[must_use]
    pub fn sender(&self, line: &Line, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all("x-forwarded-for").iter();
        let named: Vec<&str> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        let mut sender = line.from;
        // Each proxy adds whom it heard at the end: what stands before a stranger is the stranger's own text.
        for name in named.into_iter().rev() {
            if !self.is_proxy(sender) {
                break;
            }
            let Ok(before) = name.trim().parse() else { break };
            sender = before;
        }
        sender
    }

    /// Whether this is a proxy that the configuration names.
    #[must_use]
    pub fn is_proxy(&self, from: IpAddr) -> bool {
        self.proxies.contains(&from.to_canonical())
    }

    /// Whether a page of this origin is the relay's own.
    #[must_use]
    pub fn accepts_origin(&self, origin: &str) -> bool {
        origin.parse().is_ok_and(|origin| self.is_ours(&origin))
    }

    /// Whether a request to this `Host` is meant for the relay: a foreign name that leads here is somebody's trick.
    #[must_use]
    pub fn accepts_host(&self, host: &str) -> bool {
        [Scheme::Http, Scheme::Https]
            .into_iter()
            .filter_map(|scheme| Origin::of_host(host, scheme))
            .any(|origin| self.is_ours(&origin))
    }

    /// Where the app is now, for a request to an address of before.
    #[must_use]
    pub fn moved_to(&self, headers: &HeaderMap) -> Option<&Origin> {
        let host = text(headers, header::HOST.as_str())?;
        let is_among = |origins: &[Origin]| {
            let mut named = [Scheme::Http, Scheme::Https]
                .into_iter()
                .filter_map(|scheme| Origin::of_host(host, scheme));
            named.any(|origin| origins.contains(&origin))
        };
        (is_among(&self.former) && !is_among(std::slice::from_ref(&self.public))).then_some(&self.public)
    }

    fn is_ours(&self, origin: &Origin) -> bool {
        *origin == self.public || self.former.contains(origin) || (self.on_loopback && origin.is_local())
    }

    /// Whether a browser on this machine asks for a name that it trusts without TLS.
    fn opens_plainly(&self, headers: &HeaderMap) -> bool {
        let host = text(headers, header::HOST.as_str());
        let origin = host.and_then(|host| Origin::of_host(host, Scheme::Http));
        let is_loopback = |origin: &Origin| {
            let bare = origin.host.trim_start_matches('[').trim_end_matches(']');
            bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
        };
        self.on_loopback
            && origin
                .is_some_and(|origin| origin.is_local() || (origin == self.public && is_loopback(&origin)))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests;
