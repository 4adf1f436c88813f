//! Keys as the grid knows them.

/// A key pressed together with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// Whether Ctrl (on a Mac: Command) is held.
    pub ctrl: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Alt is held.
    pub alt: bool,
}

/// A key the grid gives a meaning to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// An arrow.
    Arrow(super::motion::Way),
    /// Tab.
    Tab,
    /// Enter, also that of the number pad.
    Enter,
    /// Esc.
    Escape,
    /// A function key.
    Function(u8),
    /// Home.
    Home,
    /// End.
    End,
    /// `PgUp`.
    PageUp,
    /// `PgDn`.
    PageDown,
    /// Delete or backspace.
    Delete,
    /// A key that types this character, in lower case.
    Character(char),
    /// Any other.
    Other,
}

impl Key {
    /// The key of this name, as browsers name them.
    #[must_use]
    pub fn named(name: &str) -> Self {
        use super::motion::Way;
        let mut characters = name.chars();
        match name {
            "ArrowUp" => Self::Arrow(Way::Up),
            "ArrowDown" => Self::Arrow(Way::Down),
            "ArrowLeft" => Self::Arrow(Way::Left),
            "ArrowRight" => Self::Arrow(Way::Right),
            "Tab" => Self::Tab,
            "Enter" => Self::Enter,
            "Escape" => Self::Escape,
            "F1" => Self::Function(1),
            "F2" => Self::Function(2),
            "F6" => Self::Function(6),
            "Home" => Self::Home,
            "End" => Self::End,
            "PageUp" => Self::PageUp,
            "PageDown" => Self::PageDown,
            "Delete" | "Backspace" => Self::Delete,
            _ => match (characters.next(), characters.next()) {
                (Some(one), None) => Self::Character(one.to_lowercase().next().unwrap_or(one)),
                _ => Self::Other,
            },
        }
    }

    /// The key alone.
    #[must_use]
    pub const fn alone(self) -> Press {
        Press {
            key: self,
            ctrl: false,
            shift: false,
            alt: false,
        }
    }

    /// The key with Ctrl.
    #[must_use]
    pub const fn with_ctrl(self) -> Press {
        Press {
            ctrl: true,
            ..self.alone()
        }
    }

    /// The key with Shift.
    #[must_use]
    pub const fn with_shift(self) -> Press {
        Press {
            shift: true,
            ..self.alone()
        }
    }

    /// The key with Alt.
    #[must_use]
    pub const fn with_alt(self) -> Press {
        Press {
            alt: true,
            ..self.alone()
        }
    }
}
