//! A cursor over bytes that nobody has vouched for.

use super::rule::Rule;
use super::rules::Rules;

/// Reads from the front of a slice; never past its end, never allocating.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    rules: Rules,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], rules: Rules) -> Self {
        Self { rest: bytes, rules }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn take(&mut self, count: u64) -> Result<&'a [u8], Rule> {
        let count = usize::try_from(count).map_err(|_| Rule::Parse)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Rule::Parse)?;
        self.rest = rest;
        Ok(taken)
    }

    /// An unsigned LEB128 number in its shortest form.
    pub(super) fn unsigned(&mut self) -> Result<u64, Rule> {
        let mut value: u64 = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(Rule::Parse);
            }
            self.rules.ask(Rule::ShortestForm, byte != 0 || shift == 0)?;
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Rule::Parse)
    }

    /// A signed LEB128 number.
    pub(super) fn signed(&mut self) -> Result<i64, Rule> {
        let mut value: i64 = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            if shift == 63 && !matches!(byte, 0 | 0x7f) {
                return Err(Rule::Parse);
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                if byte & 0x40 != 0 && shift < 57 {
                    value |= -1 << (shift + 7);
                }
                return Ok(value);
            }
        }
        Err(Rule::Parse)
    }
}
