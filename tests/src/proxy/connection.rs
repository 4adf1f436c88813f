//! One connection through the proxy.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{self, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until};

use super::state::State;
use super::{Direction, Fault};

/// How much is read at once.
const CHUNK_BYTES: usize = 16 * 1024;

/// How many chunks may be under way in one direction: under a delay the sender must not be slowed as well.
const CHUNKS_UNDER_WAY: usize = 256;

/// How many portions a second a limited connection gets.
const PORTIONS_PER_SECOND: u32 = 20;

/// A chunk with the moment it was sent.
type Sent = (Instant, Vec<u8>);

/// Carries one connection until it ends or the network breaks it.
pub(super) async fn carry(mut client: TcpStream, target: SocketAddr, state: Arc<State>) {
    let mut switch = state.watch();
    state.opened();
    let ended = match state.fault() {
        Fault::Cut => Ended::Reset,
        Fault::Stall => {
            swallow(&mut client, &mut switch).await;
            Ended::Reset
        }
        _ => match TcpStream::connect(target).await {
            Ok(mut relay) => between(&mut client, &mut relay, &state, &mut switch).await,
            Err(problem) => {
                state.note(format!("the relay cannot be reached: {problem}"));
                Ended::Reset
            }
        },
    };
    if ended == Ended::Reset {
        state.note("a connection was reset".to_owned());
        // The browser may have gone first; then there is nobody to reset.
        client.set_zero_linger().ok();
    }
    state.closed();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Quietly,
    Reset,
}

async fn between(
    client: &mut TcpStream,
    relay: &mut TcpStream,
    state: &State,
    switch: &mut watch::Receiver<Fault>,
) -> Ended {
    // Small messages must not wait for each other in the kernel: delays are the switch's to make.
    client.set_nodelay(true).ok();
    relay.set_nodelay(true).ok();
    let lost = AtomicBool::new(false);
    let (from_client, to_client) = client.split();
    let (from_relay, to_relay) = relay.split();
    let up = Way {
        direction: Direction::Up,
        state,
        lost: &lost,
    };
    let down = Way {
        direction: Direction::Down,
        state,
        lost: &lost,
    };
    let both = async { tokio::join!(up.pump(from_client, to_relay), down.pump(from_relay, to_client)) };
    let ended = tokio::select! {
        biased;
        () = broken(switch, &lost) => Ended::Reset,
        results = both => match results {
            (Ok(()), Ok(())) => Ended::Quietly,
            _ => Ended::Reset,
        },
    };
    if ended == Ended::Reset {
        // As above: the other side may be gone.
        relay.set_zero_linger().ok();
    }
    ended
}

/// Until the plug is pulled, or the switch is turned after bytes were lost.
async fn broken(switch: &mut watch::Receiver<Fault>, lost: &AtomicBool) {
    loop {
        if *switch.borrow_and_update() == Fault::Cut {
            return;
        }
        // The proxy may be gone; it cuts first.
        if switch.changed().await.is_err() || lost.load(Ordering::Relaxed) {
            return;
        }
    }
}

async fn swallow(client: &mut TcpStream, switch: &mut watch::Receiver<Fault>) {
    let mut sink = io::sink();
    tokio::select! {
        _ = switch.changed() => {}
        _ = io::copy(client, &mut sink) => {}
    }
}

/// One direction of one connection.
struct Way<'a> {
    direction: Direction,
    state: &'a State,
    /// Set once bytes of the connection have vanished.
    lost: &'a AtomicBool,
}

impl Way<'_> {
    async fn pump(&self, from: impl AsyncRead + Unpin, to: impl AsyncWrite + Unpin) -> io::Result<()> {
        let (sent, arriving) = mpsc::channel(CHUNKS_UNDER_WAY);
        tokio::try_join!(self.take(from, sent), self.give(arriving, to))?;
        Ok(())
    }

    async fn take(&self, mut from: impl AsyncRead + Unpin, sent: mpsc::Sender<Sent>) -> io::Result<()> {
        loop {
            let mut chunk = vec![0; CHUNK_BYTES];
            let length = match from.read(&mut chunk).await {
                // Where bytes vanish, so does the news that the speaker has gone.
                Err(_) if self.vanishes() => 0,
                read => read?,
            };
            chunk.truncate(length);
            if length == 0 || sent.send((Instant::now(), chunk)).await.is_err() {
                return Ok(());
            }
        }
    }

    async fn give(
        &self,
        mut arriving: mpsc::Receiver<Sent>,
        mut to: impl AsyncWrite + Unpin,
    ) -> io::Result<()> {
        while let Some((sent_at, chunk)) = arriving.recv().await {
            let mut rest = &chunk[..];
            while !rest.is_empty() {
                // Looked up for every portion: the switch may be turned in the middle of a chunk.
                let portion = match self.state.fault() {
                    _ if self.vanishes() => {
                        self.lost.store(true, Ordering::Relaxed);
                        break;
                    }
                    Fault::Limit { bytes_per_second } => {
                        let portion = rest
                            .len()
                            .min((bytes_per_second / PORTIONS_PER_SECOND).max(1) as usize);
                        let bytes = u32::try_from(portion).unwrap_or(u32::MAX);
                        sleep(Duration::from_secs(1) * bytes / bytes_per_second.max(1)).await;
                        portion
                    }
                    Fault::Delay(delay) => {
                        sleep_until(sent_at + delay).await;
                        rest.len()
                    }
                    _ => rest.len(),
                };
                deliver(&mut to, &rest[..portion], self.direction, self.state).await?;
                rest = &rest[portion..];
            }
        }
        if self.vanishes() {
            self.lost.store(true, Ordering::Relaxed);
            std::future::pending::<()>().await;
        }
        to.shutdown().await
    }

    fn vanishes(&self) -> bool {
        let fault = self.state.fault();
        fault == Fault::Stall || fault == Fault::Lose(self.direction)
    }
}

async fn deliver(
    to: &mut (impl AsyncWrite + Unpin),
    chunk: &[u8],
    direction: Direction,
    state: &State,
) -> io::Result<()> {
    let allowed = state.allowance(direction, chunk.len());
    to.write_all(&chunk[..allowed]).await?;
    state.arrived(direction, allowed);
    if allowed < chunk.len() {
        // The plug is being pulled: nothing more may pass, and the connection is about to be reset.
        std::future::pending::<()>().await;
    }
    Ok(())
}
