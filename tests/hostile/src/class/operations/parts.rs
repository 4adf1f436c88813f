//! What operations are twisted with.

use automerge::legacy::{Op, OpId, OpType};
use automerge::{ObjType, ScalarValue};
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;

use crate::audit::Spot;
use crate::ground::Ground;

/// Thousands of operations in one place, each with many of those before it as predecessors.
pub(super) fn many_predecessors(
    operations: &mut Vec<Op>,
    start: u64,
    actor: &automerge::ActorId,
    dice: &mut StdRng,
) -> Option<()> {
    let put = one(operations, dice, |op| matches!(op.action, OpType::Put(_)))?.clone();
    let first = start + operations.len() as u64;
    let width = 80;
    for number in 0..2 * width {
        let mut op = put.clone();
        let before =
            (first.max(first + number - number.min(width))..first + number).map(|id| OpId(id, actor.clone()));
        op.pred = before.collect();
        operations.push(op);
    }
    Some(())
}

pub(super) fn action(dice: &mut StdRng) -> Option<OpType> {
    let actions = [
        OpType::Delete,
        OpType::Increment(1),
        OpType::Make(ObjType::List),
        OpType::Make(ObjType::Text),
        OpType::Make(ObjType::Table),
        OpType::Make(ObjType::Map),
        OpType::Put(5.into()),
    ];
    actions.choose(dice).cloned()
}

pub(super) fn value(dice: &mut StdRng) -> Option<ScalarValue> {
    let values = [
        ScalarValue::counter(5),
        ScalarValue::F64(0.5),
        ScalarValue::F64(f64::NAN),
        ScalarValue::Uint(u64::MAX),
        ScalarValue::Bytes(vec![1; 40]),
        ScalarValue::Timestamp(i64::MAX),
        ScalarValue::Int(i64::MIN),
        ScalarValue::Null,
    ];
    values.choose(dice).cloned()
}

pub(super) fn one<'a>(
    operations: &'a mut [Op],
    dice: &mut StdRng,
    fits: impl Fn(&Op) -> bool,
) -> Option<&'a mut Op> {
    let fitting: Vec<usize> = (0..operations.len())
        .filter(|at| fits(&operations[*at]))
        .collect();
    operations.get_mut(*fitting.choose(dice)?)
}

pub(super) fn known(
    ground: &Ground,
    dice: &mut StdRng,
    fits: impl Fn(&Spot) -> bool,
) -> Option<(OpId, Spot)> {
    let fitting: Vec<_> = ground
        .known
        .operations
        .iter()
        .filter(|(_, spot)| fits(spot))
        .collect();
    fitting.choose(dice).map(|known| (*known).clone())
}

/// An operation at a known spot.
pub(super) fn made(action: OpType, spot: &Spot) -> Op {
    Op {
        action,
        obj: spot.object.clone(),
        key: spot.key.clone(),
        pred: Vec::new().into(),
        insert: false,
    }
}

/// What is known at the object and key of an operation: most often all of it, which is what an honest app would name.
pub(super) fn predecessors_at(ground: &Ground, op: &Op, dice: &mut StdRng) -> Vec<OpId> {
    let here = ground
        .known
        .operations
        .iter()
        .filter(|(_, spot)| spot.object == op.obj && spot.key == op.key)
        .map(|(id, _)| id.clone());
    let mut here: Vec<OpId> = here.collect();
    if dice.random_bool(0.3) {
        here.pop();
    }
    here
}

pub(super) fn add_predecessor(op: &mut Op, id: OpId) {
    let all: Vec<OpId> = op.pred.iter().cloned().chain([id]).collect();
    op.pred = all.into();
}
