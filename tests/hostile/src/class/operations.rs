//! Operations that ledgers do not have, or in places where they do not belong.

use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{Change, ExpandedChange, ObjType, ScalarValue};
use rand::Rng as _;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use shared::id::RowId;
use shared::limit;

use super::{Class, Craft};
use crate::audit::Spot;
use crate::quiet::caught;

mod parts;

use parts::{action, add_predecessor, known, made, many_predecessors, one, predecessors_at, value};

pub(super) fn craft(class: Class, craft: &mut Craft<'_>) -> Option<Vec<u8>> {
    let bytes = craft.honest.to_vec();
    let change = caught(|| Change::from_bytes(bytes).ok().map(|change| change.decode())).ok()??;
    let change = twist(class, change, craft)?;
    caught(|| Change::from(change).raw_bytes().to_vec()).ok()
}

#[expect(clippy::too_many_lines, reason = "an arm for each class")]
fn twist(class: Class, mut change: ExpandedChange, craft: &mut Craft<'_>) -> Option<ExpandedChange> {
    let ground = craft.ground;
    let dice = &mut *craft.dice;
    let (actor, start) = (change.actor_id.clone(), change.start_op.get());
    let own = |counter| OpId(counter, actor.clone());
    let count = change.operations.len();
    let at = (count > 0).then(|| dice.random_range(0..count));
    let operations = &mut change.operations;
    match class {
        Class::ActionSwapped => operations[at?].action = action(dice)?,
        Class::ValueSwapped => operations[at?].action = OpType::Put(value(dice)?),
        Class::FlagSwapped => {
            let op = one(operations, dice, |op| matches!(op.action, OpType::Put(_)))?;
            op.action = OpType::Put(match op.action {
                OpType::Put(ScalarValue::Boolean(_)) => "yes".into(),
                _ => true.into(),
            });
        }
        Class::LongText => {
            let length = limit::TEXT_BYTES + dice.random_range(1..50_000);
            operations[at?].action = OpType::Put("x".repeat(length).into());
        }
        Class::KeySwapped => {
            let (_, spot) = ground.known.operations.choose(dice)?;
            operations[at?].key = spot.key.clone();
        }
        Class::WrongKey => {
            const KEYS: [&str; 7] = [
                "",
                "A Key",
                "helpers/someone",
                "a/b/c/d/e",
                "order/x",
                "\u{0}",
                "member/../x",
            ];
            operations[at?].key = Key::Map((*KEYS.choose(dice)?).into());
        }
        Class::UnknownColumn => operations[at?].key = Key::Map("colour".into()),
        Class::LongKey => {
            let length = *[limit::KEY_BYTES + 1, 100_000].choose(dice)?;
            let part = "k".repeat(60);
            let matrix = format!("{part}/{part}/{part}");
            operations[at?].key = Key::Map(if dice.random_bool(0.5) {
                matrix.into()
            } else {
                "k".repeat(length).into()
            });
        }
        Class::SequenceKey => {
            operations[at?].key = Key::Seq(automerge::legacy::ElementId::Head);
            operations[at?].insert = dice.random_bool(0.5);
        }
        Class::Insertion => operations[at?].insert = true,
        Class::AtRoot => {
            let op = &mut operations[at?];
            op.obj = ObjectId::Root;
            if dice.random_bool(0.5) {
                op.key = Key::Map((*["decisions", "min_writer", "x"].choose(dice)?).into());
            }
            op.pred = predecessors_at(ground, op, dice).into();
        }
        Class::DanglingObject => {
            let unknown = automerge::ActorId::from([8; 16].as_slice());
            let counter = dice.random_range(1..start + 3);
            let who = if dice.random_bool(0.5) {
                unknown
            } else {
                actor.clone()
            };
            operations[at?].obj = ObjectId::Id(OpId(counter, who));
        }
        Class::OtherObject => {
            let makers = dice.random_bool(0.7);
            let (id, _) = known(ground, dice, |spot| spot.makes == makers)?;
            let op = &mut operations[at?];
            op.obj = ObjectId::Id(id);
            if dice.random_bool(0.5) {
                op.pred = predecessors_at(ground, op, dice).into();
            }
        }
        Class::NestedMap => {
            let op = one(operations, dice, |op| matches!(op.action, OpType::Put(_)))?;
            op.action = OpType::Make(ObjType::Map);
        }
        Class::ScalarForRow => {
            let (_, spot) = known(ground, dice, |spot| spot.makes && spot.object != ObjectId::Root)?;
            let op = &mut operations[at?];
            op.obj = spot.object;
            if dice.random_bool(0.5) {
                op.key = spot.key;
            } else {
                op.key = Key::Map(RowId::from_bytes(dice.random()).to_string().into());
            }
            op.action = OpType::Put(if dice.random_bool(0.5) {
                5.into()
            } else {
                true.into()
            });
            op.pred = predecessors_at(ground, op, dice).into();
        }
        Class::RowKey => {
            let op = one(operations, dice, |op| matches!(op.action, OpType::Make(_)))?;
            op.key = Key::Map((*["", "a row", "0"].choose(dice)?).into());
        }
        Class::RowDoubled | Class::RowReplaced => {
            let (_, spot) = known(ground, dice, |spot| spot.makes && spot.object != ObjectId::Root)?;
            let mut op = made(OpType::Make(ObjType::Map), &spot);
            if class == Class::RowReplaced {
                op.pred = predecessors_at(ground, &op, dice).into();
            } else if dice.random_bool(0.3) {
                op.key = Key::Map(RowId::from_bytes(dice.random()).to_string().into());
                operations.push(op.clone());
            }
            operations.push(op);
        }
        Class::BirthCellRewritten => {
            let births = ground.setting.schema.tables().flat_map(|table| table.columns);
            let births: Vec<_> = births
                .filter(|column| column.birth)
                .map(|column| column.id)
                .collect();
            let is_birth = |spot: &Spot| matches!(&spot.key, Key::Map(key) if births.contains(&key.as_str()));
            let (_, spot) = known(ground, dice, is_birth)?;
            let mut op = made(OpType::Put("else".into()), &spot);
            if dice.random_bool(0.7) {
                op.pred = predecessors_at(ground, &op, dice).into();
            }
            operations.push(op);
        }
        Class::DecisionRewritten => {
            let (_, spot) = known(
                ground,
                dice,
                |spot| matches!(&spot.key, Key::Map(key) if key == "kind" || key == "note"),
            )?;
            let mut op = made(OpType::Put("return".into()), &spot);
            if dice.random_bool(0.7) {
                op.pred = predecessors_at(ground, &op, dice).into();
            }
            operations.push(op);
        }
        Class::DanglingPredecessor => {
            let unknown = automerge::ActorId::from([8; 16].as_slice());
            let dangling = [
                OpId(1, unknown),
                own(start.saturating_sub(1)),
                OpId(1_000_000, actor.clone()),
            ];
            add_predecessor(&mut operations[at?], dangling.choose(dice)?.clone());
        }
        Class::PredecessorElsewhere => {
            let (id, _) = known(ground, dice, |_| true)?;
            let op = &mut operations[at?];
            if dice.random_bool(0.5) {
                op.pred = Vec::new().into();
            }
            add_predecessor(op, id);
        }
        Class::PredecessorLater => {
            let at = at?;
            let own_number = start + at as u64;
            let later = *[
                own_number,
                own_number + 1,
                u64::from(u32::MAX),
                u64::from(u32::MAX) + 1,
            ]
            .choose(dice)?;
            // A later operation of the same place, so that its place is no reason to refuse it.
            let mut twin = operations[at].clone();
            twin.pred = Vec::new().into();
            add_predecessor(&mut operations[at], own(later));
            operations.insert(at + 1, twin);
        }
        Class::PredecessorUnheard => {
            let unheard = ground.unheard(&change.deps);
            let later = dice.random_bool(0.5);
            let fits = |id: &OpId| unheard.contains(id) && (id.0 >= start) == later;
            let known = ground
                .known
                .operations
                .iter()
                .filter(|(id, spot)| fits(id) && !spot.makes);
            let (id, spot) = known.collect::<Vec<_>>().choose(dice).copied()?.clone();
            let mut op = made(OpType::Put("unheard".into()), &spot);
            op.pred = vec![id].into();
            operations.push(op);
        }
        Class::PredecessorTwice => {
            let op = one(operations, dice, |op| op.pred.iter().count() > 0)?;
            let twice = op.pred.iter().next()?.clone();
            add_predecessor(op, twice);
        }
        Class::ManyPredecessors => many_predecessors(operations, start, &actor, dice)?,
        Class::OperationsDoubled => {
            let op = operations.get(at?)?.clone();
            operations.push(op);
        }
        Class::OperationsReordered => operations.shuffle(dice),
        Class::OperationsDropped => {
            operations.remove(at?);
        }
        Class::Emptied => operations.clear(),
        Class::ManyOperations => {
            let op = operations.get(at?)?.clone();
            operations.extend(vec![op; limit::CHANGE_OPERATIONS]);
        }
        _ => return None,
    }
    Some(change)
}

/// Moves references to a change's own operations along with its start.
pub(super) fn moved(change: &mut ExpandedChange, before: u64, now: u64) {
    let actor = change.actor_id.clone();
    let follow = |id: &OpId| {
        if id.1 == actor && id.0 >= before {
            OpId(now.saturating_add(id.0 - before), actor.clone())
        } else {
            id.clone()
        }
    };
    for op in &mut change.operations {
        if let ObjectId::Id(id) = &op.obj {
            op.obj = ObjectId::Id(follow(id));
        }
        op.pred = op.pred.iter().map(follow).collect();
    }
}
