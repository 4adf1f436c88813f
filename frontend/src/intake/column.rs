//! Which column of a sheet is which.

use crate::grid::block::Block;

/// Among how many rows at the top the head is looked for.
const HEAD_WITHIN: usize = 10;

/// A column of a sheet of units or accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A unit's name.
    UnitName,
    /// What a unit is.
    Kind,
    /// The unit above it.
    Above,
    /// A person's name.
    Name,
    /// What is typed to sign in.
    Login,
    /// The role.
    Role,
    /// The unit in which it is held.
    Unit,
}

impl Column {
    /// The columns of a sheet of units, in order.
    pub const OF_UNITS: [Self; 3] = [Self::UnitName, Self::Kind, Self::Above];
    /// The columns of a sheet of accounts, in order.
    pub const OF_ACCOUNTS: [Self; 4] = [Self::Name, Self::Login, Self::Role, Self::Unit];

    /// What stands at its head, in small letters.
    const fn heads(self) -> &'static [&'static str] {
        match self {
            Self::UnitName => &["名称", "组织名称", "单位名称", "党组织名称", "name", "unit"],
            Self::Kind => &["类型", "类别", "组织类型", "kind", "type"],
            Self::Above => &["上级", "上级组织", "上级单位", "上级党组织", "above", "parent"],
            Self::Name => &["姓名", "名字", "name"],
            Self::Login => &["账号", "帐号", "登录名", "用户名", "account", "login"],
            Self::Role => &["角色", "职务", "role"],
            Self::Unit => &["单位", "组织", "支部", "所在单位", "所在组织", "所在支部", "unit"],
        }
    }
}

/// The lines of a sheet that say something, with their numbers; the cells in the order of these columns.
pub(super) fn lines(block: &Block, columns: &[Column]) -> Vec<(usize, Vec<String>)> {
    let texts = |row: &[Option<String>]| row.iter().map(|cell| text(cell.as_deref())).collect();
    let rows: Vec<Vec<String>> = block.rows.iter().map(|row| texts(row)).collect();
    // Above the head there may be a title, a date, who made it.
    let mut tops = rows.iter().take(HEAD_WITHIN).enumerate();
    let found = tops.find_map(|(at, row)| Some((at + 1, head(row, columns)?)));
    let (begin, places) = found.unwrap_or_else(|| (0, (0..columns.len()).map(Some).collect()));
    let cell = |row: &[String], place: Option<usize>| place.and_then(|at| row.get(at).cloned());
    let numbered = (1..).zip(&rows).skip(begin);
    numbered
        .filter(|(_, row)| says_something(row))
        .map(|(number, row)| {
            let cells = places.iter().map(|place| cell(row, *place).unwrap_or_default());
            (number, cells.collect())
        })
        .collect()
}

/// Where each column stands, if this row is the head of a sheet: two of its cells name columns.
fn head(row: &[String], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let place = |column: &Column| {
        let is_head = |cell: &String| column.heads().contains(&cell.to_lowercase().as_str());
        row.iter().position(is_head)
    };
    let places: Vec<Option<usize>> = columns.iter().map(place).collect();
    (places.iter().flatten().count() >= 2).then_some(places)
}

fn says_something(row: &[String]) -> bool {
    row.iter().any(|cell| !cell.is_empty())
}

/// What a cell says; an apostrophe that kept a spreadsheet from taking it for a formula is taken off.
fn text(cell: Option<&str>) -> String {
    let text = cell.unwrap_or_default().trim();
    let bare = text
        .strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(text).to_owned()
}
