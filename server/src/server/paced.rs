//! A stream that is read no faster than its account may be.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use crate::crowd::Seat;
use crate::trouble::{Trouble, Troubles};

/// Leaves what comes too fast in the network, where it holds up nobody but its sender.
pub(super) struct Paced<S> {
    stream: S,
    seat: Arc<Seat>,
    troubles: Troubles,
    /// Runs while nothing may be read.
    resting: Option<Pin<Box<Sleep>>>,
}

impl<S> Paced<S> {
    pub(super) fn new(stream: S, seat: Arc<Seat>, troubles: Troubles) -> Self {
        Self {
            stream,
            seat,
            troubles,
            resting: None,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self {
            stream,
            seat,
            troubles,
            resting,
        } = self.get_mut();
        let Some(pace) = seat.pace() else {
            return Pin::new(stream).poll_read(context, buffer);
        };
        loop {
            if let Some(rest) = resting {
                ready!(rest.as_mut().poll(context));
                *resting = None;
            }
            // Others of the account may have used up meanwhile what this one waited for.
            match pace.wait() {
                None => break,
                Some(wait) => {
                    if let Some(account) = seat.account() {
                        troubles.saw(Trouble::SlowedDown, account);
                    }
                    *resting = Some(Box::pin(sleep(wait)));
                }
            }
        }
        let before = buffer.filled().len();
        let outcome = Pin::new(stream).poll_read(context, buffer);
        let read = buffer.filled().len() - before;
        pace.took(u32::try_from(read).unwrap_or(u32::MAX));
        outcome
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::Duration;

    use shared::id::AccountId;
    use shared::limit::{READ_BURST_BYTES, READ_PER_SECOND_BYTES};
    use tokio::io::AsyncReadExt as _;
    use tokio::time::Instant;

    use super::*;
    use crate::crowd::Crowd;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const LIN: AccountId = AccountId::from_bytes([1; 16]);

    /// How long it takes until so many bytes are read from each of these connections together.
    async fn reads(seats: Vec<Arc<Seat>>, bytes: u64) -> Duration {
        let begun = Instant::now();
        let mut all = tokio::task::JoinSet::new();
        for seat in seats {
            all.spawn(async move {
                let endless = Paced::new(
                    tokio::io::join(tokio::io::repeat(0), tokio::io::sink()),
                    seat,
                    Troubles::default(),
                );
                let taken = tokio::io::copy(&mut endless.take(bytes), &mut tokio::io::sink()).await;
                assert_eq!(taken.unwrap(), bytes);
            });
        }
        all.join_all().await;
        begun.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn all_connections_of_an_account_share_one_pace() {
        let crowd = Crowd::default();
        let seats: Vec<_> = (0..4).map(|_| crowd.enter(HERE).unwrap()).collect();
        for seat in &seats {
            seat.is_of(LIN).unwrap();
        }
        let each = u64::from(READ_BURST_BYTES) / 4 + u64::from(READ_PER_SECOND_BYTES);
        let took = reads(seats, each).await;
        assert!((3..=5).contains(&took.as_secs()), "{took:?}");
        let again = crowd.enter(HERE).unwrap();
        again.is_of(LIN).unwrap();
        let took = reads(vec![again], u64::from(READ_PER_SECOND_BYTES)).await;
        assert!(
            took > Duration::from_millis(900),
            "a new connection does not begin anew: {took:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_of_nobody_is_read_as_it_comes() {
        let seat = Crowd::default().enter(HERE).unwrap();
        let took = reads(vec![seat], 4 * u64::from(READ_BURST_BYTES)).await;
        assert_eq!(took, Duration::ZERO);
    }
}
