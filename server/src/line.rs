//! How a request came: from where, and whether anybody could have listened.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use crate::crowd::Seat;

/// The connection that a request came by.
#[derive(Clone, Debug)]
pub struct Line {
    /// The other end, as the listener saw it.
    pub from: IpAddr,
    /// How it came.
    pub way: Way,
    /// Its place among all connections.
    pub seat: Option<Arc<Seat>>,
}

/// How a connection came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Under TLS.
    Tls,
    /// In the clear.
    Plain,
    /// In the clear, at a listener that never has more to offer.
    TrustPageAlone,
}

impl Default for Line {
    /// A request that never crossed a socket is a test's.
    fn default() -> Self {
        Self {
            from: IpAddr::V4(Ipv4Addr::LOCALHOST),
            way: Way::Plain,
            seat: None,
        }
    }
}
