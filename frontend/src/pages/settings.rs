//! Settings of this device: looks, whose it is, its lock, and leaving it.

use std::time::Duration;

use shared::protocol::http::DeviceKind;
use yew::prelude::*;

use super::choose_code::use_code_choice;
use super::device_words;
use super::leaving::use_leaving;
use crate::app::Taste;
use crate::browser::field;
use crate::components::code_form::CodeForm;
use crate::hooks::{use_lock, use_store};
use crate::i18n::{DeviceNote, Language, Message, Theme, use_language};
use crate::store::view::Leaving;

/// The shortest and the longest time without anybody that may be set, in minutes.
const IDLE_MINUTES: (f64, f64) = (0.1, 240.0);

/// Settings of this device.
#[component]
pub fn SettingsPage() -> Html {
    let language = use_language();
    html! {
        <>
            <header class="page-head">
                <div>
                    <h1>{ language.note(&DeviceNote::Settings) }</h1>
                    <p class="page-lead">{ language.note(&DeviceNote::SettingsLead) }</p>
                </div>
            </header>
            <div class="settings">
                <Looks />
                <Kind />
                <Locking />
                <SigningOut />
            </div>
        </>
    }
}

/// Theme and language.
#[component]
fn Looks() -> Html {
    let language = use_language();
    let Some(taste) = use_context::<Taste>() else {
        return Html::default();
    };
    let themes = Theme::ALL.into_iter().map(|theme| {
        let name = language.attribute(&Message::Theme(theme));
        choice(
            name,
            theme == taste.theme,
            taste.on_theme.reform(move |_: MouseEvent| theme),
        )
    });
    let languages = Language::ALL.into_iter().map(|each| {
        let name = language.attribute(&Message::Language(each));
        choice(
            name,
            each == language,
            taste.on_language.reform(move |_: MouseEvent| each),
        )
    });
    html! {
        <section class="settings-part">
            <h2>{ language.say(&Message::ThemeTitle) }</h2>
            <div class="choices">{ for themes }</div>
            <h2>{ language.say(&Message::LanguageTitle) }</h2>
            <div class="choices">{ for languages }</div>
        </section>
    }
}

/// Whether one person alone sits at the device.
#[component]
fn Kind() -> Html {
    let language = use_language();
    let store = use_store();
    let lock = use_lock();
    let problem = use_state(|| None::<AttrValue>);
    let kinds = [DeviceKind::Shared, DeviceKind::Personal]
        .into_iter()
        .map(|kind| {
            let (store, problem) = (store.clone(), problem.setter());
            let onclick = Callback::from(move |_: MouseEvent| {
                let (store, problem) = (store.clone(), problem.clone());
                yew::platform::spawn_local(async move {
                    let said = store.say_kind(kind).await.err();
                    problem.set(said.map(|why| language.note(&device_words::code(why))));
                });
            });
            let name = language.note(&DeviceNote::Kind(kind));
            choice(name, kind == lock.kind, onclick)
        });
    html! {
        <section class="settings-part">
            <h2>{ language.note(&DeviceNote::ThisDevice) }</h2>
            <div class="choices">{ for kinds }</div>
            <p class="settings-hint">{ language.note(&DeviceNote::KindHint(lock.kind)) }</p>
            <p class="settings-hint">{ language.note(&DeviceNote::KindSession) }</p>
            if let Some(problem) = &*problem { <p role="alert">{ problem }</p> }
        </section>
    }
}

/// The lock: its code, and when it falls shut by itself.
#[component]
fn Locking() -> Html {
    let language = use_language();
    let store = use_store();
    let lock = use_lock();
    let (said, busy, on_codes) = use_code_choice();
    let said_idle = use_state(|| None::<DeviceNote<'static>>);
    let on_lock = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| store.lock())
    };
    let on_remove = {
        let (store, said) = (store.clone(), said_idle.setter());
        Callback::from(move |_: MouseEvent| {
            let (store, said) = (store.clone(), said.clone());
            yew::platform::spawn_local(async move {
                said.set(store.choose_code(None).await.err().map(device_words::code));
            });
        })
    };
    let onsubmit = {
        let said = said_idle.setter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Ok(idle) = read_minutes(&field::submitted(event.target(), "minutes")) else {
                return said.set(Some(DeviceNote::IdleBad));
            };
            let (store, said) = (store.clone(), said.clone());
            yew::platform::spawn_local(async move {
                said.set(Some(match store.say_idle(idle).await {
                    Ok(()) => DeviceNote::Saved,
                    Err(problem) => device_words::code(problem),
                }));
            });
        })
    };
    let others = html! {
        if lock.has_code {
            <button class="button" type="button" onclick={on_remove}>{ language.note(&DeviceNote::CodeRemove) }</button>
        }
    };
    let minutes = AttrValue::from(lock.idle.map(minutes).unwrap_or_default());
    let stands = if lock.has_code {
        DeviceNote::CodeChosen
    } else {
        DeviceNote::CodeNone
    };
    html! {
        <section class="settings-part">
            <h2>{ language.note(&DeviceNote::LockTitle) }</h2>
            <p class="settings-hint">{ language.note(&DeviceNote::LockTruth) }</p>
            <p>{ language.note(&stands) }</p>
            <CodeForm {said} {busy} {others} {on_codes} />
            <form class="settings-line" {onsubmit}>
                <label class="field settings-short"><span>{ language.note(&DeviceNote::IdleMinutes) }</span>
                    <input key={minutes.to_string()} class="input" name="minutes" inputmode="decimal" autocomplete="off" value={&minutes} /></label>
                <button class="button" type="submit">{ language.note(&DeviceNote::IdleSave) }</button>
                <button class="button" type="button" onclick={on_lock}>{ language.note(&DeviceNote::LockNow) }</button>
            </form>
            <p class="settings-hint">{ language.note(&DeviceNote::IdleHint) }</p>
            if let Some(note) = &*said_idle { <p role="status">{ language.note(note) }</p> }
        </section>
    }
}

/// Leaving the device.
#[component]
fn SigningOut() -> Html {
    let language = use_language();
    let lock = use_lock();
    let (leave, dialog) = use_leaving();
    let button = |leaving: Leaving, note: DeviceNote<'_>| {
        html! {
            <button class="button" type="button" onclick={leave.reform(move |_: MouseEvent| leaving)}>{ language.note(&note) }</button>
        }
    };
    html! {
        <section class="settings-part">
            <h2>{ language.note(&DeviceNote::SignOutTitle) }</h2>
            <p class="settings-hint">{ language.note(&DeviceNote::SignOutHint(lock.kind)) }</p>
            <div class="settings-line">
                if lock.kind == DeviceKind::Personal { { button(Leaving::Keep, DeviceNote::SignOutKeep) } }
                { button(Leaving::Wipe, DeviceNote::SignOutWipe) }
            </div>
            { dialog }
        </section>
    }
}

fn choice(name: AttrValue, is: bool, onclick: Callback<MouseEvent>) -> Html {
    let pressed = if is { "true" } else { "false" };
    html! {
        <button key={name.to_string()} class="choice" type="button" aria-pressed={pressed} {onclick}>{ name }</button>
    }
}

fn minutes(idle: Duration) -> String {
    format!("{}", idle.as_secs_f64() / 60.0)
}

/// Some minutes, or none for never.
fn read_minutes(typed: &str) -> Result<Option<Duration>, ()> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let (least, most) = IDLE_MINUTES;
    let minutes: f64 = typed.parse().map_err(|_| ())?;
    if (least..=most).contains(&minutes) {
        Ok(Some(Duration::from_secs_f64(minutes * 60.0)))
    } else {
        Err(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_with_parts_of_them_and_nothing_means_never() {
        assert_eq!(read_minutes(" 5 "), Ok(Some(Duration::from_mins(5))));
        assert_eq!(read_minutes("0.5"), Ok(Some(Duration::from_secs(30))));
        assert_eq!(read_minutes(""), Ok(None));
        for bad in ["0", "-1", "241", "five", "NaN", "inf"] {
            assert_eq!(read_minutes(bad), Err(()), "{bad}");
        }
        assert_eq!(minutes(Duration::from_secs(30)), "0.5");
        assert_eq!(minutes(Duration::from_mins(5)), "5");
    }
}
