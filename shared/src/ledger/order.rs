//! The order of rows: a fractional index in each row, so that two people can insert at one place at once.

use fractional_index::FractionalIndex;

/// A place after `before` and before `after`; an end that is missing, or not an index, is open.
///
/// Two people asking for the same gap get the same place; rows in one place are ordered by their ids. A gap between
/// equal neighbours cannot be split: the new row then shares their place.
#[must_use]
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    let read = |text: Option<&str>| text.and_then(|text| FractionalIndex::from_string(text).ok());
    let (before, after) = (read(before), read(after));
    FractionalIndex::new(before.as_ref(), after.as_ref())
        .or(before)
        .unwrap_or_default()
        .to_string()
}

/// `count` places after `before` and before `after`, in order.
#[must_use]
pub fn several(before: Option<&str>, after: Option<&str>, count: usize) -> Vec<String> {
    let mut places: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        let place = between(places.last().map(String::as_str).or(before), after);
        places.push(place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room_between_two_rows() {
        let mut low = between(None, None);
        let high = between(Some(&low), None);
        for _ in 0..200 {
            let middle = between(Some(&low), Some(&high));
            assert!(low < middle && middle < high);
            low = middle;
        }
    }

    #[test]
    fn several_places_stand_in_order() {
        let first = between(None, None);
        let places = several(Some(&first), None, 50);
        assert!(first < places[0]);
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_damaged_index_is_taken_for_an_open_end() {
        assert_eq!(between(Some("not an index"), None), between(None, None));
        let same = between(None, None);
        assert_eq!(between(Some(&same), Some(&same)), same);
    }
}
