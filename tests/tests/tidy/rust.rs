//! Rust sources without what is said in comments, and the strings in them.

/// A source, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// The code; comments and the insides of strings are spaces, lines stay lines.
    pub(crate) code: String,
    /// Every string with its line, counted from 1, and where its inside starts in the code.
    pub(crate) strings: Vec<(usize, usize, String)>,
}

/// Takes a source apart.
pub(crate) fn read(text: &str) -> Source {
    let mut source = Source::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let before = source.code.chars().next_back();
        let is_name = before.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some((opening, inside, closing)) = string(rest, is_name) {
            let line = source.code.matches('\n').count() + 1;
            source.code.push_str(&rest[..opening]);
            source.strings.push((
                line,
                source.code.len(),
                rest[opening..opening + inside].to_owned(),
            ));
            blank(&rest[opening..opening + inside], &mut source.code);
            source
                .code
                .push_str(&rest[opening + inside..opening + inside + closing]);
            rest = &rest[opening + inside + closing..];
            continue;
        } else if let Some(length) = sign_in_quotes(rest) {
            length
        } else {
            source.code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        blank(&rest[..length], &mut source.code);
        rest = &rest[length..];
    }
    source
}

/// Every name in a piece of code, with the line and where it starts.
pub(crate) fn names(code: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + code[at..].find(is_part)?;
        let length = code[start..]
            .find(|sign| !is_part(sign))
            .unwrap_or(code.len() - start);
        at = start + length;
        Some((code[..start].matches('\n').count() + 1, start, &code[start..at]))
    })
}

fn blank(text: &str, code: &mut String) {
    code.extend(text.chars().map(|sign| if sign == '\n' { '\n' } else { ' ' }));
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The lengths of the opening, the inside and the closing, if a string begins here.
fn string(text: &str, is_in_name: bool) -> Option<(usize, usize, usize)> {
    if let Some(inside) = text.strip_prefix('"') {
        return Some((1, plain_end(inside), 1));
    }
    if is_in_name {
        return None;
    }
    let raw = text.trim_start_matches(['b', 'c']).strip_prefix('r')?;
    let opening = text.len() - raw.len();
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let inside = raw[hashes..].strip_prefix('"')?;
    let closing = format!("\"{}", "#".repeat(hashes));
    Some((opening + hashes + 1, inside.find(&closing)?, closing.len()))
}

fn plain_end(inside: &str) -> usize {
    let mut is_escaped = false;
    let end = inside.find(|sign| {
        let ends = sign == '"' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        ends
    });
    end.unwrap_or(inside.len().saturating_sub(1))
}

/// The length of a sign in single quotes, which a lifetime is not.
fn sign_in_quotes(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    if let Some(escaped) = inside.strip_prefix('\\') {
        let first = escaped.chars().next()?.len_utf8();
        return Some(2 + first + escaped[first..].find('\'')? + 1);
    }
    let sign = inside.chars().next()?.len_utf8();
    inside[sign..].starts_with('\'').then_some(sign + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_no_code() {
        let source =
            read("let a = \"x // y\"; // todo\n/* b /* c */ d */ let e = r#\"f\"g\"#; let 'h: 'i' '\\'' j");
        assert_eq!(source.code.split_whitespace().collect::<Vec<_>>().join(" "), {
            "let a = \" \"; let e = r#\" \"#; let 'h: j"
        });
        let strings: Vec<_> = source
            .strings
            .iter()
            .map(|(line, _, text)| (*line, text.as_str()))
            .collect();
        assert_eq!(strings, [(1, "x // y"), (2, "f\"g")]);
    }

    #[test]
    fn escaped_quotes_end_no_string() {
        assert_eq!(read(r#"f("a\"b\\", c)"#).code.replace(' ', ""), "f(\"\",c)");
        assert_eq!(read("for\"x\"").strings.len(), 1);
    }

    #[test]
    fn names_are_whole_words() {
        let found: Vec<_> = names("a_b::c\nd1").map(|(line, _, name)| (line, name)).collect();
        assert_eq!(found, [(1, "a_b"), (1, "c"), (2, "d1")]);
    }
}
