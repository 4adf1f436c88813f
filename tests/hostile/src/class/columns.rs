//! Columns that claim what they do not hold, or are not as Automerge writes them.

use rand::Rng as _;
use rand::seq::IndexedRandom as _;
use shared::limit;

use super::{Class, Craft};
use crate::chunk::{Chunk, put_signed, put_unsigned};

const DEFLATED: u64 = 0b1000;
const GROUP: u64 = 0;
const BOOLEAN: u64 = 4;
const TEXT: u64 = 5;
const META: u64 = 6;
const RAW: u64 = 7;
/// The id of the group of columns that holds predecessors.
const PREDECESSORS: u64 = 7;

pub(super) fn craft(class: Class, craft: &mut Craft<'_>) -> Option<Vec<u8>> {
    let mut chunk = Chunk::read(craft.honest)?;
    let columns = &mut chunk.columns;
    let most = i64::try_from(craft.most).ok()?;
    let dice = &mut *craft.dice;
    match class {
        Class::NullRun => {
            let run = |data: &mut Vec<u8>| {
                data.push(0);
                put_unsigned(data, craft.most);
            };
            // In one column, or in all of them, as an honest change of that many operations has them.
            if dice.random_bool(0.5) {
                for (_, data) in columns.iter_mut() {
                    data.clear();
                }
            }
            run(&mut one_of(columns, dice, |kind| kind != BOOLEAN && kind != RAW)?.1);
        }
        // The first operation of the honest change, millions of times: nothing but the number is wrong with it.
        Class::ValueRun if dice.random_bool(0.5) => {
            for (kind, data) in columns.iter_mut() {
                *data = repeated(*kind, data, most)?;
            }
        }
        // A long key once, for as many operations as a change may have: little to send, much to compare.
        Class::KeyRun => {
            let key = vec![b'k'; dice.random_range(limit::KEY_BYTES..200_000)];
            repeat_key(columns, &key)?;
        }
        Class::ValueRun => {
            let data = &mut one_of(columns, dice, |kind| kind != BOOLEAN && kind != RAW)?.1;
            data.clear();
            put_signed(data, most);
            data.push(1);
        }
        Class::BooleanRun => {
            let data = &mut one_of(columns, dice, |kind| kind == BOOLEAN)?.1;
            data.clear();
            put_unsigned(data, craft.most);
        }
        Class::GroupRun => {
            let data = &mut one_of(columns, dice, |kind| kind == GROUP)?.1;
            data.clear();
            put_signed(data, -1);
            put_unsigned(data, craft.most);
            // With as many predecessors as that says, or without.
            if dice.random_bool(0.5) {
                let group = |kind: u64| kind >> 4 == PREDECESSORS && kind & 7 != GROUP;
                columns.retain(|(kind, _)| !group(*kind));
                for kind in [1, 3] {
                    let mut data = Vec::new();
                    put_signed(&mut data, most);
                    data.push(0);
                    columns.push((PREDECESSORS << 4 | kind, data));
                }
                columns.sort_by_key(|(kind, _)| *kind);
            }
        }
        Class::EmptyRun => {
            // Among flags an empty run, among others no nulls.
            one_of(columns, dice, |kind| kind != RAW)?.1.extend([0, 0]);
        }
        Class::DeflatedColumn => one_of(columns, dice, |_| true)?.0 |= DEFLATED,
        Class::ColumnsSwapped => {
            let (one, other) = (index(columns.len(), dice)?, index(columns.len(), dice)?);
            columns.swap(one, other);
        }
        Class::ColumnTwice => {
            let at = index(columns.len(), dice)?;
            columns.insert(at, columns[at].clone());
        }
        Class::ColumnAdded => columns.push((0xff_u64 << 4 | dice.random_range(0..8), vec![1, 1])),
        Class::ManyColumns => {
            let known = u64::try_from(columns.len()).ok()?;
            columns.extend((0..200).map(|number| ((0x100 + known + number) << 4 | 2, Vec::new())));
        }
        Class::ColumnTaken => {
            let at = index(columns.len(), dice)?;
            columns.remove(at);
        }
        Class::ColumnExchanged => {
            let others: Vec<&Vec<u8>> = craft.ground.next.iter().map(|(_, bytes)| bytes).collect();
            let other = Chunk::read(others.choose(dice)?)?;
            let column = other.columns.choose(dice)?.clone();
            match columns.iter_mut().find(|(kind, _)| *kind == column.0) {
                Some(mine) => *mine = column,
                None => columns.push(column),
            }
            columns.sort_by_key(|(kind, _)| *kind);
        }
        Class::RunsWrittenOtherwise => {
            let data = &mut one_of(columns, dice, |kind| kind != BOOLEAN && kind != RAW)?.1;
            *data = literally(data)?;
        }
        _ => return None,
    }
    Some(chunk.write())
}

/// The first operation, as often as a change may have operations, all of them with this key.
fn repeat_key(columns: &mut [(u64, Vec<u8>)], key: &[u8]) -> Option<()> {
    let operations = i64::try_from(limit::CHANGE_OPERATIONS).ok()?;
    for (kind, data) in columns {
        *data = repeated(*kind, data, operations)?;
        if *kind & 7 == TEXT {
            data.clear();
            put_signed(data, operations);
            put_unsigned(data, key.len() as u64);
            data.extend(key);
        }
    }
    Some(())
}

fn index(count: usize, dice: &mut rand::rngs::StdRng) -> Option<usize> {
    (count > 0).then(|| dice.random_range(0..count))
}

fn one_of<'a>(
    columns: &'a mut [(u64, Vec<u8>)],
    dice: &mut rand::rngs::StdRng,
    fits: impl Fn(u64) -> bool,
) -> Option<&'a mut (u64, Vec<u8>)> {
    let fitting: Vec<usize> = (0..columns.len()).filter(|at| fits(columns[*at].0 & 7)).collect();
    columns.get_mut(*fitting.choose(dice)?)
}

/// The first run of one-byte values, one literal run a value.
fn literally(data: &[u8]) -> Option<Vec<u8>> {
    let (run, value, rest) = (*data.first()?, *data.get(1)?, data.get(2..)?);
    if !(2..0x40).contains(&run) || value >= 0x40 {
        return None;
    }
    let mut written = Vec::new();
    for _ in 0..run {
        written.extend([0x7f, value]);
    }
    written.extend(rest);
    Some(written)
}

/// A column with the first value of this one, so many times; without values and predecessors.
fn repeated(kind: u64, data: &[u8], times: i64) -> Option<Vec<u8>> {
    let mut run = Vec::new();
    match kind & 7 {
        BOOLEAN => put_unsigned(&mut run, times.unsigned_abs()),
        RAW => {}
        _ if kind >> 4 == PREDECESSORS && kind & 7 != GROUP => {}
        encoding => {
            put_signed(&mut run, times);
            match encoding {
                META | GROUP => run.push(0),
                TEXT => {
                    let length = usize::from(*data.get(1)?);
                    run.extend(data.get(1..length + 2)?);
                }
                _ => run.push(*data.get(1)?),
            }
        }
    }
    Some(run)
}
