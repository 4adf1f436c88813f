//! What this device remembers of taste.

use yew::prelude::*;

use crate::browser::preference;

/// A preference kept on this device under a name, and a callback that changes it.
#[hook]
pub fn use_preference<T>(
    name: &'static str,
    all: &'static [T],
    code: fn(T) -> &'static str,
) -> (T, Callback<T>)
where
    T: Copy + Default + PartialEq + 'static,
{
    let chosen = use_state(|| {
        let kept = preference::read(name);
        all.iter()
            .copied()
            .find(|each| kept.as_deref() == Some(code(*each)))
            .unwrap_or_default()
    });
    let setter = chosen.setter();
    let choose = use_callback((), move |value: T, ()| {
        preference::write(name, code(value));
        setter.set(value);
    });
    (*chosen, choose)
}
