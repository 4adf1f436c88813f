//! The oracle on acts: whatever was saved on a device is in the log, held, or set aside.

use std::collections::HashSet;

use shared::access::Site;
use shared::id::{ActId, ChangeHash};
use shared::ledger::act::Deed;
use shared::protocol::Refusal;
use shared::sync::client::{KeptAct, Status};

use super::Disks;
use crate::network::witness::Story;
use crate::network::{Network, Wrong};

impl Network {
    pub(super) fn no_act_is_lost(&self, log: &HashSet<ChangeHash>, disks: Disks) -> Result<(), Wrong> {
        for (id, story) in self.witness.acts.iter().filter(|(_, story)| story.saved) {
            let kept = self.devices[story.device].disk.acts.get(id);
            if disks == Disks::MayHoldMore && kept.is_some_and(|kept| kept.status == Status::Pending) {
                continue;
            }
            let is_in = story.changes.iter().any(|hash| log.contains(hash));
            self.act_has_its_fate(*id, story, kept, is_in)?;
        }
        Ok(())
    }

    fn act_has_its_fate(
        &self,
        id: ActId,
        story: &Story,
        kept: Option<&KeptAct>,
        is_in: bool,
    ) -> Result<(), Wrong> {
        let wrong = |why: &str| {
            Err(Wrong(format!(
                "G: act {id} of {} {why}: {:?}",
                story.device, story.deed
            )))
        };
        let carried = story
            .changes
            .iter()
            .any(|hash| self.witness.carried.contains(hash));
        let permitted = self.is_permitted(story);
        match kept.map(|kept| &kept.status) {
            Some(Status::Refused(Refusal::NotPermitted)) if permitted => {
                wrong("was permitted, and is refused")
            }
            Some(Status::Refused(Refusal::NotPermitted)) if is_in && !carried => {
                wrong("is refused, and in the log")
            }
            Some(Status::Refused(Refusal::NotPermitted)) => Ok(()),
            Some(Status::Refused(Refusal::Ruinous)) if self.was_voided(story) => Ok(()),
            Some(Status::Refused(_)) => wrong("was refused for another reason than rights"),
            Some(Status::NoLongerApplies) if !self.can_be_refused(story.device) => {
                wrong("no longer applies, though nothing of this officer was refused")
            }
            Some(Status::Held | Status::WaitsForHeld) if self.witness.carried.is_empty() => {
                wrong("is held, though nobody carried anything")
            }
            Some(Status::Held) if !self.is_held(story) => wrong("is held, and the relay knows nothing of it"),
            Some(Status::Held | Status::NoLongerApplies | Status::WaitsForHeld) => Ok(()),
            Some(Status::Pending) => wrong("is pending"),
            None if !permitted && is_in && !carried => wrong("is not permitted, and in the log"),
            None if is_in || story.dismissed => Ok(()),
            None if story
                .changes
                .iter()
                .any(|hash| self.witness.already.contains(hash)) =>
            {
                Ok(())
            }
            // Performed again, it found everything as it wanted it.
            None if self.can_be_refused(story.device) => Ok(()),
            None => wrong("is gone"),
        }
    }

    fn was_voided(&self, story: &Story) -> bool {
        story.changes.iter().any(|hash| self.witness.is_ruined(hash))
    }

    fn is_held(&self, story: &Story) -> bool {
        self.station
            .store
            .held
            .iter()
            .any(|held| story.changes.contains(&held.hash))
    }

    /// Whether something of this officer may have been taken out of the document again.
    fn can_be_refused(&self, device: usize) -> bool {
        let mut theirs = self.witness.acts.values().filter(|story| story.device == device);
        theirs.any(|story| !self.is_permitted(story))
            || !self.witness.carried.is_empty()
            || !self.witness.voided.is_empty()
    }

    fn is_permitted(&self, story: &Story) -> bool {
        let grants = &self.devices[story.device].grants;
        let touches = story.deed.as_ref().map(Deed::touches).unwrap_or_default();
        touches.iter().all(|cell| {
            let column = cell.key.split('/').next().unwrap_or_default();
            self.rights.may_write(
                grants,
                self.now.date(),
                &self.key,
                Site {
                    table: &cell.table,
                    column,
                    birth: None,
                },
            )
        })
    }
}
