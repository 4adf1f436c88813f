//! What looks like the number of a telephone or an identity card.

use super::piece::Piece;
use crate::time::Date;

/// The digits of a mobile telephone.
const TELEPHONE: usize = 11;
/// The characters of an identity card's number.
const CARD: usize = 18;
/// The pieces in which people write a mobile telephone, by their digits.
const TELEPHONE_PIECES: [&[usize]; 6] = [&[3, 4, 4], &[3, 8], &[7, 4], &[3, 3, 5], &[4, 3, 4], &[4, 4, 3]];

/// How many of the pieces of `run` from `place` on are such a number; none if none starts there.
pub(super) fn number_at(run: &[Piece], place: usize) -> Option<usize> {
    let card = pieces_of(CARD, &run[place..]).filter(|pieces| is_card(pieces));
    let telephone = || {
        let pieces = pieces_of(TELEPHONE, &run[place..])?;
        let after = place + pieces.len();
        let around = [place.checked_sub(1), Some(after)].map(|place| run.get(place?));
        is_telephone(pieces, around).then_some(pieces)
    };
    card.or_else(telephone).map(<[Piece]>::len)
}

/// The first of these pieces that have so many characters together, if some have.
fn pieces_of(length: usize, pieces: &[Piece]) -> Option<&[Piece]> {
    let mut sum = 0;
    let count = pieces.iter().position(|piece| {
        sum += piece.plain.len();
        sum >= length
    })?;
    (sum == length).then_some(&pieces[..=count])
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.plain.as_str()).collect()
}

fn is_telephone(pieces: &[Piece], around: [Option<&Piece>; 2]) -> bool {
    let number = plain(pieces);
    if !number.starts_with('1') || number.contains('X') {
        return false;
    }
    if let [_] = pieces {
        return true;
    }
    let lengths: Vec<usize> = pieces.iter().map(|piece| piece.plain.len()).collect();
    let is_mobile = number.as_bytes()[1] >= b'3';
    // 1949-2026 128: years and a figure.
    let starts_with_year = lengths[0] == 4 && number.starts_with("19");
    let in_usual_pieces = TELEPHONE_PIECES.contains(&lengths.as_slice()) && !starts_with_year;
    // Exactly eleven: a row of single figures may be longer, and a list of item numbers has but nine of one digit.
    let is_single = |piece: &Piece| piece.plain.len() == 1;
    let in_single_digits = pieces.iter().all(is_single) && !around.into_iter().flatten().any(is_single);
    is_mobile && (in_usual_pieces || in_single_digits)
}

fn is_card(pieces: &[Piece]) -> bool {
    let number = plain(pieces);
    let (body, check) = number.split_at(CARD - 1);
    if !body.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let in_one_piece = match pieces {
        [_] => true,
        [all, x] => x.plain == "X" && all.end == x.start,
        _ => false,
    };
    let hyphened_date = pieces.windows(3).any(|three| {
        let lengths: Vec<usize> = three.iter().map(|piece| piece.plain.len()).collect();
        lengths == [4, 2, 2] && three[1].hyphen_before && three[2].hyphen_before
    });
    in_one_piece
        || (!body.starts_with('0')
            && is_date_of_birth(&body[6..14])
            && (!hyphened_date || check_digit(body) == check.chars().next()))
}

/// Whether eight digits are a date between 1900 and 2099.
fn is_date_of_birth(digits: &str) -> bool {
    let number = |from: usize, to: usize| digits[from..to].parse::<u16>().unwrap_or(0);
    let small = |from, to| u8::try_from(number(from, to)).unwrap_or(0);
    let year = number(0, 4);
    (1900..=2099).contains(&year) && Date::new(year.into(), small(4, 6), small(6, 8)).is_some()
}

/// The check digit of 17 digits by GB 11643 (ISO 7064, MOD 11-2).
fn check_digit(body: &str) -> Option<char> {
    let remainder = body
        .bytes()
        .fold(0, |sum, byte| (sum + u32::from(byte - b'0')) * 2 % 11);
    match (12 - remainder) % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}
