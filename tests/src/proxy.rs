//! The network between a browser and the relay, with a switch for every fault.

mod connection;
mod state;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::failing;
use state::State;

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the browser to the relay.
    Up,
    /// From the relay to the browser.
    Down,
}

/// What is wrong with the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Pass,
    /// Every connection is reset, and so is each new one.
    Cut,
    /// Half-open: connections stand, new ones are accepted, and every byte vanishes.
    Stall,
    /// Every byte arrives, this much later.
    Delay(Duration),
    /// Every byte arrives, so many a second in each direction of each connection.
    Limit {
        /// The bandwidth.
        bytes_per_second: u32,
    },
    /// Bytes of one direction vanish.
    Lose(Direction),
}

/// A TCP proxy on a port of its own; dropping it ends every connection.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Starts a proxy that leads to `target`, without a fault.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn to(target: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::new());
        let accepting = tokio::spawn(accept(listener, target, Arc::clone(&state)));
        Ok(Self {
            address,
            state,
            accepting,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens, as a browser's address without a path.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Turns the switch; connections that lost bytes are reset, as they could never be whole again.
    pub fn set(&self, fault: Fault) {
        self.state.set(fault);
    }

    /// Heals the network.
    pub fn pass(&self) {
        self.set(Fault::Pass);
    }

    /// Pulls the plug.
    pub fn cut(&self) {
        self.set(Fault::Cut);
    }

    /// Lets every byte vanish while connections seem to stand.
    pub fn stall(&self) {
        self.set(Fault::Stall);
    }

    /// Pulls the plug once exactly `bytes` more have gone that way.
    pub fn cut_after_bytes(&self, direction: Direction, bytes: u64) {
        self.state.cut_after(direction, bytes);
    }

    /// What is wrong with the network now.
    #[must_use]
    pub fn fault(&self) -> Fault {
        self.state.fault()
    }

    /// How many bytes have arrived that way.
    #[must_use]
    pub fn bytes(&self, direction: Direction) -> u64 {
        self.state.bytes(direction)
    }

    /// How many connections stand now.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.state.connections()
    }

    /// The last things that happened, oldest first, each with the milliseconds since the proxy started.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        self.state.log()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.cut();
        if failing::is_failing() {
            eprintln!("proxy {}:\n  {}", self.address, self.log().join("\n  "));
        }
    }
}

async fn accept(listener: TcpListener, target: SocketAddr, state: Arc<State>) {
    loop {
        match listener.accept().await {
            Ok((client, _)) => {
                tokio::spawn(connection::carry(client, target, Arc::clone(&state)));
            }
            Err(problem) => state.note(format!("cannot accept: {problem}")),
        }
    }
}
