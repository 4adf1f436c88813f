//! Blocks as Excel and WPS put them into the clipboard.

use tests::officer::Clip;

/// One cell of a block: what is pasted, and what stands in the cell then.
pub(crate) type Pair = (String, String);

/// How a block lies in the clipboard.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// As spreadsheets put it there: a page with a table, and the text beside it.
    Html,
    /// As text alone.
    Tsv,
}

/// Puts a block into that form.
pub(crate) fn clip(form: Form, block: &[Vec<Pair>]) -> Clip {
    let quoted = |text: &str| {
        let needs = text.contains(['\t', '\n', '"']);
        if needs {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let lines = block.iter().map(|row| {
        row.iter()
            .map(|(text, _)| quoted(text))
            .collect::<Vec<_>>()
            .join("\t")
    });
    let text = lines.map(|line| line + "\r\n").collect();
    let html = match form {
        Form::Html => Some(spreadsheet_page(block)),
        Form::Tsv => None,
    };
    Clip { text, html }
}

/// The page that Excel and WPS put beside the text.
fn spreadsheet_page(block: &[Vec<Pair>]) -> String {
    let cell = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let text = text
            .replace('\n', "<br style='mso-data-placement:same-cell;'>")
            .replace('\t', " ");
        format!("<td class=xl65 width=72 style='border-top:none;mso-number-format:\"\\@\"'>{text}</td>\n  ")
    };
    let row = |row: &Vec<Pair>| {
        let cells: String = row.iter().map(|(text, _)| cell(text)).collect();
        format!(" <tr height=19 style='height:14.25pt'>\n  {cells}</tr>\n")
    };
    let rows: String = block.iter().map(row).collect();
    format!(
        "<html xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\n<head>\n\
         <meta name=ProgId content=Excel.Sheet>\n<style>\n<!--table {{mso-displayed-decimal-separator:\"\\.\";}}\n\
         .xl65 {{mso-style-parent:style0; white-space:normal;}}\n--></style>\n</head>\n<body link=\"#0563C1\">\n\
         <table border=0 cellpadding=0 cellspacing=0 width=432 style='border-collapse:collapse'>\n<!--StartFragment-->\n\
         <col width=72 span=6 style='width:54pt'>\n{rows}<!--EndFragment-->\n</table>\n</body>\n</html>"
    )
}
