//! Fields of a form, with what they are called and what may stand in them.

use yew::prelude::*;

/// Properties of [`TextField`].
#[derive(Clone, PartialEq, Properties)]
pub struct TextFieldProps {
    /// What it is called.
    pub label: AttrValue,
    /// Its name in the form.
    pub name: AttrValue,
    /// What may be typed.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What stands in it at first.
    #[prop_or_default]
    pub first: AttrValue,
    /// Whether it must not be empty.
    #[prop_or(true)]
    pub required: bool,
}

/// A line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    html! {
        <label class="field"><span>{ &props.label }</span>
            <input class="input" name={&props.name} ~value={&props.first} placeholder={props.hint.clone()} required={props.required}
                autocomplete="off" autocapitalize="none" /></label>
    }
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What stands for it in the form.
    pub value: AttrValue,
    /// What it is called.
    pub name: AttrValue,
}

/// Properties of [`SelectField`].
#[derive(Clone, PartialEq, Properties)]
pub struct SelectFieldProps {
    /// What it is called.
    pub label: AttrValue,
    /// Its name in the form.
    pub name: AttrValue,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// What is chosen at first.
    #[prop_or_default]
    pub first: Option<AttrValue>,
}

/// A choice of one of several.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let options = props.choices.iter().map(|choice| {
        html! {
            <option key={choice.value.to_string()} value={&choice.value} selected={props.first.as_ref() == Some(&choice.value)}>
                { &choice.name }
            </option>
        }
    });
    html! {
        <label class="field"><span>{ &props.label }</span>
            <select class="input" name={&props.name}>{ for options }</select></label>
    }
}
