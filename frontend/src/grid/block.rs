//! Blocks of cells on the clipboard: tab-separated text, and tables in HTML, from Excel and WPS.

use std::fmt::Write as _;

/// A block of cells' texts, row by row, all rows equally long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The rows. A cell without text of its own, covered by a merged one, is none and stays as it is.
    pub rows: Vec<Vec<Option<String>>>,
}

/// One cell of a table in HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanning {
    /// Its text.
    pub text: String,
    /// How many columns it covers.
    pub columns: usize,
    /// How many rows it covers.
    pub rows: usize,
}

/// The most rows or columns a merged cell may claim to cover.
const MOST_SPANNED: usize = 1_000;

impl Block {
    /// How many rows it has.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// A block of these texts.
    #[must_use]
    pub fn of(rows: Vec<Vec<String>>) -> Self {
        Self {
            rows: rows
                .into_iter()
                .map(|row| row.into_iter().map(Some).collect())
                .collect(),
        }
        .even()
    }

    /// Reads tab-separated text; a cell in quotes may hold tabs, line breaks and doubled quotes.
    #[must_use]
    pub fn from_tsv(text: &str) -> Self {
        Self::from_text(text, '\t')
    }

    /// Reads comma-separated text, with quotes as in [`Self::from_tsv`].
    #[must_use]
    pub fn from_csv(text: &str) -> Self {
        Self::from_text(text, ',')
    }

    fn from_text(text: &str, between: char) -> Self {
        let mut rows = vec![vec![]];
        let mut cell = String::new();
        let mut characters = text.chars().peekable();
        let mut quoted = false;
        let mut fresh = true;
        let push = |rows: &mut Vec<Vec<String>>, cell: &mut String| {
            if let Some(row) = rows.last_mut() {
                row.push(std::mem::take(cell));
            }
        };
        while let Some(character) = characters.next() {
            match character {
                '"' if quoted && characters.peek() == Some(&'"') => {
                    characters.next();
                    cell.push('"');
                }
                '"' if quoted => quoted = false,
                _ if quoted => cell.push(character),
                '"' if fresh && closes(characters.clone(), between) => quoted = true,
                _ if character == between => push(&mut rows, &mut cell),
                '\r' => {}
                '\n' => {
                    push(&mut rows, &mut cell);
                    rows.push(Vec::new());
                }
                _ => cell.push(character),
            }
            fresh = !quoted && (character == between || matches!(character, '\n' | '\r'));
        }
        push(&mut rows, &mut cell);
        // What copies a block ends its last row with a line break.
        if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
            rows.pop();
        }
        Self::of(rows)
    }

    /// Lays out a table whose cells may span several rows and columns.
    #[must_use]
    pub fn from_table(table: Vec<Vec<Spanning>>) -> Self {
        let mut rows: Vec<Vec<Taken>> = Vec::new();
        for (at, spanning) in table.into_iter().enumerate() {
            let mut column = 0;
            for cell in spanning {
                while *taken(&mut rows, at, column) != Taken::Free {
                    column += 1;
                }
                for down in 0..cell.rows.clamp(1, MOST_SPANNED) {
                    for right in 0..cell.columns.clamp(1, MOST_SPANNED) {
                        let own = down == 0 && right == 0;
                        let text = if own {
                            Taken::Own(cell.text.clone())
                        } else {
                            Taken::Covered
                        };
                        *taken(&mut rows, at + down, column + right) = text;
                    }
                }
                column += cell.columns.clamp(1, MOST_SPANNED);
            }
        }
        let own = |row: Vec<Taken>| row.into_iter().map(Taken::own).collect();
        Self {
            rows: rows.into_iter().map(own).collect(),
        }
        .even()
    }

    /// As tab-separated text.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let quote = |cell: &Option<String>| {
            let cell = cell.as_deref().unwrap_or_default();
            if cell.contains(['\t', '\n', '"']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.to_owned()
            }
        };
        let rows: Vec<String> = self
            .rows
            .iter()
            .map(|row| row.iter().map(quote).collect::<Vec<_>>().join("\t"))
            .collect();
        rows.join("\n")
    }

    /// As a table in HTML.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut html = String::from("<table>");
        for row in &self.rows {
            html.push_str("<tr>");
            for cell in row {
                let cell = cell.as_deref().unwrap_or_default();
                let text = cell
                    .replace('&', "&amp;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;")
                    .replace('\n', "<br>");
                write!(html, "<td>{text}</td>").ok();
            }
            html.push_str("</tr>");
        }
        html.push_str("</table>");
        html
    }

    fn even(mut self) -> Self {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        for row in &mut self.rows {
            row.resize(width, None);
        }
        self
    }
}

/// Whether a quote that was opened is closed again where a cell ends; else it is a character like any other.
fn closes(mut rest: std::iter::Peekable<std::str::Chars<'_>>, between: char) -> bool {
    while let Some(character) = rest.next() {
        if character == '"' {
            match rest.peek() {
                Some('"') => {
                    rest.next();
                }
                None | Some('\n' | '\r') => return true,
                Some(next) => return *next == between,
            }
        }
    }
    false
}

/// A place of a table in HTML while it is laid out.
#[derive(Clone, Default, PartialEq, Eq)]
enum Taken {
    #[default]
    Free,
    Own(String),
    Covered,
}

impl Taken {
    fn own(self) -> Option<String> {
        match self {
            Self::Own(text) => Some(text),
            Self::Free | Self::Covered => None,
        }
    }
}

fn taken(rows: &mut Vec<Vec<Taken>>, row: usize, column: usize) -> &mut Taken {
    if rows.len() <= row {
        rows.resize(row + 1, Vec::new());
    }
    let row = &mut rows[row];
    if row.len() <= column {
        row.resize(column + 1, Taken::Free);
    }
    &mut row[column]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&[&str]]) {
        let rows = wanted
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect();
        assert_eq!(Block::from_tsv(text), Block::of(rows), "{text:?}");
    }

    fn cell(text: &str, columns: usize, rows: usize) -> Spanning {
        Spanning {
            text: text.to_owned(),
            columns,
            rows,
        }
    }

    #[test]
    fn text_from_a_spreadsheet_is_rows_and_tabs() {
        check("a\tb\r\nc\td\r\n", &[&["a", "b"], &["c", "d"]]);
        check("a\t\n\tb", &[&["a", ""], &["", "b"]]);
        check("one", &[&["one"]]);
    }

    #[test]
    fn quotes_hold_line_breaks_tabs_and_quotes() {
        check("\"one\ntwo\"\t\"a \"\"b\"\"\"\n", &[&["one\ntwo", "a \"b\""]]);
        check("say \"so\"\tx", &[&["say \"so\"", "x"]]);
        check("\"so\" he said\tx", &[&["\"so\" he said", "x"]]);
        check("5\" pipe\tx", &[&["5\" pipe", "x"]]);
        check("\"never closed\tx", &[&["\"never closed", "x"]]);
    }

    #[test]
    fn a_file_has_commas_between_its_cells() {
        let rows = [["姓名", "账号"], ["李, 一", "say \"so\""]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec()).to_vec();
        let text = "姓名,账号\r\n\"李, 一\",\"say \"\"so\"\"\"\r\n";
        assert_eq!(Block::from_csv(text), Block::of(rows));
    }

    #[test]
    fn short_rows_leave_the_rest_alone() {
        let block = Block::from_tsv("a\tb\nc");
        assert_eq!(block.rows[1], [Some("c".to_owned()), None]);
    }

    #[test]
    fn cells_covered_by_a_merged_one_are_left_alone() {
        let block = Block::from_table(vec![
            vec![cell("陈建", 1, 2), cell("甲", 1, 1), cell("x", 1, 1)],
            vec![cell("乙", 2, 1)],
        ]);
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(block.rows[0], [text("陈建"), text("甲"), text("x")]);
        assert_eq!(block.rows[1], [None, text("乙"), None]);
    }

    #[test]
    fn what_is_copied_comes_back() {
        let block = Block::of(vec![
            vec!["a\nb".into(), "\"c\"".into()],
            vec!["<d>&".into(), String::new()],
        ]);
        assert_eq!(Block::from_tsv(&block.to_tsv()), block);
        assert!(block.to_html().contains("<td>a<br>b</td>"));
        assert!(block.to_html().contains("&lt;d&gt;&amp;"));
    }
}
