//! Who wants to be woken, and when.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use shared::id::LedgerId;

/// What one can be woken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Who is signed in, and what the sign-in page shows.
    SignedIn,
    /// The header's words about sync.
    Sync,
    /// The list of ledgers.
    Ledgers,
    /// What an administrator keeps.
    Overview,
    /// What an administrator has still to hand out.
    HandingOut,
    /// What waits for a person.
    Inbox,
    /// The enterprise's settings.
    Settings,
    /// One ledger, and the roster of its branch.
    Ledger(LedgerId),
}

/// Keeps a listener awake.
#[must_use = "dropping a subscription ends it at once"]
pub struct Subscription {
    _listener: Rc<Listener>,
}

struct Listener {
    topic: Topic,
    wake: Box<dyn Fn()>,
}

/// All listeners, held weakly: their subscriptions own them.
#[derive(Default)]
pub(super) struct Listeners(RefCell<Vec<Weak<Listener>>>);

impl Listeners {
    pub(super) fn add(&self, topic: Topic, wake: impl Fn() + 'static) -> Subscription {
        let listener = Rc::new(Listener {
            topic,
            wake: Box::new(wake),
        });
        let mut listeners = self.0.borrow_mut();
        listeners.retain(|listener| listener.strong_count() > 0);
        listeners.push(Rc::downgrade(&listener));
        Subscription { _listener: listener }
    }

    /// Wakes everybody whose topic is among these, each once. No borrow is held meanwhile: a listener may dispatch.
    pub(super) fn wake(&self, topics: &[Topic]) {
        let awake: Vec<Rc<Listener>> = self
            .0
            .borrow()
            .iter()
            .filter_map(Weak::upgrade)
            .filter(|listener| topics.contains(&listener.topic))
            .collect();
        for listener in awake {
            (listener.wake)();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_listener_is_woken_for_its_topic_until_its_subscription_is_dropped() {
        let listeners = Listeners::default();
        let woken = Rc::new(Cell::new(0));
        let counting = woken.clone();
        let subscription = listeners.add(Topic::Sync, move || counting.set(counting.get() + 1));
        listeners.wake(&[Topic::Ledgers]);
        listeners.wake(&[Topic::Sync, Topic::Ledgers]);
        assert_eq!(woken.get(), 1);
        drop(subscription);
        listeners.wake(&[Topic::Sync]);
        assert_eq!(woken.get(), 1);
    }

    #[test]
    fn a_listener_may_subscribe_while_it_is_woken() {
        let listeners = Rc::new(Listeners::default());
        let (inner, kept) = (listeners.clone(), Rc::new(RefCell::new(Vec::new())));
        let keeping = kept.clone();
        let _outer = listeners.add(Topic::Sync, move || {
            keeping.borrow_mut().push(inner.add(Topic::Sync, || {}));
        });
        listeners.wake(&[Topic::Sync]);
        assert_eq!(kept.borrow().len(), 1);
    }
}
