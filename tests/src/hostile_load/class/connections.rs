//! Connections for their own sake.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::Start;
use crate::hostile_load::scene::Scene;
use crate::hostile_load::{Statuses, wire};

/// How many knock at one time.
const KNOCKING: usize = 64;

pub(super) async fn run(scene: &Arc<Scene>, start: Start, statuses: &Statuses) {
    let (scale, until) = start.counts();
    let dropped = knock(
        scene,
        scale.connections / 2,
        until,
        statuses,
        "opened and dropped",
    )
    .await;
    drop(dropped);
    let held = knock(scene, scale.connections / 2, until, statuses, "opened to be held").await;
    let mut open = 0;
    for stream in &held {
        // Nothing to read and nothing wrong: the relay has not closed it.
        let mut byte = [0];
        let read = stream.try_read(&mut byte);
        if read.is_err_and(|problem| problem.kind() == std::io::ErrorKind::WouldBlock) {
            open += 1;
        }
    }
    statuses.add("held at the end", open);
}

/// Opens so many; those to be held are given back.
async fn knock(
    scene: &Arc<Scene>,
    count: usize,
    until: Instant,
    statuses: &Statuses,
    what: &'static str,
) -> Vec<TcpStream> {
    let to = scene.socket();
    let next = Arc::new(AtomicUsize::new(0));
    let mut knocking = JoinSet::new();
    for _ in 0..KNOCKING {
        let (next, statuses) = (Arc::clone(&next), statuses.clone());
        knocking.spawn(async move {
            let mut held = Vec::new();
            while next.fetch_add(1, Ordering::Relaxed) < count && Instant::now() < until {
                match wire::connect(to, Ipv4Addr::LOCALHOST).await {
                    Ok(stream) => {
                        statuses.count(what);
                        if what == "opened to be held" {
                            held.push(stream);
                        }
                    }
                    Err(problem) => statuses.count(format!("not opened: {}", problem.kind())),
                }
            }
            held
        });
    }
    knocking.join_all().await.into_iter().flatten().collect()
}
