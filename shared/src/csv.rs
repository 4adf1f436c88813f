//! Sheets as CSV, which every spreadsheet opens.

/// What a file begins with, so that a spreadsheet reads Chinese.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Lines as a file.
#[must_use]
pub fn sheet<Line: AsRef<[String]>>(lines: impl IntoIterator<Item = Line>) -> String {
    let mut text = BYTE_ORDER_MARK.to_owned();
    for line in lines {
        let cells: Vec<String> = line.as_ref().iter().map(|text| cell(text)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// One cell: quoted, and with an apostrophe before what a spreadsheet would take for a formula.
fn cell(text: &str) -> String {
    let harmless = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{harmless}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_is_a_formula_or_breaks_out_of_its_cell() {
        assert_eq!(cell("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(cell("林知远"), "\"林知远\"");
        for sign in ["+1", "-1", "@x", "\tx", "\rx"] {
            assert_eq!(cell(sign), format!("\"'{sign}\""));
        }
    }

    #[test]
    fn a_sheet_says_that_it_is_unicode_and_ends_every_line() {
        let lines = [
            ["甲".to_owned(), "1".to_owned()],
            ["乙".to_owned(), String::new()],
        ];
        assert_eq!(sheet(lines), "\u{feff}\"甲\",\"1\"\r\n\"乙\",\"\"\r\n");
    }
}
