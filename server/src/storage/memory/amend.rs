//! Changes beside the logs.

use shared::id::{AccountId, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::inbox::Decision;

use super::Tables;
use super::ledger::Ledger;
use crate::storage::roles::changed;
use crate::storage::{Account, Amendment, By, Found, Password, Proof, StorageError, Unit};

impl Tables {
    /// Carries it out; gives what the audit log says beside that.
    pub(super) fn carry_out(&mut self, by: &By, amendment: &Amendment) -> Result<Found, StorageError> {
        match amendment {
            Amendment::NameEnterprise(name) => {
                self.enterprise
                    .as_mut()
                    .ok_or(StorageError::Gone)?
                    .name
                    .clone_from(name);
            }
            Amendment::SetUp {
                enterprise,
                top,
                ledgers,
                account,
            } => {
                if !self.accounts.is_empty() {
                    return Err(StorageError::NotEmpty);
                }
                self.add_units(top.as_slice())?;
                self.enterprise
                    .as_mut()
                    .ok_or(StorageError::Gone)?
                    .name
                    .clone_from(enterprise);
                self.add_ledgers(ledgers);
                self.add_accounts(std::slice::from_ref(account))?;
            }
            Amendment::AddUnits(units, ledgers) => {
                self.add_units(units)?;
                self.add_ledgers(ledgers);
            }
            Amendment::ChangeUnit(unit) => {
                let known = self.units.iter_mut().find(|known| known.id == unit.id);
                *known.ok_or(StorageError::Gone)? = unit.clone();
            }
            Amendment::AddAccounts(accounts) => self.add_accounts(accounts)?,
            Amendment::ChangeRoles(account, changes) => {
                let known = self.accounts.get(account).ok_or(StorageError::Gone)?;
                let others = self.accounts.values().filter(|other| other.id != *account);
                let others = others.flat_map(|other| other.grants.iter().copied());
                let after = changed(&known.grants, changes, &self.units, others, by.at.date())?;
                self.account_mut(*account)?.grants.clone_from(&after);
                self.sessions.retain(|_, session| session.account != *account);
                return Ok(Found {
                    roles: after,
                    end: None,
                });
            }
            Amendment::SetPassword(account, password) => {
                self.set_password(*account, password)?;
            }
            Amendment::ReplacePassword(account, proof, password) => {
                let holds = match proof {
                    Proof::Password { known, within, .. } => {
                        let session = self.sessions.get(within);
                        session.is_some_and(|session| session.account == *account)
                            && self.account_mut(*account)?.password == known.0
                    }
                    Proof::Code(known) => self.codes.get(account).is_some_and(|code| code.hash == known.0),
                };
                if !holds {
                    return Err(StorageError::Gone);
                }
                self.set_password(*account, password)?;
                if let Proof::Password { next, .. } = proof {
                    self.sessions.insert(next.hash, next.clone());
                }
            }
            Amendment::AllowReset(account, code) => {
                self.account_mut(*account)?;
                self.codes.insert(*account, code.clone());
            }
            Amendment::EndSession(hash, ..) => drop(self.sessions.remove(hash)),
            Amendment::EndSessions(account) => self.sessions.retain(|_, session| session.account != *account),
            Amendment::ForgetDevice(device, accounts) => self
                .sessions
                .retain(|_, session| session.device != *device || !accounts.contains(&session.account)),
            Amendment::SetStatus(ledger, status) => self.ledger_mut(*ledger)?.set_status(*status)?,
            Amendment::CloseYear(ledger) => return self.close(*ledger),
            Amendment::ForgetLedger(ledger) => self.forget(*ledger)?,
            Amendment::Decide {
                ledger,
                changes,
                standing,
                reason,
            } => {
                let decision = Decision {
                    standing: *standing,
                    by: by.account.unwrap_or(AccountId::RELAY),
                    at: by.at,
                    reason: reason.clone(),
                };
                self.ledger_mut(*ledger)?.decide(changes, &decision)?;
            }
            Amendment::AddSetting(draft) => self.add_setting(by, draft)?,
            Amendment::Note(_) => {}
        }
        Ok(Found::default())
    }

    fn close(&mut self, ledger: LedgerId) -> Result<Found, StorageError> {
        Ok(Found {
            end: Some(self.ledger_mut(ledger)?.close()?),
            ..Found::default()
        })
    }

    fn forget(&mut self, ledger: LedgerId) -> Result<(), StorageError> {
        self.ledger_mut(ledger)?.forget()?;
        self.contacts.retain(|(other, _), _| *other != ledger);
        Ok(())
    }

    pub(super) fn add_ledgers(&mut self, ledgers: &[(LedgerId, LedgerKey)]) {
        for (id, key) in ledgers {
            self.ledgers.entry(*id).or_insert(Ledger::new(*key));
        }
    }

    fn add_units(&mut self, units: &[Unit]) -> Result<(), StorageError> {
        let tops = self.units.iter().filter(|unit| unit.parent.is_none()).count();
        let new = units.iter().filter(|unit| unit.parent.is_none()).count();
        if new > 0 && tops + new > 1 {
            return Err(StorageError::SecondTop);
        }
        self.units.extend(units.iter().cloned());
        Ok(())
    }

    fn add_accounts(&mut self, accounts: &[Account]) -> Result<(), StorageError> {
        let mut logins: Vec<&str> = accounts.iter().map(|account| account.login.as_str()).collect();
        logins.extend(self.accounts.values().map(|account| account.login.as_str()));
        let total = logins.len();
        logins.sort_unstable();
        logins.dedup();
        if logins.len() < total {
            return Err(StorageError::LoginTaken);
        }
        self.accounts
            .extend(accounts.iter().map(|account| (account.id, account.clone())));
        Ok(())
    }

    fn set_password(&mut self, account: AccountId, password: &Password) -> Result<(), StorageError> {
        let known = self.account_mut(account)?;
        known.password.clone_from(&password.0);
        known.first_password = false;
        self.codes.remove(&account);
        self.sessions.retain(|_, session| session.account != account);
        Ok(())
    }

    fn account_mut(&mut self, id: AccountId) -> Result<&mut Account, StorageError> {
        self.accounts.get_mut(&id).ok_or(StorageError::Gone)
    }

    fn ledger_mut(&mut self, id: LedgerId) -> Result<&mut Ledger, StorageError> {
        self.ledgers.get_mut(&id).ok_or(StorageError::Gone)
    }
}
