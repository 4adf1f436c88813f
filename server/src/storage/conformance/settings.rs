//! Enterprise settings.

use shared::protocol::http::audit::{Deed, Record};
use shared::setting::{Draft, Head, Setting, SettingKind, digest};
use shared::time::Timestamp;

use super::{LIN, World};
use crate::storage::{Amendment, By, Storage, StorageError};

fn draft(kind: SettingKind, name: &str, after: u32) -> Draft {
    Draft {
        kind,
        name: name.to_owned(),
        title: "年度考核方案".to_owned(),
        body: format!("{{\"after\": {after}}}"),
        note: "按文件".to_owned(),
        after,
    }
}

fn adds<S: Storage>(storage: &S, draft: &Draft) -> Result<(), StorageError> {
    let by = By {
        account: Some(LIN),
        ..By::relay(Timestamp(7))
    };
    storage.amend(&by, &Amendment::AddSetting(draft.clone()))
}

fn deeds<S: Storage>(storage: &S) -> Vec<Deed> {
    let lines = storage.audit(1, 100).unwrap();
    let record = |text: &str| serde_json::from_str::<Record>(text).unwrap();
    lines.iter().map(|line| record(&line.text).deed).collect()
}

pub(super) fn versions_of_settings_are_numbered_and_stay<S: Storage>(world: World<S>) {
    let scheme = |after| draft(SettingKind::Scheme, "annual", after);
    let words = draft(SettingKind::Words, "annual", 0);
    let calendar = draft(SettingKind::Calendar, "work", 0);
    for draft in [&scheme(0), &words, &scheme(1), &calendar, &scheme(2)] {
        adds(&world.storage, draft).unwrap();
    }
    let key = |head: &Head| (head.kind, head.name.clone(), head.version);
    let world = world.restarted();
    let heads = world.storage.setting_heads().unwrap();
    assert_eq!(
        heads.iter().map(key).collect::<Vec<_>>(),
        [
            (SettingKind::Calendar, "work".to_owned(), 1),
            (SettingKind::Scheme, "annual".to_owned(), 1),
            (SettingKind::Scheme, "annual".to_owned(), 2),
            (SettingKind::Scheme, "annual".to_owned(), 3),
            (SettingKind::Words, "annual".to_owned(), 1),
        ]
    );
    let second = scheme(1);
    let wanted = Setting {
        kind: SettingKind::Scheme,
        name: "annual".to_owned(),
        version: 2,
        digest: digest(SettingKind::Scheme, "annual", &second.body),
        title: second.title,
        body: second.body,
        by: Some(LIN),
        at: Timestamp(7),
        note: second.note,
    };
    let asked = vec![heads[2].clone(), heads[0].clone()];
    let whole = world.storage.settings(asked).unwrap();
    assert_eq!(whole[0], wanted);
    assert_eq!(whole[1].head(), heads[0]);
    let never = Head {
        version: 9,
        ..heads[2].clone()
    };
    assert!(matches!(
        world.storage.settings(vec![never]),
        Err(StorageError::Gone)
    ));
    let third = Deed::SettingChanged {
        kind: SettingKind::Scheme,
        name: "annual".to_owned(),
        version: 3,
    };
    assert_eq!(deeds(&world.storage).last(), Some(&third));
}

pub(super) fn a_version_of_a_setting_follows_the_newest_or_is_not_kept<S: Storage>(world: World<S>) {
    let scheme = |after| draft(SettingKind::Scheme, "annual", after);
    adds(&world.storage, &scheme(0)).unwrap();
    adds(&world.storage, &scheme(1)).unwrap();
    let before = (world.storage.setting_heads().unwrap(), deeds(&world.storage));
    for after in [0, 1, 3, u32::MAX] {
        let refused = adds(&world.storage, &scheme(after));
        assert!(
            matches!(refused, Err(StorageError::Overtaken { newest: 2 })),
            "{after}"
        );
    }
    let unknown = adds(&world.storage, &draft(SettingKind::Scheme, "half", 1));
    assert!(matches!(unknown, Err(StorageError::Overtaken { newest: 0 })));
    let after = (world.storage.setting_heads().unwrap(), deeds(&world.storage));
    assert_eq!(after, before);
}
