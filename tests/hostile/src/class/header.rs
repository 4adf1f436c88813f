//! Headers that lie about place, author and order.

use std::num::NonZeroU64;

use automerge::Change;
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use shared::id::AccountId;
use shared::limit;

use super::{Class, Craft};
use crate::chunk::Chunk;
use crate::ground::Ground;
use crate::quiet::caught;

#[expect(clippy::too_many_lines, reason = "an arm for each class")]
pub(super) fn craft(class: Class, craft: &mut Craft<'_>) -> Option<Vec<u8>> {
    let mut chunk = Chunk::read(craft.honest)?;
    let ground = craft.ground;
    let most = craft.most;
    let dice = &mut *craft.dice;
    let footer = |author: AccountId| [&[1, 16][..], author.as_bytes().as_slice()].concat();
    match class {
        Class::NoDependencies => {
            chunk.dependencies.clear();
            if dice.random_bool(0.5) {
                return started(chunk, 1);
            }
        }
        Class::UnknownDependency => {
            let unknown = dice.random();
            if dice.random_bool(0.5) {
                chunk.dependencies.clear();
            }
            chunk.dependencies.push(unknown);
            chunk.dependencies.sort_unstable();
        }
        Class::DependencyTwice => {
            let twice = *chunk.dependencies.choose(dice)?;
            chunk.dependencies.push(twice);
            chunk.dependencies.sort_unstable();
        }
        Class::ManyDependencies => {
            let known = ground.decoded.iter().map(|(hash, _)| hash.0);
            let mut all: Vec<[u8; 32]> = known.collect();
            // A ledger with few changes has not so many: then some are unknown.
            let lack = (limit::CHANGE_DEPENDENCIES + 1).saturating_sub(all.len());
            all.extend((0..lack).map(|_| dice.random::<[u8; 32]>()));
            all.sort_unstable();
            chunk.dependencies = all;
        }
        Class::OtherDependencies => return with_other_dependencies(chunk, ground, dice),
        Class::AbsurdSequence => {
            let absurd = [0, 1, chunk.seq - 1, chunk.seq + 1, u64::from(u32::MAX), u64::MAX];
            chunk.seq = *absurd.choose(dice)?;
        }
        Class::StartLower => {
            let lower = dice.random_range(1..4);
            let start = chunk.start.checked_sub(lower)?;
            return started(chunk, start);
        }
        Class::StartHigher => {
            let wide = u64::from(u32::MAX);
            let higher = [
                chunk.start + 1,
                chunk.start + 1_000_000,
                wide - 1,
                wide,
                wide + 1,
                u64::MAX,
            ];
            return started(chunk, *higher.choose(dice)?);
        }
        Class::StartAtZero => chunk.start = 0,
        Class::AbsurdTime => {
            chunk.time = *[i64::MIN, i64::MAX, -1, 0].choose(dice)?;
        }
        Class::ActorSwapped => {
            let actors: Vec<_> = ground.known.actors.iter().collect();
            let mut actors: Vec<_> = actors;
            actors.sort_by_key(|(actor, _)| actor.to_bytes());
            let (actor, (_, seq, _)) = actors.choose(dice)?;
            chunk.actor = actor.to_bytes().to_vec();
            if dice.random_bool(0.8) {
                chunk.seq = seq + 1;
            }
            chunk.others.retain(|other| *other != chunk.actor);
        }
        Class::ActorOfTheRelay => {
            let (_, skeleton) = ground.decoded.first()?;
            chunk.actor = skeleton.actor_id.to_bytes().to_vec();
            chunk.seq = skeleton.seq + 1;
            chunk.others.retain(|other| *other != chunk.actor);
        }
        Class::ActorLength => {
            let length = *[0, 1, 15, 17, 255].choose(dice)?;
            let id = vec![7; length];
            match chunk.others.first_mut() {
                Some(other) if dice.random_bool(0.5) => *other = id,
                _ => chunk.actor = id,
            }
        }
        Class::LongMessage => {
            let length = if dice.random_bool(0.5) {
                limit::CHANGE_MESSAGE_BYTES + 1
            } else {
                100_000
            };
            chunk.message = vec![b'x'; length];
        }
        Class::ManyActors => {
            let count = usize::try_from(most.min(12_000))
                .ok()?
                .max(limit::CHANGE_OTHER_ACTORS + 1);
            let mut others: Vec<Vec<u8>> = (0..count).map(|_| dice.random::<[u8; 16]>().to_vec()).collect();
            others.sort_unstable();
            chunk.others = others;
        }
        Class::OtherActorsSwapped => {
            let one = chunk.others.choose(dice)?.clone();
            if dice.random_bool(0.5) {
                chunk.others.push(one);
            } else {
                chunk.others.reverse();
            }
        }
        Class::LyingFooter => chunk.extra = footer(*ground.setting.accounts.choose(dice)?),
        Class::RelaysFooter => chunk.extra = footer(AccountId::RELAY),
        Class::FooterOfNoise => {
            let length = *[1, 17, 19, 3_000].choose(dice)?;
            chunk.extra = vec![1; length];
        }
        _ => return None,
    }
    Some(chunk.write())
}

/// The change with its operations starting there, references to its own operations moved along.
fn started(chunk: Chunk, start: u64) -> Option<Vec<u8>> {
    let bytes = chunk.write();
    let before = chunk.start;
    caught(|| {
        let mut change = Change::from_bytes(bytes).ok()?.decode();
        change.start_op = NonZeroU64::new(start)?;
        super::operations::moved(&mut change, before, start);
        Some(Change::from(change).raw_bytes().to_vec())
    })
    .ok()
    .flatten()
}

/// Depends on some known changes in place of its own, and starts right after them.
fn with_other_dependencies(mut chunk: Chunk, ground: &Ground, dice: &mut StdRng) -> Option<Vec<u8>> {
    let count = dice.random_range(1..4);
    let some = ground.decoded.choose_multiple(dice, count);
    chunk.dependencies = some.map(|(hash, _)| hash.0).collect();
    chunk.dependencies.sort_unstable();
    let last = |hash: &[u8; 32]| ground.known.changes.get(&automerge::ChangeHash(*hash)).copied();
    let start = chunk.dependencies.iter().filter_map(last).max()? + 1;
    started(chunk, start)
}
