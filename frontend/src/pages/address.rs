//! What is said where something is wrong with the relay's address or its certificate.

use shared::protocol::http::{Me, Notice};
use shared::time::Timestamp;
use yew::prelude::*;

use crate::browser::page;
use crate::components::banner::{Banner, Urgency};
use crate::components::sync_chips::{Chip, SyncState};
use crate::i18n::{AddressMessage, Language, Message, use_language};
use crate::pages::sync_words;
use crate::store::view::{Link, SyncView};

/// Whether the relay cannot be reached because its certificate has ended. A page is not told why a connection failed;
/// it remembers from the last contact when that would be.
#[must_use]
pub fn has_expired(me: &Me, sync: &SyncView, now: Timestamp) -> bool {
    matches!(sync.link, Link::Offline { .. }) && me.certificate_expires.is_some_and(|at| at <= now)
}

/// The chips of the header: where the certificate has ended, that is why there is no connection.
#[must_use]
pub fn chips(
    language: Language,
    me: &Me,
    sync: &SyncView,
    now: Timestamp,
    network: page::Network,
) -> Vec<Chip> {
    let mut chips = sync_words::chips(language, sync, now);
    if network == page::Network::Perhaps && has_expired(me, sync, now) {
        for chip in chips.iter_mut().filter(|chip| chip.state == SyncState::Offline) {
            *chip = Chip {
                state: SyncState::Certificate,
                words: language.attribute(&Message::Address(AddressMessage::Expired)),
                worrying: true,
            };
        }
    }
    chips
}

/// Properties of [`AddressBanners`].
#[derive(Clone, PartialEq, Properties)]
pub struct AddressBannersProps {
    /// What the relay said at the last contact.
    pub me: std::rc::Rc<Me>,
    /// The line to it.
    pub sync: std::rc::Rc<SyncView>,
    /// Now.
    pub now: Timestamp,
    /// Whether what colleagues left on this device is delivered.
    pub others_delivered: bool,
}

/// The banners of somebody who is signed in.
#[component]
pub fn AddressBanners(
    AddressBannersProps {
        me,
        sync,
        now,
        others_delivered,
    }: &AddressBannersProps,
) -> Html {
    let language = use_language();
    let names = me.administrators.join("、");
    let say = |message: AddressMessage<'_>| language.attribute(&Message::Address(message));
    let expired = page::network() == page::Network::Perhaps && has_expired(me, sync, *now);
    let delivered = *others_delivered && is_delivered(sync);
    use_effect_with((me.moved_to.clone(), delivered), |(moved_to, delivered)| {
        if let Some(to) = moved_to.as_ref().filter(|_| *delivered) {
            page::go_to(to);
        }
    });
    html! {
        <>
            if expired {
                <Banner urgency={Urgency::Soon} text={say(AddressMessage::ExpiredTell { names: &names })} />
            }
            for notice in &me.notices {
                <Banner urgency={Urgency::Soon} text={say(words(*notice, *now))} />
            }
            if let Some(to) = &me.moved_to { <Moved to={to.clone()} /> }
            <NotTrusted />
        </>
    }
}

const fn words(notice: Notice, now: Timestamp) -> AddressMessage<'static> {
    match notice {
        Notice::CertificateExpires { at } if at.0 <= now.0 => AddressMessage::Ended { at },
        Notice::CertificateExpires { at } => AddressMessage::Ends {
            at,
            days: at.0.abs_diff(now.0) / 86_400_000,
        },
    }
}

/// Whether nothing is on this device alone any more, not even for a person to look at.
fn is_delivered(sync: &SyncView) -> bool {
    let alone = [sync.saving, sync.pending, sync.refused, sync.unreadable];
    sync.link == Link::Online && alone.iter().all(|count| *count == 0)
}

/// Properties of [`Moved`].
#[derive(Clone, PartialEq, Properties)]
pub struct MovedProps {
    /// Where the app is now.
    pub to: AttrValue,
}

/// That the app is at another address now.
#[component]
pub fn Moved(MovedProps { to }: &MovedProps) -> Html {
    let language = use_language();
    let text = language.attribute(&Message::Address(AddressMessage::Moved { to }));
    html! {
        <Banner urgency={Urgency::Soon} {text}>
            <a class="button" href={to}>{ language.say(&Message::Address(AddressMessage::MovedGo)) }</a>
        </Banner>
    }
}

/// That this browser does not trust the relay's certificate, where that is so.
#[component]
pub fn NotTrusted() -> Html {
    let language = use_language();
    let untrusted = use_state(page::is_untrusted);
    let setter = untrusted.setter();
    use_effect_with((), move |()| {
        // It may have turned out between the render and this effect.
        setter.set(page::is_untrusted());
        let listening = page::on_window(page::UNTRUSTED, move || setter.set(true));
        move || drop(listening)
    });
    if !*untrusted {
        return Html::default();
    }
    let text = language.attribute(&Message::Address(AddressMessage::NotTrusted));
    html! {
        <Banner urgency={Urgency::Now} {text}>
            <a class="button" href={page::HOW_TO_TRUST}>{ language.say(&Message::Address(AddressMessage::HowToTrust)) }</a>
        </Banner>
    }
}

#[cfg(test)]
mod tests;
