//! Guesses at passwords.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::{GUESS, Start};
use crate::hostile_load::scene::{Scene, VICTIM};
use crate::hostile_load::{Statuses, wire};

/// How many guess at one time.
const GUESSERS: usize = 96;

pub(super) async fn run(scene: &Arc<Scene>, start: Start, statuses: &Statuses) {
    let to = scene.socket();
    let (scale, until) = start.counts();
    let next = Arc::new(AtomicUsize::new(0));
    let mut guessers = JoinSet::new();
    for guesser in 0..GUESSERS {
        let (next, statuses) = (Arc::clone(&next), statuses.clone());
        guessers.spawn(async move {
            let mut stream: Option<TcpStream> = None;
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= scale.guesses || Instant::now() >= until {
                    return;
                }
                // Every other guess at one account from one address, the rest at many from many.
                let (login, from) = if guesser.is_multiple_of(2) {
                    (VICTIM.to_owned(), Ipv4Addr::LOCALHOST)
                } else {
                    stream = None;
                    (format!("officer{number}"), address(number))
                };
                let request = wire::sign_in(to, &login, GUESS);
                match guess(&mut stream, to, from, &request).await {
                    Ok(status) => statuses.count(status.to_string()),
                    Err(problem) => {
                        stream = None;
                        statuses.count(problem.kind().to_string());
                    }
                }
            }
        });
    }
    guessers.join_all().await;
}

async fn guess(
    stream: &mut Option<TcpStream>,
    to: std::net::SocketAddr,
    from: Ipv4Addr,
    request: &[u8],
) -> std::io::Result<u16> {
    let mut open = match stream.take() {
        Some(open) => open,
        None => wire::connect(to, from).await?,
    };
    let status = wire::ask(&mut open, request).await?;
    *stream = Some(open);
    Ok(status)
}

/// One of many addresses, each good for a few guesses.
fn address(number: usize) -> Ipv4Addr {
    let [.., high, low] = (number / 8).to_be_bytes();
    Ipv4Addr::new(127, 1, high, low)
}
