//! The proxy breaks the network in exactly the ways its switch says.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tests::wait::until;
use tests::{Direction, Fault, Proxy};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};

/// A server that says everything back, and the proxy before it.
async fn echo() -> Result<Proxy> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = stream.split();
                copy(&mut from, &mut to).await
            });
        }
    });
    Ok(Proxy::to(address).await?)
}

async fn connect(proxy: &Proxy) -> Result<TcpStream> {
    Ok(TcpStream::connect(proxy.address()).await?)
}

async fn says(stream: &mut TcpStream, text: &str) -> Result<()> {
    Ok(stream.write_all(text.as_bytes()).await?)
}

async fn hears(stream: &mut TcpStream, text: &str) -> Result<()> {
    let mut heard = vec![0; text.len()];
    stream
        .read_exact(&mut heard)
        .await
        .with_context(|| format!("did not hear {text}"))?;
    ensure!(
        heard == text.as_bytes(),
        "heard {:?}, not {text}",
        String::from_utf8_lossy(&heard)
    );
    Ok(())
}

/// The connection ends without another byte.
async fn is_ended(stream: &mut TcpStream) -> Result<()> {
    match stream.read_u8().await {
        Ok(byte) => anyhow::bail!("heard byte {byte} on a connection that should be gone"),
        Err(problem) => {
            let gone = [
                ErrorKind::ConnectionReset,
                ErrorKind::UnexpectedEof,
                ErrorKind::BrokenPipe,
            ];
            ensure!(gone.contains(&problem.kind()), "{problem}");
            Ok(())
        }
    }
}

#[tokio::test]
async fn bytes_pass_and_are_counted() -> Result<()> {
    let proxy = echo().await?;
    let mut ada = connect(&proxy).await?;
    says(&mut ada, "台账").await?;
    hears(&mut ada, "台账").await?;
    assert_eq!((proxy.bytes(Direction::Up), proxy.bytes(Direction::Down)), (6, 6));
    assert_eq!(proxy.connections(), 1);
    drop(ada);
    until("the proxy forgets the connection", async || {
        Ok((proxy.connections() == 0).then_some(()))
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn one_side_may_finish_speaking_and_still_hear_the_rest() -> Result<()> {
    let proxy = echo().await?;
    let mut ada = connect(&proxy).await?;
    says(&mut ada, "last words").await?;
    ada.shutdown().await?;
    hears(&mut ada, "last words").await?;
    is_ended(&mut ada).await
}

#[tokio::test]
async fn a_cut_ends_old_connections_and_new_ones_until_it_is_healed() -> Result<()> {
    let proxy = echo().await?;
    let mut ada = connect(&proxy).await?;
    says(&mut ada, "hello").await?;
    hears(&mut ada, "hello").await?;
    proxy.cut();
    is_ended(&mut ada).await?;
    // The reset may arrive before or after the handshake is seen to end; either way nothing is heard.
    if let Ok(mut late) = connect(&proxy).await {
        says(&mut late, "anyone?").await.ok();
        is_ended(&mut late).await?;
    }
    proxy.pass();
    let mut again = connect(&proxy).await?;
    says(&mut again, "back").await?;
    hears(&mut again, "back").await
}

#[tokio::test]
async fn a_stalled_network_accepts_and_swallows_and_resets_what_lost_bytes_when_healed() -> Result<()> {
    let proxy = echo().await?;
    let mut old = connect(&proxy).await?;
    says(&mut old, "hello").await?;
    hears(&mut old, "hello").await?;
    proxy.stall();
    let mut new = connect(&proxy).await?;
    says(&mut old, "lost").await?;
    says(&mut new, "lost").await?;
    let nothing = Duration::from_millis(100);
    assert!(
        tokio::time::timeout(nothing, old.read_u8()).await.is_err(),
        "heard something, or the end"
    );
    assert!(
        tokio::time::timeout(nothing, new.read_u8()).await.is_err(),
        "heard something, or the end"
    );
    assert_eq!(proxy.bytes(Direction::Up), 5);
    proxy.pass();
    is_ended(&mut old).await?;
    is_ended(&mut new).await
}

#[tokio::test]
async fn a_connection_that_lost_nothing_outlives_a_stall() -> Result<()> {
    let proxy = echo().await?;
    let mut ada = connect(&proxy).await?;
    says(&mut ada, "before").await?;
    hears(&mut ada, "before").await?;
    proxy.stall();
    proxy.pass();
    says(&mut ada, "after").await?;
    hears(&mut ada, "after").await
}

#[tokio::test]
async fn loss_one_way_lets_the_other_way_through() -> Result<()> {
    let proxy = echo().await?;
    let mut ada = connect(&proxy).await?;
    says(&mut ada, "a").await?;
    hears(&mut ada, "a").await?;
    proxy.set(Fault::Lose(Direction::Down));
    says(&mut ada, "bcd").await?;
    until("the relay got it all", async || {
        Ok((proxy.bytes(Direction::Up) == 4).then_some(()))
    })
    .await?;
    assert_eq!(proxy.bytes(Direction::Down), 1);
    let nothing = Duration::from_millis(100);
    assert!(
        tokio::time::timeout(nothing, ada.read_u8()).await.is_err(),
        "the answer should be lost"
    );
    proxy.pass();
    is_ended(&mut ada).await
}

#[tokio::test]
async fn a_delay_holds_back_every_byte_but_not_the_speaker() -> Result<()> {
    let proxy = echo().await?;
    let delay = Duration::from_millis(200);
    proxy.set(Fault::Delay(delay));
    let mut ada = connect(&proxy).await?;
    let start = Instant::now();
    for _ in 0..10 {
        says(&mut ada, "x").await?;
    }
    hears(&mut ada, "xxxxxxxxxx").await?;
    let took = start.elapsed();
    assert!(took >= 2 * delay, "there and back took only {took:?}");
    assert!(took < 10 * delay, "the bytes waited for each other: {took:?}");
    Ok(())
}

#[tokio::test]
async fn a_limited_line_takes_its_time() -> Result<()> {
    let proxy = echo().await?;
    proxy.set(Fault::Limit {
        bytes_per_second: 64_000,
    });
    let mut ada = connect(&proxy).await?;
    let text = "x".repeat(32_000);
    let start = Instant::now();
    says(&mut ada, &text).await?;
    hears(&mut ada, &text).await?;
    let took = start.elapsed();
    assert!(
        took >= Duration::from_millis(500),
        "half a second's worth took only {took:?}"
    );
    Ok(())
}

#[tokio::test]
async fn the_plug_is_pulled_after_exactly_so_many_bytes() -> Result<()> {
    let proxy = echo().await?;
    let mut ada = connect(&proxy).await?;
    says(&mut ada, "one").await?;
    hears(&mut ada, "one").await?;
    proxy.cut_after_bytes(Direction::Up, 4);
    says(&mut ada, "two three").await?;
    is_ended_after_at_most(&mut ada, "two ").await?;
    assert_eq!(proxy.bytes(Direction::Up), 7);
    assert_eq!(proxy.fault(), Fault::Cut);
    assert!(
        proxy.log().iter().any(|line| line.ends_with("Cut")),
        "{:?}",
        proxy.log()
    );
    Ok(())
}

async fn is_ended_after_at_most(stream: &mut TcpStream, text: &str) -> Result<()> {
    let mut heard = Vec::new();
    // A reset is an end like any other here.
    stream.read_to_end(&mut heard).await.ok();
    ensure!(
        text.as_bytes().starts_with(&heard),
        "heard {:?}",
        String::from_utf8_lossy(&heard)
    );
    Ok(())
}
