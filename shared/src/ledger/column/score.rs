//! Scores: marks of at most two decimals, kept in hundredths.

use super::CellProblem;
use crate::ledger::cell::Value;

/// Reads a typed score up to these full marks.
pub(super) fn read_score(text: &str, max: i64) -> Result<Value, CellProblem> {
    let hundredths = read_hundredths(text.trim_end_matches('分')).ok_or(CellProblem::NotAScore)?;
    if (0..=max).contains(&hundredths) {
        Ok(Value::Number(hundredths))
    } else {
        Err(CellProblem::ScoreOutOfRange { max })
    }
}

/// Reads marks of at most two decimals as hundredths; none when it is not such a number, or has more digits than a score.
#[must_use]
pub fn read_hundredths(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && part.is_empty() || !is_digits(whole) || !is_digits(part) || whole.len() > 9 {
        return None;
    }
    // "8.500" is 8.5; "8.505" is nothing that can be kept.
    let part = part.trim_end_matches('0');
    if part.len() > 2 {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let cents: i64 = format!("{part:0<2}").parse().ok()?;
    Some(sign * (whole * 100 + cents))
}

/// Hundredths as marks, with as many decimals as there are: `9550` is `95.5`.
#[must_use]
pub fn show_hundredths(hundredths: i64) -> String {
    crate::scheme::Hundredths(hundredths).to_string()
}
