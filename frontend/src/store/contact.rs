//! When the relay was last heard on this device: a laptop that is shut down every evening has been offline for days.

use std::time::Duration;

use shared::sync::client::LinkState;
use shared::time::Timestamp;
use wasm_bindgen_futures::spawn_local;

use super::Store;
use super::record::{self, META};
use crate::browser::clock;
use crate::browser::idb::{Database, Step};

/// Under which key an account's database keeps it.
const HEARD: &str = "heard";
/// How exactly it is kept: each note is a transaction.
const NOTED_EVERY: Duration = Duration::from_mins(5);

/// The last contact with the relay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Contact {
    heard: Option<Timestamp>,
    noted: Option<Timestamp>,
}

impl Contact {
    /// As the device's store remembers it.
    pub(super) const fn remembered(heard: Option<Timestamp>) -> Self {
        Self { heard, noted: heard }
    }

    pub(super) const fn heard(&self) -> Option<Timestamp> {
        self.heard
    }

    /// The relay is there now. Whether that has to be noted on the device.
    fn is_heard(&mut self, now: Timestamp) -> bool {
        self.heard = Some(now);
        let due = self.noted.is_none_or(|noted| now.since(noted) >= NOTED_EVERY);
        if due {
            self.noted = Some(now);
        }
        due
    }
}

pub(super) async fn read(db: &Database) -> Contact {
    let kept = db.get(META, HEARD).await.ok().flatten();
    Contact::remembered(kept.as_deref().and_then(record::read))
}

impl Store {
    /// Notes that the relay is there, if it is.
    pub(super) fn note_contact(&self) {
        let now = clock::now();
        let writing = {
            let mut state = self.0.state.borrow_mut();
            let is_online = state
                .client
                .as_ref()
                .is_some_and(|client| matches!(client.link(), (LinkState::Online { .. }, None)));
            if !is_online || !state.contact.is_heard(now) {
                return;
            }
            let step = Step::Put {
                store: META,
                key: HEARD.to_owned(),
                value: record::write(&now),
            };
            state.account.as_ref().map(|account| account.db.write(vec![step]))
        };
        spawn_local(async move {
            if let Some(Err(why)) = futures::future::OptionFuture::from(writing).await {
                tracing::warn!(%why, "the last contact was not noted");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_session_noted_counts_until_the_relay_is_heard_again() {
        let (then, now) = (Timestamp(1_000), Timestamp(864_000_000));
        let mut contact = Contact::remembered(Some(then));
        assert_eq!(contact.heard(), Some(then));
        assert!(contact.is_heard(now), "it is noted");
        assert_eq!(contact.heard(), Some(now));
        assert!(
            !contact.is_heard(now.after(Duration::from_secs(20))),
            "once in a while"
        );
        assert!(contact.is_heard(now.after(NOTED_EVERY)));
    }
}
