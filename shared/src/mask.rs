//! Masks the numbers of telephones and identity cards in text that is about to be posted.
//!
//! Such numbers are in no ledger on purpose, and yet people type them. A posting shows name, post and matter alone, so
//! whatever looks like one of them is shown with its first three and last four characters: `138****1234`,
//! `110***********123X`.
//!
//! # What is taken for such a number
//!
//! * A telephone: 11 digits that start with 1; after `+86` or `0086` as well.
//! * An identity card (GB 11643): 18 digits, or 17 and an X.
//!
//! Both in one piece, or in pieces with spaces or hyphens between; digits, X and hyphens may be full-width. A longer or
//! shorter run of digits is left. A number in pieces has to look more like one, since dates, item numbers and figures
//! are digits in pieces too: a telephone starts with 13 to 19 and stands in the pieces in which people write one (3-4-4
//! and the like), or in eleven single ones; an identity card has a date of birth at its place, and if that date is written with hyphens, its
//! check digit has to be right.

use std::borrow::Cow;

mod piece;
mod shape;
#[cfg(test)]
mod tests;

use piece::Piece;

/// How many characters stay readable at the start of a number.
const SHOWN_FIRST: usize = 3;
/// How many characters stay readable at its end.
const SHOWN_LAST: usize = 4;

/// The text with every number of a telephone or an identity card masked. What was between the pieces of such a number
/// goes; everything else stays as it is.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut copied = 0;
    for run in piece::runs(text) {
        let mut place = 0;
        while place < run.len() {
            let Some(count) = shape::number_at(&run, place) else {
                place += 1;
                continue;
            };
            let number = &run[place..place + count];
            place += count;
            shown.push_str(&text[copied..number[0].start]);
            copied = number[count - 1].end;
            let characters: Vec<char> = number.iter().flat_map(Piece::typed).collect();
            let hidden = SHOWN_FIRST..characters.len() - SHOWN_LAST;
            shown.extend(characters.iter().enumerate().map(|(at, &character)| {
                if hidden.contains(&at) { '*' } else { character }
            }));
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}
