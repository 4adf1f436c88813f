//! The line between a tab and the relay: two queues, and what may become of them.

use std::collections::VecDeque;

use shared::protocol::{ClientMessage, RelayMessage};
use shared::sync::client::Event as ClientEvent;
use shared::sync::relay::{ConnectionId, Event, Officer};

use super::{At, Network};

/// One connection, as seen from the tab.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) id: ConnectionId,
    pub(super) state: LineState,
    pub(super) up: VecDeque<ClientMessage>,
    pub(super) down: VecDeque<RelayMessage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineState {
    Opening,
    Open,
    /// Looks open to both ends; whatever is sent vanishes.
    HalfOpen,
    /// The relay has closed it; what it sent before still arrives.
    Closing,
}

impl Line {
    pub(super) fn new(id: ConnectionId) -> Self {
        Self {
            id,
            state: LineState::Opening,
            up: VecDeque::new(),
            down: VecDeque::new(),
        }
    }
}

impl Network {
    /// The tab with this connection.
    pub(super) fn at_line(&self, id: ConnectionId) -> Option<At> {
        self.all_tabs()
            .into_iter()
            .find(|at| self.tab(*at).line.as_ref().is_some_and(|line| line.id == id))
    }

    /// The socket that a tab asked for opens, or fails to.
    pub(super) fn socket_opens(&mut self, at: At) {
        let device = &self.devices[at.device];
        let officer = Officer {
            account: device.account,
            device: device.id,
            grants: device.grants.clone(),
        };
        let reachable = self.station.is_up() && !self.devices[at.device].offline;
        let Some(line) = self
            .tab_mut(at)
            .line
            .as_mut()
            .filter(|line| line.state == LineState::Opening)
        else {
            return;
        };
        if !reachable {
            self.tab_mut(at).line = None;
            self.handle(at, ClientEvent::Disconnected);
            return;
        }
        line.state = LineState::Open;
        let id = line.id;
        self.tell(|| format!("{at:?} connects as {id:?}"));
        self.relay_handles(Event::Connected(id, officer));
        self.handle(at, ClientEvent::Connected);
    }

    /// The oldest message a tab sent reaches the relay.
    pub(super) fn carries_up(&mut self, at: At) {
        let Some(line) = self.tab_mut(at).line.as_mut() else {
            return;
        };
        let id = line.id;
        if let Some(message) = line.up.pop_front() {
            self.relay_handles(Event::Received(id, message));
        }
    }

    /// The oldest message of the relay reaches a tab.
    pub(super) fn carries_down(&mut self, at: At) {
        let Some(line) = self.tab_mut(at).line.as_mut() else {
            return;
        };
        let (id, state) = (line.id, line.state);
        let message = line.down.pop_front();
        let drained = line.down.is_empty();
        if let Some(message) = message {
            self.tell(|| format!("{at:?} receives {}", brief(&message)));
            self.handle(at, ClientEvent::Received(message));
            if drained && state == LineState::Open {
                self.relay_handles(Event::Drained(id));
            }
        }
        let ended = |line: &Line| line.state == LineState::Closing && line.down.is_empty();
        if self.tab(at).line.as_ref().is_some_and(ended) {
            self.tab_mut(at).line = None;
            self.handle(at, ClientEvent::Disconnected);
        }
    }

    /// The connection breaks: whatever is on its way is lost, both ends notice.
    pub(super) fn cuts(&mut self, at: At) {
        let Some(line) = self.tab_mut(at).line.take() else {
            return;
        };
        self.tell(|| format!("{at:?} loses its line"));
        // Behind a half-open line the relay keeps a connection that leads nowhere.
        if line.state == LineState::Open {
            self.relay_handles(Event::Disconnected(line.id));
        }
        self.handle(at, ClientEvent::Disconnected);
    }
}

/// A message in few words.
fn brief(message: &RelayMessage) -> String {
    match message {
        RelayMessage::Entries { entries, last, .. } => {
            let seqs: Vec<u64> = entries.iter().map(|entry| entry.seq).collect();
            format!("entries {seqs:?} of {last}")
        }
        RelayMessage::Fates { fates, .. } => {
            let brief: Vec<String> = fates
                .iter()
                .map(|(hash, fate)| format!("{:.8} {fate:?}", hash.to_string()))
                .collect();
            format!("fates {brief:?}")
        }
        other => format!("{other:?}").chars().take(60).collect(),
    }
}
