//! The socket to the relay.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// What happens on a socket.
#[derive(Clone, Debug)]
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// A frame arrived.
    Frame(Vec<u8>),
    /// It is gone, or never opened. Nothing follows.
    Closed,
}

/// One socket; dropping it closes it, and nothing more is heard of it.
pub struct Socket {
    inner: WebSocket,
    _opened: Closure<dyn FnMut(Event)>,
    _frame: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens the socket of the page's own relay. Without one `tell` is never called.
    pub fn open(tell: impl Fn(SocketEvent) + Clone + 'static) -> Option<Self> {
        let location = gloo::utils::window().location();
        let scheme = if location.protocol().ok()? == "https:" {
            "wss"
        } else {
            "ws"
        };
        let socket = WebSocket::new(&format!("{scheme}://{}/sync", location.host().ok()?)).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let telling = tell.clone();
        let opened = Closure::<dyn FnMut(Event)>::new(move |_| telling(SocketEvent::Opened));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        let telling = tell.clone();
        let frame = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                telling(SocketEvent::Frame(Uint8Array::new(&buffer).to_vec()));
            }
        });
        socket.set_onmessage(Some(frame.as_ref().unchecked_ref()));
        let closed = Closure::<dyn FnMut(CloseEvent)>::new(move |_| tell(SocketEvent::Closed));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Self {
            inner: socket,
            _opened: opened,
            _frame: frame,
            _closed: closed,
        })
    }

    /// Sends a frame. One that the socket does not take is lost with the connection, which is told by its closing.
    pub fn send(&self, frame: &[u8]) {
        self.inner.send_with_u8_array(frame).ok();
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        // One that never opened says so here, and is as gone as the others.
        self.inner.close().ok();
    }
}
