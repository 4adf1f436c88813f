//! Passwords and codes that the relay makes.

use rand::Rng as _;

/// Letters and digits that nobody takes for each other.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Their number in a password: 79 bits.
const PASSWORD: usize = 16;
/// Their number in a one-time code, which is read out over the telephone: 59 bits, and guesses are slow.
const CODE: usize = 12;

/// A password that is changed at the first sign-in.
#[must_use]
pub fn password() -> String {
    of(PASSWORD)
}

/// A one-time code.
#[must_use]
pub fn code() -> String {
    of(CODE)
}

fn of(length: usize) -> String {
    let mut random = rand::rng();
    (0..length)
        .map(|_| char::from(LETTERS[random.random_range(..LETTERS.len())]))
        .collect()
}
