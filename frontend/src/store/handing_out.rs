//! What was shown this once and is still to be handed out: slips with first passwords, and one-time codes.
//!
//! In memory only, of the account that is signed in: a locked screen and another page lose none of it, a sign-out loses
//! all of it.

use std::rc::Rc;

use shared::protocol::http::admin::{Done, Order, Slip};

use super::Store;
use super::listen::Topic;
use super::view::{HandingOut, ResetCode};

impl HandingOut {
    /// An order was carried out: whether there is more to hand out now.
    pub(super) fn take(&mut self, order: &Order, done: &Done) -> bool {
        match (order, done) {
            (_, Done::Slips { slips }) => self.add(slips),
            (Order::AllowReset { account }, Done::Code { code, until }) => {
                // A newer code of the same account ends the older one.
                self.codes.retain(|other| other.account != *account);
                self.codes.push(ResetCode {
                    account: *account,
                    code: code.clone(),
                    until: *until,
                });
            }
            (_, Done::Code { .. } | Done::Plain) => return false,
        }
        true
    }

    fn add(&mut self, slips: &[Slip]) {
        Rc::make_mut(&mut self.slips).extend_from_slice(slips);
    }

    fn slips_are_printed(&mut self) {
        self.slips = Rc::default();
    }

    fn code_is_told(&mut self, told: &ResetCode) {
        self.codes.retain(|code| code != told);
    }
}

impl Store {
    /// What is still to be handed out.
    #[must_use]
    pub fn handing_out(&self) -> HandingOut {
        self.0.state.borrow().handing_out.clone()
    }

    /// The slips are printed: forgets them.
    pub fn slips_are_printed(&self) {
        self.change_handing_out(HandingOut::slips_are_printed);
    }

    /// A code was told to whom it is for: forgets it.
    pub fn code_is_told(&self, code: &ResetCode) {
        self.change_handing_out(|handing_out| handing_out.code_is_told(code));
    }

    fn change_handing_out(&self, change: impl FnOnce(&mut HandingOut)) {
        change(&mut self.0.state.borrow_mut().handing_out);
        self.0.listeners.wake(&[Topic::HandingOut]);
    }
}

#[cfg(test)]
mod tests {
    use shared::access::Role;
    use shared::id::AccountId;
    use shared::time::Timestamp;

    use super::*;

    const ADD: Order = Order::AddAccounts { accounts: Vec::new() };

    fn slips(login: &str) -> Done {
        let slip = Slip {
            account: AccountId::from_bytes([1; 16]),
            login: login.to_owned(),
            name: "林知远".to_owned(),
            unit: "一支部".to_owned(),
            role: Role::Secretary,
            password: "初始".to_owned(),
        };
        Done::Slips { slips: vec![slip] }
    }

    fn allows(handing_out: &mut HandingOut, account: u8, code: &str) {
        let account = AccountId::from_bytes([account; 16]);
        let (code, until) = (code.to_owned(), Timestamp(1));
        let done = Done::Code { code, until };
        assert!(handing_out.take(&Order::AllowReset { account }, &done));
    }

    fn codes(handing_out: &HandingOut) -> Vec<&str> {
        let codes = handing_out.codes.iter();
        codes.map(|code| code.code.as_str()).collect()
    }

    #[test]
    fn slips_stay_until_they_are_printed_and_more_come_to_them() {
        let mut handing_out = HandingOut::default();
        assert!(handing_out.take(&ADD, &slips("lin")));
        assert!(handing_out.take(&ADD, &slips("gu")));
        let logins: Vec<&str> = handing_out.slips.iter().map(|slip| slip.login.as_str()).collect();
        assert_eq!(logins, ["lin", "gu"]);
        handing_out.slips_are_printed();
        assert!(handing_out == HandingOut::default());
    }

    #[test]
    fn codes_stay_until_each_is_told_and_a_newer_one_ends_the_older() {
        let mut handing_out = HandingOut::default();
        allows(&mut handing_out, 1, "first");
        allows(&mut handing_out, 2, "other");
        allows(&mut handing_out, 1, "second");
        assert_eq!(codes(&handing_out), ["other", "second"]);
        let told = handing_out.codes[0].clone();
        handing_out.code_is_told(&told);
        assert_eq!(codes(&handing_out), ["second"]);
    }

    #[test]
    fn an_order_that_made_no_secret_leaves_nothing_to_hand_out() {
        let mut handing_out = HandingOut::default();
        assert!(!handing_out.take(&ADD, &Done::Plain));
        assert!(handing_out == HandingOut::default());
    }
}
