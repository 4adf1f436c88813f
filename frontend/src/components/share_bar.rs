//! How a whole falls into parts: one bar, with every part in words.

use yew::prelude::*;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// What it is called.
    pub name: AttrValue,
    /// How many there are.
    pub count: usize,
}

/// Properties of [`ShareBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShareBarProps {
    /// What it shows.
    pub title: AttrValue,
    /// The parts, in order.
    pub shares: Vec<Share>,
}

/// The bar's length.
const LENGTH: usize = 400;

/// How a whole falls into parts.
#[component]
pub fn ShareBar(ShareBarProps { title, shares }: &ShareBarProps) -> Html {
    let whole = shares.iter().map(|share| share.count).sum::<usize>().max(1);
    let mut begin = 0;
    let mut pieces = Vec::new();
    for (place, share) in shares.iter().enumerate() {
        let (from, until) = (begin * LENGTH / whole, (begin + share.count) * LENGTH / whole);
        begin += share.count;
        pieces.push(html! {
            <rect key={place} class="share-piece" data-place={place.to_string()} x={from.to_string()} y="0" width={(until - from).to_string()} height="14" />
        });
    }
    let words = shares.iter().enumerate().map(|(place, share)| {
        html! { <li key={place} data-place={place.to_string()}><i></i>{ format!("{} {}", share.name, share.count) }</li> }
    });
    html! {
        <figure class="share-bar">
            <svg viewBox={format!("0 0 {LENGTH} 14")} role="img" aria-label={title} preserveAspectRatio="none">{ for pieces }</svg>
            <figcaption><ul>{ for words }</ul></figcaption>
        </figure>
    }
}
