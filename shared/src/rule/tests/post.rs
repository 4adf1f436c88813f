use super::*;

fn post(named_on: Option<&str>, posting: Option<PostingFact>) -> PostFacts {
    let post = PostFact {
        row: row(1),
        named_on: named_on.map(day),
        posting,
    };
    PostFacts { posts: vec![post] }
}

#[test]
fn no_post_hangs_for_more_than_twelve_months_without_being_named_again() {
    let term = |named_on, on| found("post.term", post(named_on, None), on);
    let since = Detail::DueSince(day("2026-07-01"));
    assert_eq!(
        term(Some("2025-07-01"), "2026-07-02"),
        [(Subject::Post(row(1)), since)]
    );
    assert_eq!(term(Some("2025-07-01"), "2026-07-01"), []);
    assert_eq!(term(Some("2026-07-01"), "2026-07-02"), []);
    assert_eq!(term(None, "2026-07-02"), []);
}

#[test]
fn no_post_is_posted_without_approval() {
    let posted = |approved| post(None, Some(PostingFact { approved }));
    let wanted = [(Subject::Post(row(1)), Detail::Plain)];
    assert_eq!(found("posting.approved", posted(false), "2026-11-23"), wanted);
    assert_eq!(found("posting.approved", posted(true), "2026-11-23"), []);
    assert_eq!(found("posting.approved", post(None, None), "2026-11-23"), []);
}
