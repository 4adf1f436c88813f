use shared::access::Rights;
use shared::id::{AccountId, EnterpriseId};

use super::*;

const NOW: Timestamp = Timestamp(1_795_414_080_000);
const DAY: i64 = 86_400_000;

fn me(certificate_expires: Option<Timestamp>) -> Me {
    Me {
        account: AccountId::from_bytes([1; 16]),
        login: "lin".to_owned(),
        name: "林".to_owned(),
        grants: Vec::new(),
        enterprise: EnterpriseId::from_bytes([1; 16]),
        enterprise_name: "青梧".to_owned(),
        units: Vec::new(),
        colleagues: Vec::new(),
        rights: Rights::default(),
        certificate_expires,
        administrators: Vec::new(),
        notices: Vec::new(),
        moved_to: None,
        first_password: false,
    }
}

fn sync(link: Link) -> SyncView {
    SyncView {
        link,
        saving: 0,
        pending: 0,
        sending: None,
        conflicts: 0,
        held: 0,
        refused: 0,
        carried: [].into(),
        blocked: None,
        unreadable: 0,
        synced_at: Some(NOW),
        storage: None,
    }
}

fn says(expires: Option<i64>, link: Link, network: page::Network) -> Vec<String> {
    let me = me(expires.map(|after| Timestamp(NOW.0 + after)));
    let chips = chips(Language::Chinese, &me, &sync(link), NOW, network);
    chips.iter().map(|chip| chip.words.to_string()).collect()
}

#[test]
fn an_expired_certificate_is_said_to_be_why_there_is_no_connection() {
    let offline = Link::Offline { since: NOW };
    let perhaps = page::Network::Perhaps;
    assert_eq!(says(Some(-1), offline, perhaps), ["证书已过期，可离线编辑"]);
    assert_eq!(says(Some(1), offline, perhaps), ["离线可编辑"]);
    assert_eq!(says(None, offline, perhaps), ["离线可编辑"]);
    assert_eq!(
        says(Some(-1), offline, page::Network::None),
        ["离线可编辑"],
        "the cable is out"
    );
    assert_eq!(
        says(Some(-1), Link::Online, perhaps),
        ["已同步 14:08"],
        "it was renewed"
    );
}

#[test]
fn whoever_can_renew_it_is_told_before_and_after() {
    let said = |after| {
        let at = Timestamp(NOW.0 + after);
        Language::Chinese.say(&Message::Address(words(Notice::CertificateExpires { at }, NOW)))
    };
    assert_eq!(
        said(30 * DAY),
        "服务器的证书将于 2026-12-23 到期（还有 30 天），请更换。"
    );
    assert_eq!(said(-DAY), "服务器的证书已于 2026-11-22 到期，请立即更换。");
}

#[test]
fn one_is_led_on_only_once_nothing_is_on_this_device_alone() {
    assert!(is_delivered(&sync(Link::Online)));
    assert!(!is_delivered(&sync(Link::Offline { since: NOW })));
    let left = [
        SyncView {
            pending: 1,
            ..sync(Link::Online)
        },
        SyncView {
            saving: 1,
            ..sync(Link::Online)
        },
        SyncView {
            refused: 1,
            ..sync(Link::Online)
        },
    ];
    assert!(!left.iter().any(is_delivered));
}
