//! HTTP and WebSocket as an attacker writes them: byte by byte, without a library that would mind its manners.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use shared::protocol::http::HEADER;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{timeout, timeout_at};

use super::scene::Known;

/// How long an attacker waits for anything.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// How many bytes are thrown away at a time.
const DISCARD_BYTES: usize = 16 * 1024;

/// A text frame.
pub(super) const TEXT: u8 = 1;
/// A binary frame.
pub(super) const BINARY: u8 = 2;
/// What goes on with the message before it.
pub(super) const CONTINUES: u8 = 0;
/// A ping.
pub(super) const PING: u8 = 9;

/// Connects from an address of this machine; every one of 127.0.0.0/8 is.
pub(super) async fn connect(to: SocketAddr, from: Ipv4Addr) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if from != Ipv4Addr::LOCALHOST {
        socket.bind(SocketAddr::from((from, 0)))?;
    }
    within(socket.connect(to)).await
}

/// The request of a sign-in.
pub(super) fn sign_in(to: SocketAddr, login: &str, password: &str) -> Vec<u8> {
    let device = uuid::Uuid::new_v4();
    let body = format!(r#"{{"login":"{login}","password":"{password}","device":"{device}"}}"#);
    let mut request = sign_in_head(to, body.len());
    request.extend_from_slice(body.as_bytes());
    request
}

/// The head of a sign-in whose body has this length.
pub(super) fn sign_in_head(to: SocketAddr, length: usize) -> Vec<u8> {
    format!(
        "POST /api/session HTTP/1.1\r\nhost: {to}\r\norigin: http://{to}\r\n{HEADER}: 1\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
    .into_bytes()
}

/// Sends a request and reads its whole answer; gives the status.
pub(super) async fn ask(stream: &mut TcpStream, request: &[u8]) -> io::Result<u16> {
    within(stream.write_all(request)).await?;
    answer(stream).await
}

/// Reads a whole answer; gives its status.
pub(super) async fn answer(stream: &mut TcpStream) -> io::Result<u16> {
    let head = head(stream).await?;
    let status = head
        .get(9..12)
        .and_then(|status| status.parse().ok())
        .ok_or(io::ErrorKind::InvalidData)?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    within(stream.read_exact(&mut body)).await?;
    Ok(status)
}

/// Opens a socket to `/sync` with somebody's session.
pub(super) async fn open_sync(to: SocketAddr, who: &Known) -> io::Result<TcpStream> {
    let mut stream = connect(to, Ipv4Addr::LOCALHOST).await?;
    stream.set_nodelay(true)?;
    let request = format!(
        "GET /sync HTTP/1.1\r\nhost: {to}\r\norigin: http://{to}\r\ncookie: {}\r\nconnection: Upgrade\r\n\
         upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        who.cookie
    );
    within(stream.write_all(request.as_bytes())).await?;
    let head = head(&mut stream).await?;
    if head.starts_with("HTTP/1.1 101") {
        Ok(stream)
    } else {
        Err(io::Error::other(head.chars().take(12).collect::<String>()))
    }
}

/// One frame, masked with zeroes.
pub(super) fn frame(opcode: u8, is_last: bool, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![opcode | if is_last { 0x80 } else { 0 }];
    match payload.len() {
        short @ 0..126 => frame.push(0x80 | u8::try_from(short).unwrap_or_default()),
        medium @ 126..0x1_0000 => {
            frame.push(0x80 | 0x7e);
            frame.extend_from_slice(&u16::try_from(medium).unwrap_or_default().to_be_bytes());
        }
        long => {
            frame.push(0x80 | 0x7f);
            frame.extend_from_slice(&(long as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(&[0; 4]);
    frame.extend_from_slice(payload);
    frame
}

/// Reads until the other side closes, and keeps nothing.
pub(super) async fn discard(mut stream: impl tokio::io::AsyncRead + Unpin) {
    let mut bytes = vec![0; DISCARD_BYTES];
    while matches!(stream.read(&mut bytes).await, Ok(1..)) {}
}

/// Up to the empty line, which is the end of it.
async fn head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    let reading = async {
        while !head.ends_with(b"\r\n\r\n") {
            // Byte by byte: what follows is not ours.
            head.push(stream.read_u8().await?);
        }
        Ok(())
    };
    within(reading).await?;
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Does it before that, or not at all.
pub(super) async fn before<T>(until: Instant, work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout_at(until.into(), work)
        .await
        .map_err(|_| io::ErrorKind::TimedOut)?
}

pub(super) async fn within<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(PATIENCE, work)
        .await
        .map_err(|_| io::ErrorKind::TimedOut)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_have_these_heads() {
        assert_eq!(frame(BINARY, true, &[7]), [0x82, 0x81, 0, 0, 0, 0, 7]);
        assert_eq!(frame(BINARY, false, &[0; 300])[..4], [0x02, 0xfe, 0x01, 0x2c]);
        assert_eq!(
            frame(CONTINUES, true, &vec![0; 0x1_0000])[..10],
            [0x80, 0xff, 0, 0, 0, 0, 0, 1, 0, 0]
        );
    }
}
