//! What rules ask of demonstration posts.

use super::fact::PostingFact;
use super::finding::{Breach, Subject};
use crate::id::RowId;
use crate::time::Date;

/// What a ledger of posts says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostFacts {
    /// The posts.
    pub posts: Vec<PostFact>,
}

/// One demonstration post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostFact {
    /// Its row.
    pub row: RowId,
    /// The day on which it was last named, at first or again (连任), while its plaque hangs; none before it hangs and
    /// once it is taken down.
    pub named_on: Option<Date>,
    /// Its posting, if it is posted or about to be.
    pub posting: Option<PostingFact>,
}

impl PostFacts {
    /// Posts that hang longer than so many months after they were last named: no post is for life.
    pub(super) fn beyond_term(&self, months: u16, on: Date) -> Vec<Breach> {
        let end = |post: &PostFact| post.named_on?.months_later(months);
        let ended = self
            .posts
            .iter()
            .filter_map(|post| Breach::overdue(Subject::Post(post.row), end(post)?, on));
        ended.collect()
    }

    /// Posts posted without approval.
    pub(super) fn unapproved(&self) -> Vec<Breach> {
        let posted = self
            .posts
            .iter()
            .filter(|post| post.posting.is_some_and(PostingFact::is_unapproved));
        posted
            .map(|post| Breach::plain(Subject::Post(post.row)))
            .collect()
    }
}
