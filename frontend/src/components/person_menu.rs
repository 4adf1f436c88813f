//! Who is signed in, and what this device remembers of taste.

use yew::prelude::*;

use crate::components::popover::Popover;
use crate::i18n::{AccessNote, DeviceNote, Language, Message, Theme, use_language};
use crate::icon::{Icon, Symbol};

/// Properties of [`PersonMenu`].
#[derive(Clone, PartialEq, Properties)]
pub struct PersonMenuProps {
    /// The person's name.
    pub name: AttrValue,
    /// The role.
    pub role: AttrValue,
    /// The theme chosen.
    pub theme: Theme,
    /// Chooses a theme.
    pub on_theme: Callback<Theme>,
    /// Chooses a language.
    pub on_language: Callback<Language>,
    /// Syncs at once.
    pub on_sync: Callback<()>,
    /// Locks the screen.
    pub on_lock: Callback<()>,
    /// Goes to the settings.
    pub on_settings: Callback<()>,
    /// Goes to where one's password is changed.
    pub on_password: Callback<()>,
    /// Signs out.
    pub on_sign_out: Callback<()>,
}

/// Who is signed in, and a menu.
#[component]
pub fn PersonMenu(props: &PersonMenuProps) -> Html {
    let language = use_language();
    let open = use_state(|| false);
    let face: String = props.name.chars().take(1).collect();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let on_close = {
        let setter = open.setter();
        Callback::from(move |()| setter.set(false))
    };
    // Whatever is chosen here happens elsewhere on the page.
    let chosen = |on: &Callback<()>| {
        let (on, setter) = (on.clone(), open.setter());
        Callback::from(move |_: MouseEvent| {
            setter.set(false);
            on.emit(());
        })
    };
    let themes = Theme::ALL.into_iter().zip([Icon::Screen, Icon::Sun, Icon::Moon]).map(|(theme, icon)| {
        html! {
            <button key={theme.code()} class="choice" type="button" aria-pressed={pressed(theme == props.theme)}
                onclick={props.on_theme.reform(move |_: MouseEvent| theme)}>
                <Symbol {icon} />{ language.say(&Message::Theme(theme)) }
            </button>
        }
    });
    let languages = Language::ALL.into_iter().map(|each| {
        html! {
            <button key={each.tag()} class="choice" type="button" aria-pressed={pressed(each == language)} lang={each.tag()}
                onclick={props.on_language.reform(move |_: MouseEvent| each)}>{ language.say(&Message::Language(each)) }</button>
        }
    });
    html! {
        <>
            <button id="person" class="person" type="button" aria-haspopup="dialog" aria-expanded={pressed(*open)} onclick={toggle}>
                <span class="face" aria-hidden="true">{ face }</span>
                <span>{ &props.name }</span>
                <small>{ &props.role }</small>
                <Symbol icon={Icon::Down} />
            </button>
            if *open {
                <Popover label={&props.name} beside="person" {on_close}>
                    <div class="person-menu">
                        <h2>{ language.say(&Message::ThemeTitle) }</h2>
                        <div class="choices">{ for themes }</div>
                        <h2>{ language.say(&Message::LanguageTitle) }</h2>
                        <div class="choices">{ for languages }</div>
                        <button class="menu-item" type="button" onclick={chosen(&props.on_sync)}>
                            <Symbol icon={Icon::Sync} />{ language.say(&Message::SyncNow) }
                        </button>
                        <button class="menu-item" type="button" onclick={chosen(&props.on_lock)}>
                            <Symbol icon={Icon::Lock} />{ language.note(&DeviceNote::LockNow) }
                        </button>
                        <button class="menu-item" type="button" onclick={chosen(&props.on_settings)}>
                            <Symbol icon={Icon::Settings} />{ language.note(&DeviceNote::Settings) }
                        </button>
                        <button class="menu-item" type="button" onclick={chosen(&props.on_password)}>
                            <Symbol icon={Icon::Key} />{ language.note(&AccessNote::ChangePassword) }
                        </button>
                        <button class="menu-item" type="button" onclick={chosen(&props.on_sign_out)}>
                            <Symbol icon={Icon::SignOut} />{ language.say(&Message::SignOut) }
                        </button>
                    </div>
                </Popover>
            }
        </>
    }
}

const fn pressed(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}
