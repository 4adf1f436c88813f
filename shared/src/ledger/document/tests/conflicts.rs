//! Several values in one cell: kept, shown, settled.

use super::*;

#[test]
fn different_values_are_a_conflict_with_value_before_authors_and_times() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("三跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    let conflict = lin.document.conflict(&scope()).unwrap();
    let said: Vec<_> = conflict
        .values
        .iter()
        .map(|said| (said.value.clone(), said.by, said.at))
        .collect();
    let wanted = vec![
        (text("二跨"), Some(GU), Some(Timestamp(2_001))),
        (text("三跨"), Some(YE), Some(Timestamp(3_001))),
    ];
    assert_eq!(said, wanted);
    assert_eq!(conflict.before.len(), 1);
    assert_eq!(
        (&conflict.before[0].value, conflict.before[0].by),
        (&text("一跨"), Some(LIN))
    );
    assert_eq!(lin.document.snapshot().conflicts(), [scope()]);
}

#[test]
fn equal_values_are_agreement() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("二跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    assert_eq!(lin.document.conflict(&scope()), None);
    assert!(lin.document.snapshot().conflicts().is_empty());
    assert_eq!(lin.sees(&scope()), text("二跨"));
}

#[test]
fn clearing_a_cell_beside_an_edit_is_a_conflict_and_loses_neither() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), Value::Empty);
    ye.types(&scope(), text("三跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    let conflict = lin.document.conflict(&scope()).unwrap();
    let values: Vec<_> = conflict.values.iter().map(|said| said.value.clone()).collect();
    assert_eq!(values, [Value::Empty, text("三跨")]);
}

#[test]
fn a_cell_in_conflict_is_written_by_settling_alone() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("三跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    assert_eq!(
        lin.try_to(enter(&scope(), text("四跨"))),
        Err(ActProblem::InConflict(scope()))
    );
    let name = CellRef::new("zones", row(9), "name");
    let both = vec![(scope(), text("四跨")), (name.clone(), text("机加-04"))];
    let skipped = lin
        .try_to(Deed::Enter {
            by: Entry::Pasted,
            rows: Vec::new(),
            cells: both,
        })
        .unwrap();
    assert_eq!(skipped, [scope()]);
    assert_eq!(lin.sees(&name), text("机加-04"));

    // Also the value that happens to be shown can be the one settled on.
    let shown = lin.sees(&scope());
    lin.settles(&scope(), shown.clone());
    gu.hears(&ye);
    gu.hears(&lin);
    assert_eq!((gu.sees(&scope()), gu.document.conflict(&scope())), (shown, None));
    assert!(gu.document.snapshot().conflicts().is_empty());
    assert!(lin.document.snapshot().conflicts().is_empty());
}

#[test]
fn settling_never_overwrites_a_value_it_has_not_seen() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    lin.types(&scope(), text("五跨"));
    lin.hears(&gu);
    let seen = lin.document.conflict(&scope()).unwrap().seen();
    ye.types(&scope(), text("三跨"));
    lin.hears(&ye);
    let settle = Deed::Settle {
        cell: scope(),
        value: text("二跨"),
        seen,
    };
    assert_eq!(lin.try_to(settle), Err(ActProblem::SeenOtherwise(scope())));
    assert_eq!(lin.document.conflict(&scope()).unwrap().values.len(), 3);
}

#[test]
fn whichever_value_is_kept_the_guard_takes_the_settling_and_the_others_see_it() {
    for kept in [Value::Empty, text("三跨")] {
        let (mut lin, mut gu, mut ye) = three();
        gu.types(&scope(), Value::Empty);
        ye.types(&scope(), text("三跨"));
        lin.hears(&gu);
        lin.hears(&ye);
        lin.settles(&scope(), kept.clone());
        assert_eq!(
            (lin.sees(&scope()), lin.document.conflict(&scope())),
            (kept.clone(), None)
        );

        let mut index = crate::guard::index::Index::new(LEDGER, &trial::SCHEMA);
        for made in lin
            .made
            .iter()
            .take(2)
            .chain(&gu.made)
            .chain(&ye.made)
            .chain(lin.made.last())
        {
            let change = crate::guard::decode(&made.bytes).unwrap();
            index.judge(&change).unwrap();
            index.admit(&change, change.author.unwrap_or(LIN));
        }
        gu.hears(&ye);
        gu.hears(&lin);
        assert_eq!((gu.sees(&scope()), gu.document.conflict(&scope())), (kept, None));
    }
}

#[test]
fn saying_again_what_all_agree_on_writes_nothing() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("二跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    let made = lin.made.len();
    lin.types(&scope(), text("二跨"));
    assert_eq!(lin.made.len(), made);
}
