//! The rules of the guard, each with a name.

/// One check of the guard: the rule a change breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Rule {
    /// Longer than [`crate::limit::CHANGE_BYTES`].
    #[error("longer than a change may be")]
    ChangeBytes,
    /// Cut short, or a number no 64 bits hold: there is nothing to read on.
    #[error("cut short")]
    Parse,
    /// A number in more bytes than it needs.
    #[error("a number longer than it needs to be")]
    ShortestForm,
    /// Not the four bytes every chunk begins with.
    #[error("not a chunk")]
    Magic,
    /// A document, a deflated change or a bundle.
    #[error("not a plain change chunk")]
    PlainChange,
    /// Something after the chunk.
    #[error("something after the chunk")]
    OneChunk,
    /// The header's checksum is not the content's.
    #[error("wrong checksum")]
    Checksum,
    /// More than [`crate::limit::CHANGE_DEPENDENCIES`].
    #[error("too many dependencies")]
    Dependencies,
    /// An actor id that has not 16 bytes.
    #[error("actor id of another length")]
    ActorLength,
    /// Operations that start at 0, which Automerge cannot hold.
    #[error("operations start at nought")]
    StartAtZero,
    /// A time further from 1970 than [`crate::limit::CHANGE_TIME`]: Automerge keeps times as differences and panics where those overflow.
    #[error("a time that is none")]
    Time,
    /// A message over [`crate::limit::CHANGE_MESSAGE_BYTES`].
    #[error("message too long")]
    MessageBytes,
    /// More than [`crate::limit::CHANGE_OTHER_ACTORS`].
    #[error("too many actors")]
    OtherActors,
    /// More than [`crate::limit::CHANGE_COLUMNS`].
    #[error("too many columns")]
    Columns,
    /// A column that says it is deflated.
    #[error("a deflated column")]
    DeflatedColumn,
    /// Columns out of order, or one twice.
    #[error("columns out of order")]
    ColumnOrder,
    /// A run of no elements.
    #[error("an empty run")]
    EmptyRun,
    /// Run lengths that add up to more than [`crate::limit::CHANGE_OPERATIONS`].
    #[error("too many operations")]
    Operations,
    /// Run lengths that add up to more than [`crate::limit::CHANGE_PREDECESSORS`].
    #[error("too many predecessors")]
    Predecessors,
    /// Automerge panics while it decodes.
    #[error("cannot be decoded without a panic")]
    DecodePanic,
    /// Automerge cannot decode it.
    #[error("cannot be decoded")]
    Decodes,
    /// Decoded and encoded again it has other bytes.
    #[error("not the canonical form")]
    Canonical,
    /// One dependency twice.
    #[error("a dependency twice")]
    DependencyOnce,
    /// Extra bytes that are not the author's footer.
    #[error("extra bytes")]
    Footer,
    /// An operation other than putting a scalar or making a map.
    #[error("an operation that ledgers do not have")]
    Action,
    /// An operation that inserts into a sequence.
    #[error("an insertion")]
    Insert,
    /// A value that is no text, whole number, flag or nothing.
    #[error("a value that ledgers do not have")]
    Scalar,
    /// A text over [`crate::limit::TEXT_BYTES`].
    #[error("a text too long")]
    TextBytes,
    /// A key over [`crate::limit::KEY_BYTES`].
    #[error("a key too long")]
    KeyBytes,
    /// A place in a sequence in place of a key.
    #[error("no key")]
    MapKey,
    /// It depends on nothing, and is no skeleton.
    #[error("no dependencies")]
    SomeDependency,
    /// It depends on a change that is not known.
    #[error("depends on an unknown change")]
    KnownDependencies,
    /// Not the next change of its actor.
    #[error("sequence number out of order")]
    Sequence,
    /// It does not come after its actor's last change: its operations could have ids that are there already.
    #[error("not after its actor's last change")]
    OwnDependency,
    /// An operation's number that 32 bits do not hold.
    #[error("operation numbers too large")]
    CounterWidth,
    /// Operations that do not start right after the last of its dependencies.
    #[error("operations start elsewhere")]
    StartOperation,
    /// Its actor belongs to another account than it says.
    #[error("another author")]
    SameAuthor,
    /// An author's footer elsewhere than in an actor's first change, or none there.
    #[error("a footer elsewhere than first")]
    FooterFirst,
    /// No operations, and not the relay's.
    #[error("an empty change")]
    NotEmpty,
    /// The ledger has [`crate::limit::LEDGER_OPERATIONS`].
    #[error("the ledger is full of operations")]
    LedgerOperations,
    /// The ledger's changes have [`crate::limit::LEDGER_BYTES`].
    #[error("the ledger is full")]
    LedgerBytes,
    /// An operation at the root, where skeletons alone write.
    #[error("at the root")]
    NotAtRoot,
    /// An object that is not in the ledger.
    #[error("an object that is not there")]
    KnownObject,
    /// An object made by a change that it does not depend on.
    #[error("an object it has not heard of")]
    ObjectHeard,
    /// A map made inside a row or a decision.
    #[error("a map inside a row")]
    Nesting,
    /// A value where a table has its rows, or a map or a flag in a matrix.
    #[error("a value in the place of a row")]
    Place,
    /// A row or decision under a key that is no id.
    #[error("a row's key is no id")]
    RowKey,
    /// A row or decision that is there already.
    #[error("the row is there already")]
    RowOnce,
    /// A key of a matrix that is not well formed.
    #[error("not a matrix's key")]
    MatrixKey,
    /// A decision written after it was made.
    #[error("a decision rewritten")]
    DecisionOnce,
    /// A birth cell written after its row was made.
    #[error("a birth cell rewritten")]
    BirthCell,
    /// A birth cell, or a word of a decision, written twice in the change that makes it.
    #[error("written twice at birth")]
    BornOnce,
    /// An element of a set that is no person's id.
    #[error("an element that is no id")]
    SetElement,
    /// A flag where a text or number belongs, or the other way round.
    #[error("a value the cell does not take")]
    CellValue,
    /// A column this program does not know.
    #[error("an unknown column")]
    KnownColumn,
    /// A key that could not be a column's.
    #[error("a key that is none")]
    ColumnKey,
    /// A predecessor that is not a known operation of the same object and key.
    #[error("a predecessor elsewhere")]
    PredecessorPlace,
    /// A predecessor in a change that it does not depend on.
    #[error("a predecessor it has not heard of")]
    PredecessorHeard,
    /// A predecessor named twice.
    #[error("a predecessor twice")]
    PredecessorOnce,
}

impl Rule {
    /// Every rule, in the order in which they are asked.
    pub const ALL: [Self; 59] = [
        Self::ChangeBytes,
        Self::Parse,
        Self::ShortestForm,
        Self::Magic,
        Self::PlainChange,
        Self::OneChunk,
        Self::Checksum,
        Self::Dependencies,
        Self::ActorLength,
        Self::StartAtZero,
        Self::Time,
        Self::MessageBytes,
        Self::OtherActors,
        Self::Columns,
        Self::DeflatedColumn,
        Self::ColumnOrder,
        Self::EmptyRun,
        Self::Operations,
        Self::Predecessors,
        Self::DecodePanic,
        Self::Decodes,
        Self::Canonical,
        Self::DependencyOnce,
        Self::Footer,
        Self::Action,
        Self::Insert,
        Self::Scalar,
        Self::TextBytes,
        Self::KeyBytes,
        Self::MapKey,
        Self::SomeDependency,
        Self::KnownDependencies,
        Self::Sequence,
        Self::OwnDependency,
        Self::CounterWidth,
        Self::StartOperation,
        Self::SameAuthor,
        Self::FooterFirst,
        Self::NotEmpty,
        Self::LedgerOperations,
        Self::LedgerBytes,
        Self::NotAtRoot,
        Self::KnownObject,
        Self::ObjectHeard,
        Self::Nesting,
        Self::Place,
        Self::RowKey,
        Self::RowOnce,
        Self::MatrixKey,
        Self::DecisionOnce,
        Self::BirthCell,
        Self::BornOnce,
        Self::SetElement,
        Self::CellValue,
        Self::KnownColumn,
        Self::ColumnKey,
        Self::PredecessorPlace,
        Self::PredecessorHeard,
        Self::PredecessorOnce,
    ];

    /// Whether it bounds a size or a number.
    #[must_use]
    pub const fn is_limit(self) -> bool {
        matches!(
            self,
            Self::ChangeBytes
                | Self::Dependencies
                | Self::MessageBytes
                | Self::OtherActors
                | Self::Columns
                | Self::Operations
                | Self::Predecessors
                | Self::TextBytes
                | Self::KeyBytes
        )
    }
}
