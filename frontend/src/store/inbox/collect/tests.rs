//! Joining what the relay tells with what this device knows.

use shared::access::{Hold, Status as Opened};
use shared::id::{ChangeHash, DeviceId, TabId, UnitId};
use shared::ledger::act::{Act, Deed};
use shared::ledger::document::Made;
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::protocol::Refusal;
use shared::time::Timestamp;

use super::*;
use crate::store::view::AsideReason;

const ME: AccountId = AccountId::from_bytes([1; 16]);
const OTHER: AccountId = AccountId::from_bytes([2; 16]);

fn kept(account: AccountId, change: u8) -> Kept {
    let item = HeldItem {
        ledger: LedgerId([7; 16]),
        key: LedgerKey {
            unit: UnitId::from_bytes([5; 16]),
            year: Some(2026),
            kind: Kind::Pledge,
            part: Part::Main,
        },
        unit: "一支部".to_owned(),
        status: Opened::Open,
        hash: ChangeHash([change; 32]),
        account,
        name: None,
        device: DeviceId::from_bytes([9; 16]),
        carried_by: None,
        carrier: None,
        received_at: Timestamp(2),
        why: Hold::Carried,
        decision: None,
        decider: None,
        bytes: Vec::new(),
        yours: false,
    };
    Kept {
        item: Rc::new(item),
        proposal: None,
    }
}

fn act(number: u8, changes: &[u8], status: Status) -> KeptAct {
    let made = |change: &u8| Made {
        hash: ChangeHash([*change; 32]),
        bytes: Vec::new(),
    };
    KeptAct {
        act: Act {
            id: ActId::from_bytes([number; 16]),
            at: Timestamp(1),
            deed: Deed::Restore {
                table: String::new(),
                rows: Vec::new(),
            },
        },
        number: number.into(),
        tab: TabId::from_bytes([1; 16]),
        changes: changes.iter().map(made).collect(),
        status,
    }
}

#[test]
fn a_change_at_the_relay_is_shown_once_beside_the_act_it_came_from() {
    let told = [kept(ME, 1), kept(OTHER, 2), kept(ME, 3)];
    let refused = Status::Refused(Refusal::TurnedDown);
    let acts = vec![
        act(1, &[1], refused.clone()),
        act(2, &[], Status::Refused(Refusal::Malformed)),
        act(3, &[9], Status::WaitsForHeld),
    ];
    let shown = mine(ME, &told, acts);
    let places: Vec<_> = shown
        .iter()
        .map(|mine| {
            let change = mine.kept.as_ref().map(|kept| kept.item.hash.0[0]);
            (change, mine.act.as_ref().map(|act| act.state.clone()))
        })
        .collect();
    let aside = |refusal| Some(MyState::SetAside(AsideReason::Refused(refusal)));
    let wanted = [
        (Some(1), aside(Refusal::TurnedDown)),
        (None, aside(Refusal::Malformed)),
        (None, Some(MyState::WaitsForHeld)),
        // Made elsewhere: at the time the relay received it.
        (Some(3), None),
    ];
    assert_eq!(places, wanted);
}

#[test]
fn without_the_relays_word_the_device_says_what_it_knows() {
    let shown = mine(ME, &[], vec![act(1, &[1], Status::Held)]);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].act.as_ref().map(|act| &act.state), Some(&MyState::Held));
}
