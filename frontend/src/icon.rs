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
    /// A cross.
    Close,
    /// Columns side by side.
    Columns,
    /// An arrow head down.
    Down,
    /// An arrow down into a tray.
    Download,
    /// A pencil.
    Edit,
    /// A funnel.
    Filter,
    /// A house.
    Home,
    /// A key.
    Key,
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
    /// A plaque on a wall.
    Plaque,
    /// A printer.
    Print,
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
    /// A scale with two pans.
    Scale,
    /// A magnifying glass.
    Search,
    /// Sliders.
    Settings,
    /// A shield.
    Shield,
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
    /// Boxes that hang from one.
    Tree,
    /// An arrow back.
    Undo,
    /// A triangle with an exclamation mark.
    Warning,
    /// A place on a map.
    Zone,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Self; 37] = [
        Self::Add,
        Self::Calendar,
        Self::Check,
        Self::Close,
        Self::Columns,
        Self::Down,
        Self::Download,
        Self::Edit,
        Self::Filter,
        Self::Home,
        Self::Key,
        Self::Inbox,
        Self::Keyboard,
        Self::Lock,
        Self::Moon,
        Self::People,
        Self::Pledge,
        Self::Plaque,
        Self::Print,
        Self::Redo,
        Self::Remove,
        Self::Restore,
        Self::Rows,
        Self::Scale,
        Self::Screen,
        Self::Search,
        Self::Settings,
        Self::Shield,
        Self::SignOut,
        Self::SortAscending,
        Self::SortDescending,
        Self::Sun,
        Self::Sync,
        Self::Tree,
        Self::Undo,
        Self::Warning,
        Self::Zone,
    ];

    /// The id of its symbol in the sprite.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Calendar => "calendar",
            Self::Check => "check",
            Self::Close => "close",
            Self::Columns => "columns",
            Self::Down => "down",
            Self::Download => "download",
            Self::Edit => "edit",
            Self::Filter => "filter",
            Self::Home => "home",
            Self::Key => "key",
            Self::Inbox => "inbox",
            Self::Keyboard => "keyboard",
            Self::Lock => "lock",
            Self::Moon => "moon",
            Self::People => "people",
            Self::Pledge => "pledge",
            Self::Plaque => "plaque",
            Self::Print => "print",
            Self::Redo => "redo",
            Self::Remove => "remove",
            Self::Restore => "restore",
            Self::Rows => "rows",
            Self::Scale => "scale",
            Self::Screen => "screen",
            Self::Search => "search",
            Self::Settings => "settings",
            Self::Shield => "shield",
            Self::SignOut => "sign-out",
            Self::SortAscending => "sort-ascending",
            Self::SortDescending => "sort-descending",
            Self::Sun => "sun",
            Self::Sync => "sync",
            Self::Tree => "tree",
            Self::Undo => "undo",
            Self::Warning => "warning",
            Self::Zone => "zone",
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
