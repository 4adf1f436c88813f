use shared::id::AccountId;
use shared::protocol::http::DeviceKind;

use super::sign_in::begin;
use super::*;
use crate::storage::Enterprise;
use crate::storage::memory::MemoryStorage;

const LIN: AccountId = AccountId::from_bytes([1; 16]);

/// A store where Lin's session was last used an hour ago.
fn storage() -> (Arc<MemoryStorage>, Session) {
    let storage = Arc::new(MemoryStorage::new());
    let enterprise = Enterprise {
        id: shared::id::EnterpriseId::from_bytes([1; 16]),
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    storage.found(&enterprise, &[]).unwrap();
    let account = Account {
        id: LIN,
        login: "lin".to_owned(),
        name: "林".to_owned(),
        password: String::new(),
        first_password: false,
        grants: Vec::new(),
    };
    let by = By::relay(clock::now());
    storage
        .amend(&by, &Amendment::AddAccounts(vec![account.clone()]))
        .unwrap();
    let (_, mut session) = begin(&account, DeviceId::from_bytes([2; 16]), DeviceKind::Personal);
    session.used_at = Timestamp(session.used_at.0 - 3_600_000);
    storage.begin_session(&session, None, u64::MAX).unwrap();
    (storage, session)
}

#[tokio::test]
async fn a_tab_that_is_merely_open_does_not_keep_its_session_from_growing_idle() {
    let (storage, session) = storage();
    let accounts = Accounts::new(Arc::clone(&storage) as Arc<dyn Storage>);
    accounts.still(session.hash, Use::Not).await.unwrap().unwrap();
    let used_at = || storage.session(session.hash).unwrap().unwrap().used_at;
    assert_eq!(used_at(), session.used_at);
    accounts.still(session.hash, Use::Now).await.unwrap().unwrap();
    assert!(used_at() > session.used_at);
}
