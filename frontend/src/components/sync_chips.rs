//! What the header says about sync: a word each, never colour alone.

use yew::prelude::*;

/// A state of sync, as it is named in the markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncState {
    /// All uploaded.
    Synced,
    /// Typed, not yet on this device's disk.
    Saving,
    /// On this device's disk.
    Here,
    /// On this device alone.
    Pending,
    /// No network.
    Offline,
    /// No connection, since the relay's certificate has ended.
    Certificate,
    /// Being sent.
    Sending,
    /// Cells in conflict.
    Conflict,
    /// Kept at the relay for a person.
    Held,
    /// Not accepted.
    Refused,
    /// Waiting for a sign-in.
    SignIn,
    /// Trouble with the device's storage.
    Storage,
    /// A colleague's changes are being delivered.
    Carrying,
    /// It was delivered a moment ago.
    Carried,
}

impl SyncState {
    /// Its name in the markup.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Synced => "synced",
            Self::Saving => "saving",
            Self::Here => "here",
            Self::Pending => "pending",
            Self::Offline => "offline",
            Self::Certificate => "certificate",
            Self::Sending => "sending",
            Self::Conflict => "conflict",
            Self::Held => "held",
            Self::Refused => "refused",
            Self::SignIn => "sign-in",
            Self::Storage => "storage",
            Self::Carrying => "carrying",
            Self::Carried => "carried",
        }
    }
}

/// One thing the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The state.
    pub state: SyncState,
    /// Its words.
    pub words: AttrValue,
    /// Whether it has lasted so long that it is worth a worry.
    pub worrying: bool,
}

/// Properties of [`SyncChips`].
#[derive(Clone, PartialEq, Properties)]
pub struct SyncChipsProps {
    /// What is said.
    pub chips: Vec<Chip>,
    /// A chip was clicked.
    pub on_open: Callback<SyncState>,
}

/// What the header says about sync.
#[component]
pub fn SyncChips(SyncChipsProps { chips, on_open }: &SyncChipsProps) -> Html {
    html! {
        <div class="sync-chips" role="status" aria-live="polite">
            for chip in chips {
                <SyncChip key={format!("{} {}", chip.state.code(), chip.worrying)} chip={chip.clone()} {on_open} />
            }
        </div>
    }
}

/// Properties of [`SyncChip`].
#[derive(Clone, PartialEq, Properties)]
pub struct SyncChipProps {
    /// What it says.
    pub chip: Chip,
    /// It was clicked.
    pub on_open: Callback<SyncState>,
}

/// One word about sync; a button where it leads somewhere.
#[component]
pub fn SyncChip(SyncChipProps { chip, on_open }: &SyncChipProps) -> Html {
    let state = chip.state;
    let worrying = chip.worrying.then_some("true");
    match state {
        SyncState::SignIn | SyncState::Conflict | SyncState::Refused | SyncState::Held => html! {
            <button class="chip" type="button" data-sync={state.code()} data-worrying={worrying}
                onclick={on_open.reform(move |_: MouseEvent| state)}>{ &chip.words }</button>
        },
        _ => html! {
            <span class="chip" data-sync={state.code()} data-worrying={worrying}>{ &chip.words }</span>
        },
    }
}
