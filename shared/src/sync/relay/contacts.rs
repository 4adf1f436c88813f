//! Which devices hold which ledgers: what each said when it was last in contact about one.

use std::collections::HashMap;

use super::{Contact, Effect};
use crate::id::{DeviceId, LedgerId};
use crate::limit;
use crate::time::Timestamp;

/// What devices have said and nobody has written down yet.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    news: HashMap<(LedgerId, DeviceId), Contact>,
    /// When something of a device and ledger was last written down, within [`limit::CONTACT_NOTED`].
    written: HashMap<(LedgerId, DeviceId), Timestamp>,
}

impl Contacts {
    /// A device has said how far it has come.
    pub(super) fn add(&mut self, contact: Contact) {
        self.news.insert((contact.ledger, contact.device), contact);
    }

    /// What is to be written down now: of each device and ledger something at most once in [`limit::CONTACT_NOTED`].
    pub(super) fn note(&mut self, at: Timestamp) -> Option<Effect> {
        self.written
            .retain(|_, written| at.since(*written) < limit::CONTACT_NOTED);
        let written = &self.written;
        let mut due: Vec<Contact> = self
            .news
            .extract_if(|place, _| !written.contains_key(place))
            .map(|(_, contact)| contact)
            .collect();
        due.sort_unstable_by_key(|contact| (contact.ledger, contact.device));
        let places = due.iter().map(|contact| (contact.ledger, contact.device));
        self.written.extend(places.map(|place| (place, at)));
        (!due.is_empty()).then_some(Effect::InContact(due))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::id::AccountId;

    fn contact(device: u8, pending: u32) -> Contact {
        Contact {
            ledger: LedgerId([1; 16]),
            device: DeviceId::from_bytes([device; 16]),
            account: AccountId::from_bytes([3; 16]),
            at: Timestamp(5),
            seq: 7,
            pending,
        }
    }

    #[test]
    fn what_a_device_says_is_written_down_at_once_and_then_once_in_a_while() {
        let mut contacts = Contacts::default();
        let start = Timestamp(1_000_000);
        let minute = limit::CONTACT_NOTED;
        contacts.add(contact(1, 5));
        contacts.add(contact(1, 4));
        assert_eq!(
            contacts.note(start),
            Some(Effect::InContact(vec![contact(1, 4)])),
            "what it said last"
        );
        assert_eq!(contacts.note(start), None);
        contacts.add(contact(1, 3));
        contacts.add(contact(2, 0));
        let soon = start.after(Duration::from_secs(1));
        assert_eq!(contacts.note(soon), Some(Effect::InContact(vec![contact(2, 0)])));
        let later = start.after(minute);
        assert_eq!(contacts.note(later), Some(Effect::InContact(vec![contact(1, 3)])));
        contacts.note(later.after(minute));
        assert!(contacts.written.is_empty(), "nothing is remembered for ever");
    }
}
