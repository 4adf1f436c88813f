//! How names sound: in pinyin, by initials, and with surnames that have two readings.

use pinyin::ToPinyinMulti as _;

/// Readings of surnames that a table of common readings lacks.
const SURNAMES: [(char, &str); 12] = [
    ('单', "shan"),
    ('曾', "zeng"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('查', "zha"),
    ('区', "ou"),
    ('朴', "piao"),
    ('尉', "yu"),
    ('盖', "ge"),
    ('缪', "miao"),
    ('覃', "qin"),
    ('乐', "yue"),
];

/// Whether the letters spell these characters: each in full or by its initial, the last perhaps unfinished.
pub(super) fn sounds_like(letters: &str, characters: &[Vec<&'static str>]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((first, rest)) = characters.split_first() else {
        return false;
    };
    first.iter().any(|reading| {
        let initials = [1, 2].into_iter().filter(|length| is_initial(reading, *length));
        reading.starts_with(letters)
            || letters
                .strip_prefix(reading)
                .is_some_and(|left| sounds_like(left, rest))
            || initials
                .filter_map(|length| letters.strip_prefix(&reading[..length]))
                .any(|left| sounds_like(left, rest))
    })
}

fn is_initial(reading: &str, length: usize) -> bool {
    match length {
        1 => true,
        _ => ["zh", "ch", "sh"]
            .iter()
            .any(|initial| reading.starts_with(initial)),
    }
}

pub(super) fn readings(character: char) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    let common = character
        .to_pinyin_multi()
        .into_iter()
        .flatten()
        .map(pinyin::Pinyin::plain);
    let surnames = SURNAMES
        .iter()
        .filter(|(surname, _)| *surname == character)
        .map(|(_, reading)| *reading);
    for reading in common.chain(surnames) {
        if !found.contains(&reading) {
            found.push(reading);
        }
    }
    found
}

/// How a text sounds in its commonest reading, so that names sort as in a Chinese dictionary.
#[must_use]
pub fn by_sound(text: &str) -> String {
    let mut sound = String::with_capacity(text.len());
    for character in text.chars() {
        // The character follows its sound, so that characters that sound alike stay together.
        sound.push_str(readings(character).first().copied().unwrap_or_default());
        sound.push(character);
    }
    sound
}
