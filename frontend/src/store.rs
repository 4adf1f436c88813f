//! The one place where documents live: pages dispatch deeds, read snapshots and subscribe.
//!
//! The store knows no component. Listeners are only woken; what is shown is always read anew. It is a shell around
//! [`shared::sync::client`]: that decides, this carries out.

use std::cell::RefCell;
use std::rc::Rc;

use shared::id::{AccountId, ActId, LedgerId, RowId};
use shared::ledger::act::{ActProblem, Deed};
use shared::ledger::cell::CellRef;
use shared::ledger::conflict::{Conflict, Said};
use shared::ledger::decision::{Decision, Word};
use shared::ledger::person::Directory;
use shared::ledger::snapshot::RowView;
use shared::protocol::http::{DeviceKind, Enterprise};
use shared::sync::client::{Event, Performed};
use shared::time::Timestamp;

use crate::browser::clock;
use crate::grid::matrix;

mod account;
mod admin;
pub mod batches;
mod between;
mod carry;
mod contact;
mod deliver;
mod device;
mod farewell;
mod handing_out;
pub mod inbox;
mod leave;
mod listen;
mod load;
mod lock;
mod password;
mod presence;
mod record;
mod screen;
pub mod settings;
mod show;
mod state;
mod stay;
pub mod view;

pub use listen::{Subscription, Topic};
use state::State;
use view::{Author, Done, LedgerCard, LedgerView, Over, SignInProblem, SignedIn, SyncView, UndoProblem};

/// A handle to the store: cheap to clone, equal to its clones alone.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    state: RefCell<State>,
    listeners: listen::Listeners,
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    /// A store that is being opened: reads the device, then goes to the relay.
    #[must_use]
    pub fn open() -> Self {
        let store = Self(Rc::new(Inner {
            state: RefCell::default(),
            listeners: listen::Listeners::default(),
        }));
        store.start();
        store
    }

    /// How far signing in has come.
    #[must_use]
    pub fn signed_in(&self) -> SignedIn {
        self.0.state.borrow().signed_in.clone()
    }

    /// What the sign-in page shows of the enterprise; none until the relay has told.
    #[must_use]
    pub fn enterprise(&self) -> Option<Rc<Enterprise>> {
        self.0.state.borrow().enterprise.clone()
    }

    /// Everything the header says about sync.
    #[must_use]
    pub fn sync(&self) -> Rc<SyncView> {
        self.0.state.borrow_mut().sync()
    }

    /// The ledgers of the account, those of its branch first.
    #[must_use]
    pub fn ledgers(&self) -> Rc<Vec<LedgerCard>> {
        self.0.state.borrow_mut().cards()
    }

    /// One ledger; none while it is being opened, or if the account may not see it.
    #[must_use]
    pub fn ledger(&self, id: LedgerId) -> Option<Rc<LedgerView>> {
        self.0.state.borrow_mut().view(id)
    }

    /// The members of the branch whose ledger this is.
    #[must_use]
    pub fn roster_of(&self, ledger: LedgerId) -> Rc<Directory> {
        self.0.state.borrow_mut().roster_of(ledger)
    }

    /// The name of an account, as far as this device knows it; else a short form of its id.
    #[must_use]
    pub fn name(&self, account: AccountId) -> Rc<str> {
        self.0.state.borrow().name(account)
    }

    /// What people said in a cell in conflict.
    #[must_use]
    pub fn conflict(&self, ledger: LedgerId, cell: &CellRef) -> Option<Conflict> {
        let state = self.0.state.borrow();
        let replica = state.client.as_ref()?.ledger(ledger)?;
        replica.conflict(&matrix::place(replica.key().kind, cell))
    }

    /// Who wrote what a cell shows; none for one that nobody has written to.
    #[must_use]
    pub fn writer(&self, ledger: LedgerId, cell: &CellRef) -> Option<Author> {
        let state = self.0.state.borrow();
        let replica = state.client.as_ref()?.ledger(ledger)?;
        let said = replica.said(&matrix::place(replica.key().kind, cell));
        said.last().and_then(|said| state.author(said))
    }

    /// Who said something; none for what stood there before anybody wrote.
    #[must_use]
    pub fn author(&self, said: &Said) -> Option<Author> {
        self.0.state.borrow().author(said)
    }

    /// Whether the account may write to this column; the relay judges by the same table.
    #[must_use]
    pub fn may_write(&self, ledger: LedgerId, table: &str, column: &str) -> bool {
        self.0.state.borrow().may_write(ledger, table, column)
    }

    /// Whether the account may make a decision, or withdraw one; the relay judges by the same table.
    #[must_use]
    pub fn may_decide(&self, ledger: LedgerId, word: Word) -> bool {
        self.0.state.borrow().may_decide(ledger, word)
    }

    /// The row as it was when this decision was made on it.
    #[must_use]
    pub fn decided_on(&self, ledger: LedgerId, decision: &Decision) -> Option<RowView> {
        let state = self.0.state.borrow();
        state
            .client
            .as_ref()?
            .ledger(ledger)?
            .document()
            .decided_on(decision)
    }

    /// Whether a decision names the digest of the row it was made on; none where that cannot be told.
    #[must_use]
    pub fn digest_fits(&self, ledger: LedgerId, decision: &Decision) -> Option<bool> {
        let state = self.0.state.borrow();
        state
            .client
            .as_ref()?
            .ledger(ledger)?
            .document()
            .digest_fits(decision)
    }

    /// Performs a deed.
    ///
    /// # Errors
    ///
    /// Says why it does not apply; nothing was done.
    pub fn dispatch(&self, ledger: LedgerId, deed: Deed) -> Result<Done, ActProblem> {
        let performed = self.with_client(|client, now| {
            let kind = client.ledger(ledger).map(|replica| replica.key().kind);
            let deed = kind.map_or_else(|| deed.clone(), |kind| matrix::deed(kind, deed.clone()));
            client.perform(now, ledger, deed)
        });
        performed
            .unwrap_or_else(|| Err(ActProblem::NoTable(ledger.to_string())))
            .map(|performed| self.done(performed))
    }

    /// Takes back the last act of this session.
    ///
    /// # Errors
    ///
    /// Says why it does not.
    pub fn undo(&self, ledger: LedgerId, over: Over) -> Result<Done, UndoProblem> {
        let performed = self.with_client(|client, now| client.undo(now, ledger, over));
        performed
            .unwrap_or(Err(UndoProblem::Nothing))
            .map(|performed| self.done(performed))
    }

    /// Does the act again that was taken back last.
    ///
    /// # Errors
    ///
    /// Says why it does not.
    pub fn redo(&self, ledger: LedgerId, over: Over) -> Result<Done, UndoProblem> {
        let performed = self.with_client(|client, now| client.redo(now, ledger, over));
        performed
            .unwrap_or(Err(UndoProblem::Nothing))
            .map(|performed| self.done(performed))
    }

    /// An id for a new row.
    #[must_use]
    pub fn new_row_id(&self) -> RowId {
        RowId(uuid::Uuid::now_v7())
    }

    /// Now, by the device's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        clock::now()
    }

    /// Signs in.
    ///
    /// # Errors
    ///
    /// Says why not.
    pub async fn sign_in(
        &self,
        login: String,
        password: String,
        kind: DeviceKind,
    ) -> Result<(), SignInProblem> {
        self.sign_in_as(login, password, kind).await
    }

    /// Tries the relay now.
    pub fn sync_now(&self) {
        self.deliver_soon();
        self.handle(Event::TryNow);
    }

    /// Drops an act that was set aside, once it was seen.
    pub fn dismiss_aside(&self, ledger: LedgerId, act: ActId) {
        let effects = self.with_client(|client, _| client.dismiss(ledger, act));
        self.carry_out(effects.unwrap_or_default());
    }

    /// Calls `wake` whenever what a topic shows has changed.
    pub fn subscribe(&self, topic: Topic, wake: impl Fn() + 'static) -> Subscription {
        self.0.listeners.add(topic, wake)
    }

    fn with_client<T>(
        &self,
        act: impl FnOnce(&mut shared::sync::client::Client, Timestamp) -> T,
    ) -> Option<T> {
        self.0
            .state
            .borrow_mut()
            .client
            .as_mut()
            .map(|client| act(client, clock::now()))
    }

    fn done(&self, performed: Performed) -> Done {
        self.carry_out(performed.effects);
        Done {
            skipped: performed.skipped,
        }
    }
}
