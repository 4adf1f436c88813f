//! Five dimensions as a star, for one person's sheet; with the figures beside it.

use yew::prelude::*;

/// One axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// What it is called.
    pub name: AttrValue,
    /// What was reached of it, in percent, as it is shown.
    pub percent: AttrValue,
    /// The same in hundredths of a percent.
    pub hundredths: i64,
}

/// Properties of [`Radar`].
#[derive(Clone, PartialEq, Properties)]
pub struct RadarProps {
    /// What it shows.
    pub title: AttrValue,
    /// Its axes, from the top clockwise.
    pub axes: Vec<Axis>,
}

/// The radius of full marks, and the middle.
const RADIUS: f64 = 70.0;
const MIDDLE: f64 = 100.0;

/// Five dimensions as a star.
#[component]
pub fn Radar(RadarProps { title, axes }: &RadarProps) -> Html {
    let corner = |place: usize, share: f64| {
        #[expect(clippy::cast_precision_loss, reason = "a handful of axes")]
        let turn = std::f64::consts::TAU * place as f64 / axes.len().max(1) as f64;
        (
            MIDDLE + RADIUS * share * turn.sin(),
            MIDDLE - RADIUS * share * turn.cos(),
        )
    };
    let ring = |shares: Vec<f64>| {
        let corners = shares.into_iter().enumerate().map(|(place, share)| {
            let (x, y) = corner(place, share);
            format!("{x:.1},{y:.1}")
        });
        corners.collect::<Vec<_>>().join(" ")
    };
    #[expect(clippy::cast_precision_loss, reason = "at most ten thousand")]
    let share = |axis: &Axis| axis.hundredths.clamp(0, 10_000) as f64 / 10_000.0;
    let rings = [0.25, 0.5, 0.75, 1.0]
        .map(|part| html! { <polygon class="radar-ring" points={ring(vec![part; axes.len()])} /> });
    let names = axes.iter().enumerate().map(|(place, axis)| {
        let (x, y) = corner(place, 1.22);
        html! { <text key={place} x={format!("{x:.1}")} y={format!("{:.1}", y + 4.0)} text-anchor="middle">{ &axis.name }</text> }
    });
    let figures = axes.iter().map(
        |axis| html! { <li key={axis.name.to_string()}>{ format!("{} {}%", axis.name, axis.percent) }</li> },
    );
    html! {
        <figure class="radar">
            <svg viewBox="0 0 200 200" width="200" height="200" role="img" aria-label={title}>
                { for rings }
                <polygon class="radar-area" points={ring(axes.iter().map(share).collect())} />
                { for names }
            </svg>
            <figcaption><ul>{ for figures }</ul></figcaption>
        </figure>
    }
}
