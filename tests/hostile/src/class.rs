//! The classes of hostile input.

mod bytes;
mod columns;
mod craft;
mod header;
mod operations;

pub use craft::Craft;

/// A class of hostile input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Cut short anywhere.
    Truncated,
    /// Cut short, with the length and checksum of what is left.
    TruncatedAndMended,
    /// One or two bytes altered, checksum mended.
    BitsFlipped,
    /// A few bytes put in, length and checksum mended.
    BytesInserted,
    /// A few bytes taken out, length and checksum mended.
    BytesTaken,
    /// A part repeated, length and checksum mended.
    SliceRepeated,
    /// Random bytes.
    Noise,
    /// Another checksum.
    WrongChecksum,
    /// Other first bytes.
    WrongMagic,
    /// A second chunk, or a byte, after the first.
    TwoChunks,
    /// The length of the content written longer than it needs to be.
    LongNumber,
    /// A whole document.
    DocumentChunk,
    /// A bundle of changes.
    BundleChunk,
    /// An honest change, deflated.
    DeflatedChange,
    /// A deflated change that is a thousand times as long.
    DeflateBomb,
    /// Automerge's sync message with a Bloom filter of 0 bits an entry.
    SyncNoBits,
    /// Automerge's sync message with a Bloom filter of 2³²−1 probes.
    SyncManyProbes,
    /// A well-formed change longer than a frame.
    TooLong,
    /// A run of millions of nulls in a column.
    NullRun,
    /// A run of millions of one value in a column.
    ValueRun,
    /// A long key, repeated by a run for many operations.
    KeyRun,
    /// A run of millions of flags.
    BooleanRun,
    /// Predecessor counts that add up to millions.
    GroupRun,
    /// A run of no elements.
    EmptyRun,
    /// A column marked as deflated.
    DeflatedColumn,
    /// Two columns in the other order.
    ColumnsSwapped,
    /// A column that is there twice.
    ColumnTwice,
    /// A column nobody knows.
    ColumnAdded,
    /// Hundreds of columns.
    ManyColumns,
    /// A column left out.
    ColumnTaken,
    /// A column of another honest change.
    ColumnExchanged,
    /// The same values in other runs.
    RunsWrittenOtherwise,
    /// No dependencies.
    NoDependencies,
    /// A dependency nobody knows.
    UnknownDependency,
    /// A dependency twice.
    DependencyTwice,
    /// More dependencies than a change may have.
    ManyDependencies,
    /// Dependencies further back, with the start operation that goes with them.
    OtherDependencies,
    /// Another sequence number.
    AbsurdSequence,
    /// Operations that start lower.
    StartLower,
    /// Operations that start higher.
    StartHigher,
    /// Operations that start at 0.
    StartAtZero,
    /// A time at the end of numbers.
    AbsurdTime,
    /// Another known actor, with its next number.
    ActorSwapped,
    /// The actor of a skeleton.
    ActorOfTheRelay,
    /// An actor id of another length.
    ActorLength,
    /// A message of many kilobytes.
    LongMessage,
    /// More other actors than a change may name.
    ManyActors,
    /// The other actors in another order, or one twice.
    OtherActorsSwapped,
    /// A footer that names another author.
    LyingFooter,
    /// A footer that names the relay.
    RelaysFooter,
    /// A footer that is none.
    FooterOfNoise,
    /// Deletes, counters, lists, tables.
    ActionSwapped,
    /// Values of types that ledgers do not have.
    ValueSwapped,
    /// A flag in the place of a text or the other way round.
    FlagSwapped,
    /// A text longer than a cell holds.
    LongText,
    /// Another known key.
    KeySwapped,
    /// A key that is none.
    WrongKey,
    /// A column this program does not know.
    UnknownColumn,
    /// A key of many kilobytes.
    LongKey,
    /// A place in a sequence.
    SequenceKey,
    /// An insertion.
    Insertion,
    /// An operation at the root.
    AtRoot,
    /// An object that is not there.
    DanglingObject,
    /// Another object, or an operation that made none.
    OtherObject,
    /// A map inside a row.
    NestedMap,
    /// A value in the place of a row.
    ScalarForRow,
    /// A row under a key that is no id.
    RowKey,
    /// A row that is there, made again.
    RowDoubled,
    /// A row made again over the first making.
    RowReplaced,
    /// A birth cell written again.
    BirthCellRewritten,
    /// A decision written again.
    DecisionRewritten,
    /// A predecessor that is not there.
    DanglingPredecessor,
    /// A predecessor at another key.
    PredecessorElsewhere,
    /// A predecessor that is yet to come.
    PredecessorLater,
    /// A predecessor in the same place that the change does not depend on.
    PredecessorUnheard,
    /// A predecessor named twice.
    PredecessorTwice,
    /// More predecessors than a change may have.
    ManyPredecessors,
    /// Operations twice.
    OperationsDoubled,
    /// Operations in another order.
    OperationsReordered,
    /// Operations left out.
    OperationsDropped,
    /// No operations.
    Emptied,
    /// More operations than a change may have, one by one.
    ManyOperations,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 82] = [
        Self::Truncated,
        Self::TruncatedAndMended,
        Self::BitsFlipped,
        Self::BytesInserted,
        Self::BytesTaken,
        Self::SliceRepeated,
        Self::Noise,
        Self::WrongChecksum,
        Self::WrongMagic,
        Self::TwoChunks,
        Self::LongNumber,
        Self::DocumentChunk,
        Self::BundleChunk,
        Self::DeflatedChange,
        Self::DeflateBomb,
        Self::SyncNoBits,
        Self::SyncManyProbes,
        Self::TooLong,
        Self::NullRun,
        Self::ValueRun,
        Self::KeyRun,
        Self::BooleanRun,
        Self::GroupRun,
        Self::EmptyRun,
        Self::DeflatedColumn,
        Self::ColumnsSwapped,
        Self::ColumnTwice,
        Self::ColumnAdded,
        Self::ManyColumns,
        Self::ColumnTaken,
        Self::ColumnExchanged,
        Self::RunsWrittenOtherwise,
        Self::NoDependencies,
        Self::UnknownDependency,
        Self::DependencyTwice,
        Self::ManyDependencies,
        Self::OtherDependencies,
        Self::AbsurdSequence,
        Self::StartLower,
        Self::StartHigher,
        Self::StartAtZero,
        Self::AbsurdTime,
        Self::ActorSwapped,
        Self::ActorOfTheRelay,
        Self::ActorLength,
        Self::LongMessage,
        Self::ManyActors,
        Self::OtherActorsSwapped,
        Self::LyingFooter,
        Self::RelaysFooter,
        Self::FooterOfNoise,
        Self::ActionSwapped,
        Self::ValueSwapped,
        Self::FlagSwapped,
        Self::LongText,
        Self::KeySwapped,
        Self::WrongKey,
        Self::UnknownColumn,
        Self::LongKey,
        Self::SequenceKey,
        Self::Insertion,
        Self::AtRoot,
        Self::DanglingObject,
        Self::OtherObject,
        Self::NestedMap,
        Self::ScalarForRow,
        Self::RowKey,
        Self::RowDoubled,
        Self::RowReplaced,
        Self::BirthCellRewritten,
        Self::DecisionRewritten,
        Self::DanglingPredecessor,
        Self::PredecessorElsewhere,
        Self::PredecessorLater,
        Self::PredecessorUnheard,
        Self::PredecessorTwice,
        Self::ManyPredecessors,
        Self::OperationsDoubled,
        Self::OperationsReordered,
        Self::OperationsDropped,
        Self::Emptied,
        Self::ManyOperations,
    ];
}
