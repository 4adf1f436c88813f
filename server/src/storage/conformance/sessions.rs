//! Sessions and passwords.

use shared::access::{Grant, Role, RoleChange};
use shared::id::DeviceId;
use shared::protocol::http::DeviceKind;
use shared::time::Timestamp;

use super::people::{account, amend};
use super::{GU, LIN, UNIT, World};
use crate::storage::{Amendment, Password, Proof, ResetCode, Session, SessionHash, Storage, StorageError};

pub(super) fn a_session_begins_is_used_and_ends<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    let session = |byte, kind| Session {
        hash: SessionHash([byte; 32]),
        account: LIN,
        device: DeviceId::from_bytes([8; 16]),
        kind,
        began_at: Timestamp(5),
        used_at: Timestamp(5),
    };
    let first = session(1, DeviceKind::Shared);
    let second = session(2, DeviceKind::Personal);
    storage.begin_session(&first, None, u64::MAX).unwrap();
    storage.touch_session(first.hash, Timestamp(9)).unwrap();
    assert_eq!(
        storage.session(first.hash).unwrap().unwrap().used_at,
        Timestamp(9)
    );
    storage
        .begin_session(&second, Some(first.hash), u64::MAX)
        .unwrap();
    assert_eq!(storage.session(first.hash).unwrap(), None);
    assert_eq!(storage.session(second.hash).unwrap(), Some(second.clone()));
    storage.end_session(second.hash).unwrap();
    storage.end_session(second.hash).unwrap();
    assert_eq!(storage.session(second.hash).unwrap(), None);
}

pub(super) fn a_session_does_not_begin_after_all_were_ended<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    let accounts = vec![account(LIN, "lin"), account(GU, "gu")];
    amend(storage, Amendment::AddAccounts(accounts)).unwrap();
    let device = DeviceId::from_bytes([8; 16]);
    let session = Session {
        hash: SessionHash([1; 32]),
        account: LIN,
        device,
        kind: DeviceKind::Shared,
        began_at: Timestamp(5),
        used_at: Timestamp(5),
    };
    let leader = Grant::new(UNIT, Role::GroupLeader);
    let ends = [
        Amendment::EndSessions(LIN),
        Amendment::ForgetDevice(device, vec![GU]),
        Amendment::SetPassword(LIN, Password("$argon2id$2".to_owned())),
        Amendment::ChangeRoles(LIN, vec![RoleChange::Give { grant: leader }]),
    ];
    for end in ends {
        let since = storage.audited().unwrap();
        amend(storage, end.clone()).unwrap();
        let begun = storage.begin_session(&session, None, since);
        assert!(matches!(begun, Err(StorageError::Gone)), "{end:?}");
        assert_eq!(storage.sessions().unwrap(), []);
    }
    let since = storage.audited().unwrap();
    amend(storage, Amendment::EndSessions(GU)).unwrap();
    storage.begin_session(&session, None, since).unwrap();
    assert_eq!(storage.sessions().unwrap(), [session]);
}

pub(super) fn a_proof_is_good_for_one_new_password<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    amend(storage, Amendment::AddAccounts(vec![account(LIN, "lin")])).unwrap();
    let kept = |word: &str| Password(word.to_owned());
    let session = |byte| Session {
        hash: SessionHash([byte; 32]),
        account: LIN,
        device: DeviceId::from_bytes([8; 16]),
        kind: DeviceKind::Shared,
        began_at: Timestamp(5),
        used_at: Timestamp(5),
    };
    let replace = |proof, word| amend(storage, Amendment::ReplacePassword(LIN, proof, kept(word)));
    let code = ResetCode {
        hash: "code".to_owned(),
        until: Timestamp(9),
    };
    amend(storage, Amendment::AllowReset(LIN, code)).unwrap();
    storage.begin_session(&session(1), None, 99).unwrap();
    replace(Proof::Code(kept("code")), "second").unwrap();
    let again = replace(Proof::Code(kept("code")), "third");
    assert!(matches!(again, Err(StorageError::Gone)));
    assert_eq!(storage.sessions().unwrap(), [], "and all sessions end");

    storage.begin_session(&session(2), None, 99).unwrap();
    let proof = |known, within, next| Proof::Password {
        known: kept(known),
        within: session(within).hash,
        next: session(next),
    };
    let before = replace(proof("$argon2id$", 2, 3), "fourth");
    assert!(matches!(before, Err(StorageError::Gone)), "another is in use");
    let ended = replace(proof("second", 1, 3), "fourth");
    assert!(matches!(ended, Err(StorageError::Gone)), "his session was ended");
    replace(proof("second", 2, 3), "fifth").unwrap();
    assert_eq!(storage.sessions().unwrap(), [session(3)]);
    assert_eq!(storage.account(LIN).unwrap().unwrap().password, "fifth");
}
