//! What the header says about sync, from what the store knows. Nothing is said that is not known.

use shared::protocol::Later;
use shared::time::Timestamp;

use crate::components::sync_chips::{Chip, SyncState};
use crate::i18n::{DeviceNote, Language, Message};
use crate::store::view::{Carried, Link, SyncView};

/// Hours without a network after which the days are shown, days after which it is worth a worry, and a banner.
const SHOW_DAYS_AFTER_HOURS: u64 = 24;
const WORRY_AFTER_DAYS: u64 = 3;
const BANNER_AFTER_DAYS: u64 = 7;

/// The chips of the header, in their order.
#[must_use]
pub fn chips(language: Language, sync: &SyncView, now: Timestamp) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut say = |state, message: &Message<'_>, worrying| {
        chips.push(Chip {
            state,
            words: language.attribute(message),
            worrying,
        });
    };
    if sync.conflicts > 0 {
        say(
            SyncState::Conflict,
            &Message::Clashes {
                count: sync.conflicts,
            },
            false,
        );
    }
    if sync.refused > 0 {
        say(
            SyncState::Refused,
            &Message::Refused { count: sync.refused },
            false,
        );
    }
    if sync.held > 0 {
        say(SyncState::Held, &Message::Held { count: sync.held }, false);
    }
    if let Some(trouble) = sync.storage {
        say(SyncState::Storage, &super::storage_words(trouble), true);
    } else if sync.unreadable > 0 {
        let message = Message::Unreadable {
            count: sync.unreadable,
        };
        say(SyncState::Storage, &message, true);
    }
    match sync.blocked {
        Some(Later::Full) => say(SyncState::Pending, &Message::LedgerFull, true),
        Some(Later::RelayOlder) => say(SyncState::Pending, &Message::RelayOlder, true),
        _ => {}
    }
    if let Some((state, note)) = carried(&sync.carried) {
        say(state, &Message::Device(note), false);
    }
    match (sync.sending, sync.pending, sync.saving) {
        (_, _, saving) if saving > 0 => say(SyncState::Saving, &Message::Saving, false),
        (Some((sent, of)), ..) => say(SyncState::Sending, &Message::Sending { sent, of }, false),
        (None, pending, _) if pending > 0 => {
            say(SyncState::Here, &Message::Here, false);
            say(SyncState::Pending, &Message::Pending { count: pending }, false);
        }
        (None, ..) if sync.link == Link::Online => {
            let message = sync
                .synced_at
                .map_or(Message::SyncedNever, |at| Message::Synced { at });
            say(SyncState::Synced, &message, false);
        }
        (None, ..) => {}
    }
    match sync.link {
        Link::Offline { since } => {
            let (hours, days) = (now.since(since).as_secs() / 3_600, days(since, now));
            let message = if hours < SHOW_DAYS_AFTER_HOURS {
                Message::Offline
            } else {
                Message::OfflineDays { days }
            };
            say(SyncState::Offline, &message, days >= WORRY_AFTER_DAYS);
        }
        Link::SignIn => say(SyncState::SignIn, &Message::SignInToUpload, true),
        Link::Online | Link::Connecting | Link::Version => {}
    }
    chips
}

/// What is being delivered for colleagues, or was a moment ago.
fn carried(carried: &[Carried]) -> Option<(SyncState, DeviceNote<'_>)> {
    let waiting: usize = carried.iter().map(|carried| carried.count).sum();
    let is_shown = |carried: &&Carried| waiting == 0 || carried.count > 0;
    let shown: Vec<&Carried> = carried.iter().filter(is_shown).collect();
    let name = &*shown.first()?.name;
    let others = shown.len() - 1;
    Some(match waiting {
        0 => {
            let count = shown.iter().map(|carried| carried.done).sum();
            (SyncState::Carried, DeviceNote::Carried { name, others, count })
        }
        count => (SyncState::Carrying, DeviceNote::Carrying { name, others, count }),
    })
}

/// For how many days there was no network, once that is worth a banner.
#[must_use]
pub fn offline_days(sync: &SyncView, now: Timestamp) -> Option<u64> {
    match sync.link {
        Link::Offline { since } => Some(days(since, now)).filter(|days| *days >= BANNER_AFTER_DAYS),
        _ => None,
    }
}

fn days(since: Timestamp, now: Timestamp) -> u64 {
    now.since(since).as_secs() / 86_400
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_414_080_000);

    fn sync(link: Link) -> SyncView {
        SyncView {
            link,
            saving: 0,
            pending: 0,
            sending: None,
            conflicts: 0,
            held: 0,
            refused: 0,
            blocked: None,
            unreadable: 0,
            carried: [].into(),
            synced_at: Some(NOW),
            storage: None,
        }
    }

    fn says(sync: &SyncView, wanted: &[(&str, &str)]) {
        let chips = chips(Language::Chinese, sync, NOW);
        let said: Vec<(&str, &str)> = chips
            .iter()
            .map(|chip| (chip.state.code(), chip.words.as_str()))
            .collect();
        assert_eq!(said, wanted);
    }

    fn offline(hours: i64) -> Link {
        Link::Offline {
            since: Timestamp(NOW.0 - hours * 3_600_000),
        }
    }

    #[test]
    fn everything_uploaded_is_said_quietly_with_the_time() {
        says(&sync(Link::Online), &[("synced", "已同步 14:08")]);
    }

    #[test]
    fn nothing_is_claimed_while_connecting() {
        says(&sync(Link::Connecting), &[]);
    }

    #[test]
    fn what_is_on_this_device_alone_is_counted_beside_stored_here() {
        let sync = SyncView {
            pending: 12,
            ..sync(offline(1))
        };
        says(
            &sync,
            &[
                ("here", "已存本机"),
                ("pending", "待上传 12 项"),
                ("offline", "离线可编辑"),
            ],
        );
    }

    #[test]
    fn what_is_not_yet_on_the_disk_is_not_called_stored() {
        says(
            &SyncView {
                pending: 3,
                saving: 1,
                ..sync(Link::Online)
            },
            &[("saving", "正在保存")],
        );
    }

    #[test]
    fn conflicts_refusals_and_held_work_come_first() {
        let sync = SyncView {
            conflicts: 2,
            refused: 1,
            held: 1,
            sending: Some((3, 12)),
            pending: 9,
            ..sync(Link::Online)
        };
        let wanted = [
            ("conflict", "冲突 2 处待定"),
            ("refused", "未被接受 1 项"),
            ("held", "待审入 1 项"),
            ("sending", "正在上传 3/12"),
        ];
        says(&sync, &wanted);
    }

    #[test]
    fn days_offline_are_shown_then_worry_then_take_a_banner() {
        says(&sync(offline(23)), &[("offline", "离线可编辑")]);
        says(&sync(offline(49)), &[("offline", "离线可编辑 · 2 天")]);
        assert!(!chips(Language::Chinese, &sync(offline(49)), NOW)[0].worrying);
        assert!(chips(Language::Chinese, &sync(offline(73)), NOW)[0].worrying);
        assert_eq!(offline_days(&sync(offline(24 * 6)), NOW), None);
        assert_eq!(offline_days(&sync(offline(24 * 8)), NOW), Some(8));
    }

    #[test]
    fn what_keeps_changes_here_is_said_with_what_cannot_be_read() {
        let sync = SyncView {
            pending: 2,
            blocked: Some(Later::Full),
            unreadable: 1,
            ..sync(Link::Online)
        };
        says(
            &sync,
            &[
                ("storage", "本机有 1 项修改读不出，请勿清除数据并告知管理员"),
                ("pending", "台账已满，待办公室处理后上传"),
                ("here", "已存本机"),
                ("pending", "待上传 2 项"),
            ],
        );
    }

    #[test]
    fn what_is_delivered_for_colleagues_is_told_by_name_and_number() {
        let of = |name: &str, count, done| Carried {
            name: name.into(),
            count,
            done,
        };
        let says = |carried: Vec<Carried>, state, words| {
            let view = SyncView {
                carried: carried.into(),
                ..sync(Link::Online)
            };
            says(&view, &[(state, words), ("synced", "已同步 14:08")]);
        };
        let (gu, ye) = ("顾若川", "叶书宁");
        says(vec![of(gu, 12, 0)], "carrying", "代传 顾若川 的待上传 12 项");
        says(
            vec![of(gu, 12, 0), of(ye, 1, 2)],
            "carrying",
            "代传 顾若川 等 2 人的待上传 13 项",
        );
        says(
            vec![of(gu, 0, 3), of(ye, 1, 2)],
            "carrying",
            "代传 叶书宁 的待上传 1 项",
        );
        says(vec![of(gu, 0, 3)], "carried", "已代传 顾若川 的 3 项");
    }

    #[test]
    fn an_ended_session_asks_to_sign_in() {
        let sync = SyncView {
            pending: 2,
            ..sync(Link::SignIn)
        };
        says(
            &sync,
            &[
                ("here", "已存本机"),
                ("pending", "待上传 2 项"),
                ("sign-in", "请登录后上传"),
            ],
        );
    }
}
