//! A form with a new password in it, typed twice.

use shared::enrol;
use shared::limit::PASSWORD_CHARS;
use yew::prelude::*;

use crate::browser::field;
use crate::i18n::{AccessNote, use_language};

/// Properties of [`PasswordForm`].
#[derive(Clone, PartialEq, Properties)]
pub struct PasswordFormProps {
    /// The fields before the new password.
    pub children: Html,
    /// What the button says.
    pub answer: AttrValue,
    /// Why it did not succeed.
    #[prop_or_default]
    pub problem: Option<AttrValue>,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// It was submitted, with a new password that may be one.
    pub on_submit: Callback<Submission>,
}

/// What was submitted.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The form: for the fields before the new password.
    pub event: SubmitEvent,
    /// The new password.
    pub password: String,
}

/// A form with a new password in it, typed twice.
#[component]
pub fn PasswordForm(props: &PasswordFormProps) -> Html {
    let language = use_language();
    let own_problem = use_state(|| None::<AccessNote<'static>>);
    let onsubmit = {
        let (own_problem, on_submit) = (own_problem.setter(), props.on_submit.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let field = |name| field::submitted(event.target(), name);
            let (password, again) = (field("new"), field("again"));
            let problem = problem(&password, &again);
            own_problem.set(problem);
            if problem.is_none() {
                on_submit.emit(Submission { event, password });
            }
        })
    };
    let problem = own_problem
        .as_ref()
        .map(|note| language.note(note))
        .or_else(|| props.problem.clone());
    let new = |name: &'static str, note: &AccessNote<'_>| {
        html! {
            <label class="field"><span>{ language.note(note) }</span>
                <input class="input" {name} type="password" autocomplete="new-password" required=true /></label>
        }
    };
    let answer = if props.busy {
        language.note(&AccessNote::Sending)
    } else {
        props.answer.clone()
    };
    html! {
        <form class="password-form" {onsubmit}>
            { props.children.clone() }
            { new("new", &AccessNote::NewPassword) }
            { new("again", &AccessNote::PasswordAgain) }
            <p class="password-rule">{ language.note(&AccessNote::PasswordRule { least: PASSWORD_CHARS }) }</p>
            if let Some(problem) = problem { <p class="password-problem" role="alert">{ problem }</p> }
            <button class="button" type="submit" data-tone="main" disabled={props.busy}>{ answer }</button>
        </form>
    }
}

fn problem(password: &str, again: &str) -> Option<AccessNote<'static>> {
    if password != again {
        Some(AccessNote::PasswordDiffers)
    } else if enrol::is_strong(password) {
        None
    } else {
        Some(AccessNote::Weak {
            least: PASSWORD_CHARS,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_typed_twice_the_same_and_long_enough() {
        assert_eq!(
            problem("春风又绿江南岸明月", "x"),
            Some(AccessNote::PasswordDiffers)
        );
        assert!(matches!(problem("short", "short"), Some(AccessNote::Weak { .. })));
        assert_eq!(problem("春风又绿江南岸明月何", "春风又绿江南岸明月何"), None);
    }
}
