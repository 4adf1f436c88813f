//! Reading what a held change would do, without doing it.

use super::*;
use crate::ledger::proposal::{Proposal, Step};

/// How Lin's ledger reads everything Gu has made.
fn proposed(lin: &Replica, gu: &Replica) -> Vec<Proposal> {
    let bytes = gu.made.iter().map(|made| made.bytes.as_slice());
    let read = lin.document.proposals(bytes);
    read.into_iter().map(Result::unwrap).collect()
}

fn written(cell: CellRef, now: Value, proposed: Value, clashes: bool) -> Step {
    Step::Write {
        cell,
        now,
        proposed,
        clashes,
    }
}

#[test]
fn a_held_change_is_read_with_what_stands_there_now_and_changes_nothing() {
    let (lin, mut gu, _) = three();
    gu.types(&scope(), text("二跨"));
    let before = lin.document.heads();
    let read = proposed(&lin, &gu);
    assert_eq!(
        read[0].steps,
        [written(scope(), text("一跨"), text("二跨"), false)]
    );
    assert_eq!((read[0].hash, read[0].at), (gu.made[0].hash, Timestamp(gu.clock)));
    assert_eq!(lin.document.heads(), before);
    assert_eq!(lin.sees(&scope()), text("一跨"));
}

#[test]
fn what_its_author_had_not_seen_would_stand_beside_it() {
    let (mut lin, mut gu, _) = three();
    gu.types(&scope(), text("二跨"));
    lin.types(&scope(), text("三跨"));
    let read = proposed(&lin, &gu);
    assert_eq!(
        read[0].steps,
        [written(scope(), text("三跨"), text("二跨"), true)]
    );
    lin.types(&scope(), text("二跨"));
    let read = proposed(&lin, &gu);
    assert_eq!(
        read[0].steps,
        [written(scope(), text("二跨"), text("二跨"), false)],
        "equal values are agreement"
    );
}

#[test]
fn what_builds_on_a_held_change_is_read_through_it() {
    let (lin, mut gu, _) = three();
    gu.adds(row(8), "机加-08");
    let (made, first) = (CellRef::new("zones", row(8), "scope"), scope());
    gu.types(&made, text("八跨"));
    gu.types(&first, text("二跨"));
    gu.types(&first, text("四跨"));
    let read = proposed(&lin, &gu);
    let cells = vec![
        ("name".to_owned(), text("机加-08")),
        ("owner".to_owned(), text(&row(8).to_string())),
    ];
    let birth = Step::Make {
        table: "zones",
        row: row(8),
        cells,
    };
    assert_eq!(read[0].steps, [birth]);
    assert_eq!(read[1].steps, [written(made, Value::Empty, text("八跨"), false)]);
    assert_eq!(read[1].dependencies, [read[0].hash]);
    assert_eq!(
        read[3].steps,
        [written(first, text("一跨"), text("四跨"), false)],
        "what it replaces is Gu's own, and replaced what stands there"
    );
}

#[test]
fn rows_are_taken_out_and_brought_back() {
    let (lin, mut gu, _) = three();
    let (table, rows) = ("zones".to_owned(), vec![row(9)]);
    for why in ["并入机加-02", ""] {
        gu.does(Deed::Remove {
            table: table.clone(),
            rows: rows.clone(),
            why: why.to_owned(),
        });
    }
    gu.does(Deed::Restore { table, rows });
    let steps: Vec<Step> = proposed(&lin, &gu)
        .into_iter()
        .flat_map(|read| read.steps)
        .collect();
    let remove = |why: &str| Step::Remove {
        table: "zones",
        row: row(9),
        why: why.to_owned(),
    };
    let restore = Step::Restore {
        table: "zones",
        row: row(9),
    };
    assert_eq!(steps, [remove("并入机加-02"), remove(""), restore]);
}

#[test]
fn scores_are_named_by_their_key() {
    let (lin, mut gu, _) = three();
    let score = CellRef::of_matrix("scores", &format!("{}/d1", row(5)));
    gu.types(&score, Value::Number(600));
    let read = proposed(&lin, &gu);
    assert_eq!(
        read[0].steps,
        [written(score, Value::Empty, Value::Number(600), false)]
    );
}

#[test]
fn what_writes_to_rows_that_are_not_here_is_named_as_that() {
    let (_, mut gu, _) = three();
    gu.types(&scope(), text("二跨"));
    let stranger = Replica::of(YE);
    assert_eq!(proposed(&stranger, &gu)[0].steps, [Step::Elsewhere]);
}

#[test]
fn what_is_no_honest_change_is_not_read() {
    let (lin, mut gu, _) = three();
    gu.types(&scope(), text("二跨"));
    let mut bytes = gu.made[0].bytes.clone();
    *bytes.last_mut().unwrap() ^= 1;
    let read = lin.document.proposals([bytes.as_slice(), &[0; 9]]);
    assert!(read.iter().all(Result::is_err), "{read:?}");
}
