//! Leaving this device: signing out, and what becomes of the account's data here.

use std::collections::HashSet;

use shared::handover::{self, Handed, Handover};
use shared::id::AccountId;
use shared::protocol::http::Me;
use shared::sync::client::{Client, KeptAct, Status};

use super::Store;
use super::between::Word;
use super::record::{self, PENDING};
use super::view::{HandoverFile, Leaving, SignOutProblem};
use crate::browser::{clock, file};

pub(super) mod others;

impl Store {
    /// Signs out, unless something would be left behind, or lost, that is on this device alone.
    ///
    /// # Errors
    ///
    /// Says what stops it; nothing was done then.
    pub async fn sign_out(&self, leaving: Leaving) -> Result<(), SignOutProblem> {
        let account = self.0.state.borrow().whose().ok_or(SignOutProblem::Storage)?;
        self.may_leave(leaving)?;
        // The session may be somebody else's by now, who signed in in another tab.
        let ours = self.is_last(account).await;
        if leaving != Leaving::Keep {
            self.others_settle(account).await?;
            // What was being typed there may be on this device alone now.
            self.may_leave(leaving)?;
            self.is_disk_clear(leaving).await?;
            let begun = self.begin_wiping(account, ours).await;
            begun.map_err(|_| SignOutProblem::Storage)?;
            // Nothing can fail any more: the other tabs of the account let go.
            self.tell_device(Word::Left(account));
        }
        // First nothing here may name the account any more; whatever is still under way is nobody's.
        self.leave_account();
        match leaving {
            Leaving::Wipe | Leaving::HandedOver => self.wipe(account),
            Leaving::Keep if ours => {
                if let Err(why) = self.remember_last(None).await {
                    tracing::error!(%why, "the device still names who signed in last");
                }
            }
            Leaving::Keep => {}
        }
        self.nobody();
        if ours {
            self.end_session().await;
        }
        self.ask_enterprise().await;
        Ok(())
    }

    /// Whether databases of accounts that have left are still being deleted.
    #[must_use]
    pub fn is_wiping(&self) -> bool {
        self.0.state.borrow().wiping > 0
    }

    /// Writes what is on this device alone into a hand-over file, and gives that to the browser to save. The actors in it
    /// end: all tabs go on under new ones.
    ///
    /// # Errors
    ///
    /// Fails when the browser does not take it, or when nobody is signed in.
    pub fn save_hand_over(&self) -> Result<HandoverFile, SignOutProblem> {
        let (enterprise, handover) = {
            let state = self.0.state.borrow();
            let (me, device) = state
                .me()
                .zip(state.device.as_ref())
                .ok_or(SignOutProblem::Storage)?;
            let ledgers = state.client.as_ref().map(Client::hand_over).unwrap_or_default();
            let handover = Handover {
                account: me.account,
                name: me.name.clone(),
                device: device.id,
                written_at: clock::now(),
                ledgers,
            };
            (me.enterprise, handover)
        };
        let bytes = handover::write(enterprise, &handover);
        let at = handover.written_at;
        let name = format!(
            "交接包-{}-{}-{}.taizhang",
            handover.name,
            at.date(),
            at.clock().replace(':', "")
        );
        file::save(&name, &bytes).ok_or(SignOutProblem::Storage)?;
        let counted = handover
            .ledgers
            .iter()
            .map(|handed| handed.changes.len() + handed.aside.len());
        let saved = HandoverFile {
            name,
            sum: handover::short_sum(&bytes),
            count: counted.sum(),
        };
        let account = handover.account;
        self.0.state.borrow_mut().handed = Some(handover.ledgers);
        let effects = self.with_client(|client, _| client.end_actors());
        self.carry_out(effects.unwrap_or_default());
        self.tell_device(Word::HandedOver(account));
        Ok(saved)
    }

    fn may_leave(&self, leaving: Leaving) -> Result<(), SignOutProblem> {
        let state = self.0.state.borrow();
        let left = match leaving {
            Leaving::Keep => state.pending(),
            Leaving::Wipe => state.only_here(),
            Leaving::HandedOver => {
                let now = state.client.as_ref().map(Client::hand_over).unwrap_or_default();
                let handed = state.handed.as_ref().is_some_and(|then| holds(then, &now));
                // What cannot be read cannot be handed over either: it stays.
                return (handed && state.unreadable() == 0)
                    .then_some(())
                    .ok_or(SignOutProblem::NotHandedOver);
            }
        };
        (left == 0).then_some(()).ok_or(SignOutProblem::OnlyHere(left))
    }

    /// Whether nothing waits on the disk that this tab does not know of.
    async fn is_disk_clear(&self, leaving: Leaving) -> Result<(), SignOutProblem> {
        let (db, known) = {
            let state = self.0.state.borrow();
            let account = state.account.as_ref().ok_or(SignOutProblem::Storage)?;
            let clients = state.client.iter().flat_map(Client::ledgers);
            let known: HashSet<_> = clients.flat_map(|(_, replica)| replica.act_ids()).collect();
            (account.db.clone(), known)
        };
        let records = db.read(PENDING, "").await.map_err(|_| SignOutProblem::Storage)?;
        let acts = records.iter().map(|bytes| record::read::<KeptAct>(bytes));
        let is_lost = |kept: &Option<KeptAct>| match kept {
            Some(kept) if kept.status == Status::Held => false,
            Some(kept) => !known.contains(&kept.act.id),
            None => true,
        };
        match (acts.filter(is_lost).count(), leaving) {
            (0, _) => Ok(()),
            (_, Leaving::HandedOver) => Err(SignOutProblem::NotHandedOver),
            (lost, _) => Err(SignOutProblem::OnlyHere(lost)),
        }
    }

    async fn is_last(&self, account: AccountId) -> bool {
        let last: Option<Me> = self.last().await;
        last.is_none_or(|last| last.account == account)
    }
}

/// Whether everything of `now` was handed over `then`.
fn holds(then: &[Handed], now: &[Handed]) -> bool {
    let changes: HashSet<&[u8]> = then
        .iter()
        .flat_map(|handed| &handed.changes)
        .map(|change| change.as_slice())
        .collect();
    let aside: HashSet<_> = then
        .iter()
        .flat_map(|handed| &handed.aside)
        .map(|act| act.id)
        .collect();
    now.iter().all(|handed| {
        handed
            .changes
            .iter()
            .all(|change| changes.contains(change.as_slice()))
            && handed.aside.iter().all(|act| aside.contains(&act.id))
    })
}
