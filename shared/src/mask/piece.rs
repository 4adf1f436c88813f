//! Digits in one piece, and runs of such pieces with nothing but spaces or hyphens between.

/// The most spaces and hyphens between two pieces of a run.
const GAP_MOST: usize = 3;

/// Digits in one piece, or the X at the end of an identity card's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it starts in the text, in bytes.
    pub(super) start: usize,
    /// Where it ends, in bytes.
    pub(super) end: usize,
    /// What it says: digits from 0 to 9, or `X` alone.
    pub(super) plain: String,
    /// The same as it was typed.
    typed: String,
    /// Whether a hyphen stands between it and the piece before.
    pub(super) hyphen_before: bool,
}

impl Piece {
    /// The characters as they were typed.
    pub(super) fn typed(&self) -> impl Iterator<Item = char> {
        self.typed.chars()
    }
}

/// What a character is to this module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Digit(char),
    X,
    Hyphen,
    Space,
    Other,
}

fn mark(character: char) -> Mark {
    match character {
        '0'..='9' => Mark::Digit(character),
        '０'..='９' => Mark::Digit(
            char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or('0'),
        ),
        'x' | 'X' | 'ｘ' | 'Ｘ' => Mark::X,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '﹣' => Mark::Hyphen,
        // Characters without width come along when text is copied from a page.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Mark::Space,
        '\n' | '\r' | '\t' => Mark::Other,
        _ if character.is_whitespace() => Mark::Space,
        _ => Mark::Other,
    }
}

/// The runs of a text, in order: pieces with at most [`GAP_MOST`] spaces or hyphens between any two.
pub(super) fn runs(text: &str) -> Vec<Vec<Piece>> {
    let mut runs: Vec<Vec<Piece>> = Vec::new();
    let mut run: Vec<Piece> = Vec::new();
    // The spaces and hyphens since the last piece; none right after a character of the piece.
    let mut gap: Vec<Mark> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        let end = start + character.len_utf8();
        let found = match mark(character) {
            Mark::Digit(digit) => Some(digit),
            // An X is a digit after one, and at the end of what it stands in.
            Mark::X if !run.is_empty() && characters.peek().is_none_or(|&(_, next)| !is_word(next)) => {
                Some('X')
            }
            _ => None,
        };
        match (found, mark(character)) {
            (Some(digit), _) => {
                let last = run
                    .last_mut()
                    .filter(|last| gap.is_empty() && digit != 'X' && last.end == start && last.plain != "X");
                if let Some(last) = last {
                    last.end = end;
                    last.plain.push(digit);
                    last.typed.push(character);
                } else {
                    run.push(Piece {
                        start,
                        end,
                        plain: digit.to_string(),
                        typed: character.to_string(),
                        hyphen_before: gap.contains(&Mark::Hyphen),
                    });
                }
                gap.clear();
            }
            (None, between @ (Mark::Hyphen | Mark::Space)) if gap.len() < GAP_MOST => gap.push(between),
            (None, _) => {
                runs.push(std::mem::take(&mut run));
                gap.clear();
            }
        }
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    for run in &mut runs {
        *run = run.drain(..).flat_map(|piece| cut(text, piece)).collect();
    }
    runs
}

/// The piece without the prefix of a call from abroad, and that prefix before it.
fn cut(text: &str, piece: Piece) -> Vec<Piece> {
    let prefix = if text[..piece.start].ends_with(['+', '＋']) {
        "86"
    } else {
        "0086"
    };
    // A telephone's number starts with 1; 0086 alone may be anything.
    if !piece
        .plain
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.starts_with('1'))
    {
        return vec![piece];
    }
    let (before, after) = piece.plain.split_at(prefix.len());
    let typed_before: String = piece.typed.chars().take(prefix.len()).collect();
    let middle = piece.start + typed_before.len();
    vec![
        Piece {
            start: piece.start,
            end: middle,
            plain: before.to_owned(),
            typed: typed_before.clone(),
            hyphen_before: piece.hyphen_before,
        },
        Piece {
            start: middle,
            end: piece.end,
            plain: after.to_owned(),
            typed: piece.typed[typed_before.len()..].to_owned(),
            hyphen_before: false,
        },
    ]
}

/// Whether a character belongs to a word or a number of European script.
fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(mark(character), Mark::Digit(_) | Mark::X)
}
