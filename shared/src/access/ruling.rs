//! What becomes of a change that breaks no rule of the guard: stored, held for a person, or refused.

use serde::{Deserialize, Serialize};

use super::{Grant, Rights, Site, Status};
use crate::ledger::key::LedgerKey;
use crate::time::Date;

/// What is asked of the table of rights.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The ledger written to.
    pub ledger: &'a LedgerKey,
    /// Whether it takes new work.
    pub status: Status,
    /// Today.
    pub on: Date,
    /// The roles of the account whose change it is; none when the relay knows no such account.
    pub author: Option<&'a [Grant]>,
    /// Who brings it, if not the author.
    pub carrier: Carrier<'a>,
    /// Every place it writes to; none for a change that only joins others.
    pub sites: &'a [Site<'a>],
}

/// Who brings a change.
#[derive(Clone, Copy, Debug)]
pub enum Carrier<'a> {
    /// Its author.
    Author,
    /// Another account, with these roles (代传).
    Other(&'a [Grant]),
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It goes into the log.
    Store,
    /// It is kept for the officer in charge, and its author is told so.
    Hold(Hold),
    /// It is refused; it is kept too, for the officer in charge to see, and to take in should he want to.
    Refuse,
    /// It is refused and nothing of it is kept: whoever sent it never had to do with this ledger.
    NoSuchLedger,
}

/// Why something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// The ledger is closed.
    Closed,
    /// The author's role has ended.
    RoleEnded,
    /// Carried by somebody who could not have written it.
    Carried,
    /// The author never had the right: it was refused, and can be taken in all the same.
    NotPermitted,
}

impl Hold {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Closed, Self::RoleEnded, Self::Carried, Self::NotPermitted];
}

impl Rights {
    /// Rules on a change.
    ///
    /// What the author may write is stored, unless the ledger is closed; what he could write once is held; what he never
    /// could is refused, whoever brings it. Carried, it is stored if the carrier may write it too, else held. What is
    /// carried for an account that the relay does not know is held: the relay may be older than the account.
    #[must_use]
    pub fn rule(&self, asked: &Asked<'_>) -> Ruling {
        let may = |grants: &[Grant]| {
            self.may_write_somewhere(grants, asked.on, asked.ledger)
                && asked
                    .sites
                    .iter()
                    .all(|site| self.may_write(grants, asked.on, asked.ledger, *site))
        };
        let could = |grants: &[Grant]| {
            self.could_write_somewhere(grants, asked.on, asked.ledger)
                && asked
                    .sites
                    .iter()
                    .all(|site| self.could_write(grants, asked.on, asked.ledger, *site))
        };
        let Some(author) = asked.author else {
            return match asked.carrier {
                Carrier::Author => Ruling::NoSuchLedger,
                Carrier::Other(_) => Ruling::Hold(Hold::Carried),
            };
        };
        if !may(author) && !could(author) {
            return if self.could_read(author, asked.on, asked.ledger) {
                Ruling::Refuse
            } else {
                Ruling::NoSuchLedger
            };
        }
        let has_ended = !may(author);
        let permitted = match asked.carrier {
            Carrier::Author => true,
            Carrier::Other(carrier) => may(carrier),
        };
        match (permitted, has_ended, asked.status) {
            (_, _, Status::Forgotten) => Ruling::NoSuchLedger,
            (false, _, _) => Ruling::Hold(Hold::Carried),
            (true, true, _) => Ruling::Hold(Hold::RoleEnded),
            (true, false, Status::Closed) => Ruling::Hold(Hold::Closed),
            (true, false, Status::Open) => Ruling::Store,
        }
    }
}
