//! Icons: one sprite, one symbol for each variant.

use yew::prelude::*;

/// An icon of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A plus.
    Add,
    /// A calendar sheet.
    Calendar,
    /// A tick.
    Check,
    /// An arrow head down.
    Down,
    /// A cross.
    Close,
    /// Columns side by side.
    Columns,
    /// A funnel.
    Filter,
    /// A house.
    Home,
    /// A tray.
    Inbox,
    /// A keyboard.
    Keyboard,
    /// A padlock.
    Lock,
    /// A moon.
    Moon,
    /// Two people.
    People,
    /// A written sheet.
    Pledge,
    /// An arrow forward.
    Redo,
    /// A bin.
    Remove,
    /// An arrow back in time.
    Restore,
    /// Lines of a table.
    Rows,
    /// A screen.
    Screen,
    /// A magnifying glass.
    Search,
    /// Sliders.
    Settings,
    /// A door.
    SignOut,
    /// An arrow up beside lines.
    SortAscending,
    /// An arrow down beside lines.
    SortDescending,
    /// A sun.
    Sun,
    /// Two arrows in a circle.
    Sync,
    /// An arrow back.
    Undo,
    /// A triangle with an exclamation mark.
    Warning,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Self; 28] = [
        Self::Add,
        Self::Calendar,
        Self::Check,
        Self::Down,
        Self::Close,
        Self::Columns,
        Self::Filter,
        Self::Home,
        Self::Inbox,
        Self::Keyboard,
        Self::Lock,
        Self::Moon,
        Self::People,
        Self::Pledge,
        Self::Redo,
        Self::Remove,
        Self::Restore,
        Self::Rows,
        Self::Screen,
        Self::Search,
        Self::Settings,
        Self::SignOut,
        Self::SortAscending,
        Self::SortDescending,
        Self::Sun,
        Self::Sync,
        Self::Undo,
        Self::Warning,
    ];

    /// The id of its symbol in the sprite.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Calendar => "calendar",
            Self::Check => "check",
            Self::Down => "down",
            Self::Close => "close",
            Self::Columns => "columns",
            Self::Filter => "filter",
            Self::Home => "home",
            Self::Inbox => "inbox",
            Self::Keyboard => "keyboard",
            Self::Lock => "lock",
            Self::Moon => "moon",
            Self::People => "people",
            Self::Pledge => "pledge",
            Self::Redo => "redo",
            Self::Remove => "remove",
            Self::Restore => "restore",
            Self::Rows => "rows",
            Self::Screen => "screen",
            Self::Search => "search",
            Self::Settings => "settings",
            Self::SignOut => "sign-out",
            Self::SortAscending => "sort-ascending",
            Self::SortDescending => "sort-descending",
            Self::Sun => "sun",
            Self::Sync => "sync",
            Self::Undo => "undo",
            Self::Warning => "warning",
        }
    }
}

/// Where the sprite is, in a context: its address holds the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sprite(pub AttrValue);

/// Properties of [`Symbol`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SymbolProps {
    /// Which icon.
    pub icon: Icon,
}

/// An icon beside words that say the same.
#[component]
pub fn Symbol(SymbolProps { icon }: &SymbolProps) -> Html {
    let sprite = use_context::<Sprite>().map_or_else(|| AttrValue::from("/icons.svg"), |sprite| sprite.0);
    let href = format!("{sprite}#{}", icon.symbol());
    html! {
        <svg class="symbol" aria-hidden="true" focusable="false" width="16" height="16"><use href={href} /></svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_its_symbol_and_every_symbol_its_icon() {
        let sprite = include_str!("../public/icons.svg");
        for icon in Icon::ALL {
            assert!(
                sprite.contains(&format!("<symbol id=\"{}\"", icon.symbol())),
                "{icon:?}"
            );
        }
        assert_eq!(sprite.matches("<symbol ").count(), Icon::ALL.len());
    }
}
