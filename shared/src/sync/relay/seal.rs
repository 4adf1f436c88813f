//! Seals: proof that a relay of this enterprise once stored an entry, whoever brings it back.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::id::{AccountId, ChangeHash, DeviceId, LedgerId, Seal};

/// HMAC-SHA-256 under the enterprise's key over ledger, hash, account, device and carrier.
#[must_use]
pub fn seal(
    key: &[u8; 32],
    ledger: LedgerId,
    hash: &ChangeHash,
    account: AccountId,
    device: DeviceId,
    carried_by: Option<AccountId>,
) -> Seal {
    Seal(
        mac(key, ledger, hash, account, device, carried_by)
            .finalize()
            .into_bytes()
            .into(),
    )
}

/// Whether a seal is the one this enterprise would set; compared in constant time.
pub(super) fn is_good(key: &[u8; 32], ledger: LedgerId, entry: &crate::protocol::Entry) -> bool {
    mac(
        key,
        ledger,
        &entry.hash,
        entry.account,
        entry.device,
        entry.carried_by,
    )
    .verify_slice(&entry.seal.0)
    .is_ok()
}

fn mac(
    key: &[u8; 32],
    ledger: LedgerId,
    hash: &ChangeHash,
    account: AccountId,
    device: DeviceId,
    carried_by: Option<AccountId>,
) -> Hmac<Sha256> {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    let mut mac = mac
        .chain_update(b"taizhang seal 1\0")
        .chain_update(ledger.0)
        .chain_update(hash.0)
        .chain_update(account.as_bytes())
        .chain_update(device.as_bytes());
    match carried_by {
        Some(carrier) => {
            mac.update(&[1]);
            mac.update(carrier.as_bytes());
        }
        None => mac.update(&[0]),
    }
    mac
}
