//! Rows: made once, removed and brought back, ordered alike everywhere.

use super::*;

#[test]
fn a_removed_row_keeps_the_edit_made_beside_it_and_comes_back() {
    let (mut lin, mut gu, _) = three();
    lin.does(Deed::Remove {
        table: "zones".to_owned(),
        rows: vec![row(9)],
        why: "并入机加-02".to_owned(),
    });
    let removal = lin.document.snapshot().table("zones").rows[0]
        .removal
        .clone()
        .unwrap();
    assert_eq!(
        (removal.by, removal.why.as_str(), removal.met_edits),
        (LIN, "并入机加-02", false)
    );
    gu.types(&scope(), text("二跨"));
    lin.hears(&gu);
    let shown = lin.document.snapshot().table("zones").rows[0].clone();
    assert!(shown.removal.as_ref().unwrap().met_edits);
    assert_eq!(*shown.value("scope"), text("二跨"));
    lin.does(Deed::Restore {
        table: "zones".to_owned(),
        rows: vec![row(9)],
    });
    gu.hears(&lin);
    assert_eq!(gu.document.snapshot().table("zones").rows[0].removal, None);
    assert_eq!(gu.sees(&scope()), text("二跨"));
}

#[test]
fn a_removal_without_a_reason_is_a_removal() {
    let (mut lin, ..) = three();
    lin.does(Deed::Remove {
        table: "zones".to_owned(),
        rows: vec![row(9)],
        why: " ".to_owned(),
    });
    assert_eq!(
        lin.document.snapshot().table("zones").rows[0]
            .removal
            .as_ref()
            .unwrap()
            .why,
        ""
    );
}

#[test]
fn a_removal_beside_a_restoring_stays_in_sight() {
    let (mut lin, mut gu, mut ye) = three();
    lin.does(Deed::Remove {
        table: "zones".to_owned(),
        rows: vec![row(9)],
        why: "甲".to_owned(),
    });
    gu.hears(&lin);
    ye.hears(&lin);
    gu.does(Deed::Restore {
        table: "zones".to_owned(),
        rows: vec![row(9)],
    });
    ye.does(Deed::Remove {
        table: "zones".to_owned(),
        rows: vec![row(9)],
        why: "乙".to_owned(),
    });
    lin.hears(&gu);
    lin.hears(&ye);
    assert!(
        lin.document.snapshot().table("zones").rows[0]
            .removal
            .as_ref()
            .unwrap()
            .met_edits
    );
}

#[test]
fn a_row_is_made_once() {
    let (mut lin, ..) = three();
    let again = NewRow {
        table: "zones".to_owned(),
        id: row(9),
        order: String::new(),
        cells: Vec::new(),
    };
    let deed = Deed::Enter {
        by: Entry::Typed,
        rows: vec![again],
        cells: Vec::new(),
    };
    assert_eq!(lin.try_to(deed), Err(ActProblem::RowExists(row(9))));
}

#[test]
fn birth_cells_are_never_written_again() {
    let (mut lin, ..) = three();
    let owner = CellRef::new("zones", row(9), "owner");
    assert_eq!(
        lin.try_to(enter(&owner, text("x"))),
        Err(ActProblem::BirthCell(owner))
    );
}

#[test]
fn rows_inserted_at_one_place_are_in_the_same_order_everywhere() {
    let (mut lin, mut gu) = (Replica::of(LIN), Replica::of(GU));
    lin.adds(row(2), "乙");
    gu.adds(row(1), "甲");
    lin.hears(&gu);
    gu.hears(&lin);
    let order = |replica: &Replica| -> Vec<RowId> {
        replica
            .document
            .snapshot()
            .table("zones")
            .rows
            .iter()
            .map(|row| row.id)
            .collect()
    };
    assert_eq!(order(&lin), [row(1), row(2)]);
    assert_eq!(order(&lin), order(&gu));
}

#[test]
fn tables_made_on_two_replicas_are_one_table() {
    let (mut lin, mut gu) = (Replica::of(LIN), Replica::of(GU));
    lin.adds(row(1), "机加-01");
    gu.adds(row(2), "机加-02");
    lin.hears(&gu);
    gu.hears(&lin);
    assert_eq!(lin.document.snapshot().table("zones").rows.len(), 2);
    assert_eq!(lin.document.snapshot(), gu.document.snapshot());
}
