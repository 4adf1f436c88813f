//! What operations may do, and where.

use super::decision::Decider;
use super::*;

#[test]
fn only_scalars_of_ledgers_are_put() {
    use automerge::legacy::OpType;
    let refused = [
        (OpType::Delete, Rule::Action),
        (OpType::Increment(1), Rule::Action),
        (OpType::Make(ObjType::List), Rule::Action),
        (OpType::Make(ObjType::Text), Rule::Action),
        (OpType::Make(ObjType::Table), Rule::Action),
        (OpType::Make(ObjType::Map), Rule::Nesting),
        (OpType::Put(ScalarValue::counter(5)), Rule::Scalar),
        (OpType::Put(ScalarValue::F64(0.5)), Rule::Scalar),
        (OpType::Put(ScalarValue::Uint(5)), Rule::Scalar),
        (OpType::Put(ScalarValue::Bytes(vec![1])), Rule::Scalar),
        (OpType::Put(ScalarValue::Timestamp(1)), Rule::Scalar),
    ];
    for (action, rule) in refused {
        let verdict = Scene::new().altered(|change| change.operations[0].action = action.clone());
        assert_eq!(verdict, Err(Verdict::Breach(rule)), "{action:?}");
    }
}

#[test]
fn objects_are_those_of_the_ledger() {
    use automerge::legacy::{ObjectId, OpId};
    let root = Scene::new().altered(|change| change.operations[0].obj = ObjectId::Root);
    assert_eq!(root, Err(Verdict::Breach(Rule::NotAtRoot)));
    let stranger = automerge::ActorId::from([8; 16].as_slice());
    let dangling = ObjectId::Id(OpId::new(1, &stranger));
    let verdict = Scene::new().altered(|change| change.operations[0].obj = dangling);
    assert_eq!(verdict, Err(Verdict::Breach(Rule::KnownObject)));
}

#[test]
fn keys_are_columns_elements_or_ids() {
    use automerge::legacy::Key;
    let put = |key: &str| Scene::new().altered(|change| change.operations[0].key = Key::Map(key.into()));
    assert_eq!(put("A Key"), Err(Verdict::Breach(Rule::ColumnKey)));
    assert_eq!(put(&"k".repeat(200)), Err(Verdict::Breach(Rule::KeyBytes)));
    assert_eq!(put("helpers/someone"), Err(Verdict::Breach(Rule::SetElement)));
    assert_eq!(put("helpers"), Err(Verdict::Newer));
    assert_eq!(put("colour"), Err(Verdict::Newer));
    assert_eq!(put("scope"), Ok(()));
}

#[test]
fn predecessors_are_earlier_operations_of_the_same_place() {
    use automerge::legacy::OpId;
    let me = automerge::ActorId::from([1; 16].as_slice());
    let pred = |counter| {
        let id = OpId::new(counter, &me);
        Scene::new().altered(|change| change.operations[0].pred = vec![id].into())
    };
    // The row's making, a cell of another key, one that is not there, one that is yet to come.
    for counter in [7, 8, 9, 500, u64::from(u32::MAX) + 1] {
        assert!(matches!(pred(counter), Err(Verdict::Breach(_))), "{counter}");
    }
}

#[test]
fn birth_cells_are_written_with_the_row_and_never_again() {
    use automerge::legacy::Key;
    let verdict = Scene::new().altered(|change| change.operations[0].key = Key::Map("owner".into()));
    assert_eq!(verdict, Err(Verdict::Breach(Rule::BirthCell)));
}

#[test]
fn a_row_made_twice_is_refused_as_already_there() {
    let mut scene = Scene::new();
    let mut other = Document::new(LEDGER, &trial::SCHEMA, LIN, ActorId([2; 16]));
    let row = NewRow {
        table: "zones".to_owned(),
        id: ROW,
        order: "80".to_owned(),
        cells: Vec::new(),
    };
    let deed = Deed::Enter {
        by: Entry::Typed,
        rows: vec![row],
        cells: Vec::new(),
    };
    let act = Act {
        id: ActId(uuid::Uuid::nil()),
        at: Timestamp(1),
        deed,
    };
    let made = other.perform(&act).unwrap().changes.remove(0);
    assert_eq!(scene.takes(&made), Err(Verdict::AlreadyThere));
}

#[test]
fn a_decision_is_made_whole_and_never_altered() {
    let mut decider = Decider::new(LEDGER, &trial::SCHEMA, LIN, ActorId([3; 16]));
    let made = decider.decides(ROW, "approved");
    let altered = decider.alters(ROW, "return");
    let mut scene = Scene::new();
    assert_eq!(scene.takes(&made), Ok(()));
    assert_eq!(scene.takes(&altered), Err(Verdict::Breach(Rule::DecisionOnce)));
}

#[test]
fn writes_are_named_by_table_and_column() {
    let mut scene = Scene::new();
    let made = scene.types(&format!("helpers/{ROW}"), Value::Flag(true));
    let writes = scene.index.judge(&check(&made.bytes).unwrap()).unwrap();
    assert_eq!(
        writes,
        [index::Write {
            table: "zones",
            column: "helpers",
            birth: None
        }]
    );
}

#[test]
fn nobody_but_the_relay_makes_a_change_that_does_nothing() {
    let verdict = Scene::new().altered(|change| change.operations.clear());
    assert_eq!(verdict, Err(Verdict::Breach(Rule::NotEmpty)));
}

#[test]
fn a_full_ledger_takes_no_more_operations_and_no_more_bytes() {
    let judged = |operations: usize, bytes: usize| {
        let mut scene = Scene::new();
        let first = check(&scene.types("name", Value::Text("x".to_owned())).bytes).unwrap();
        let next = check(&scene.types("name", Value::Text("y".to_owned())).bytes).unwrap();
        // As if the first had been so much.
        let filler = Operation {
            key: "scope".to_owned(),
            ..first.operations[0].clone()
        };
        let mut full = Checked {
            bytes: vec![0; bytes],
            ..first.clone()
        };
        full.operations.extend(vec![filler; operations]);
        scene.index.admit(&full, LIN);
        let next = Checked {
            start: full.last_operation() + 1,
            ..next
        };
        scene.index.judge(&next).map(|_| ())
    };
    assert_eq!(judged(0, 0), Ok(()));
    assert_eq!(
        judged(crate::limit::LEDGER_OPERATIONS, 0),
        Err(Verdict::Full(Rule::LedgerOperations))
    );
    assert_eq!(
        judged(0, crate::limit::LEDGER_BYTES),
        Err(Verdict::Full(Rule::LedgerBytes))
    );
}

#[test]
fn a_change_names_nothing_that_it_has_not_heard_of() {
    // Two officers who do not know of each other; the second names what the first has made.
    let mut scene = Scene::new();
    let mut other = Document::new(LEDGER, &trial::SCHEMA, LIN, ActorId([2; 16]));
    let unheard = scene.types("name", Value::Text("x".to_owned()));
    scene.takes(&unheard).unwrap();
    let row = NewRow {
        table: "zones".to_owned(),
        id: RowId::from_bytes([8; 16]),
        order: "80".to_owned(),
        cells: Vec::new(),
    };
    let deed = Deed::Enter {
        by: Entry::Typed,
        rows: vec![row],
        cells: Vec::new(),
    };
    let act = Act {
        id: ActId(uuid::Uuid::nil()),
        at: Timestamp(1),
        deed,
    };
    let made = other.perform(&act).unwrap().changes.remove(0);
    let first = Change::from_bytes(unheard.bytes).unwrap().decode();
    let judged = |alter: &dyn Fn(&mut ExpandedChange)| {
        let mut change = Change::from_bytes(made.bytes.clone()).unwrap().decode();
        alter(&mut change);
        let bytes = Change::from(change).raw_bytes().to_vec();
        scene.index.judge(&check(&bytes).unwrap()).map(|_| ())
    };
    assert_eq!(judged(&|_| ()), Ok(()));
    let into_its_row = judged(&|change| change.operations[1].obj = first.operations[0].obj.clone());
    assert_eq!(into_its_row, Err(Verdict::Breach(Rule::ObjectHeard)));
    // The same actor's next change, without the change before among what it depends on.
    let forked = judged(&|change| {
        change.actor_id = first.actor_id.clone();
        change.seq = first.seq + 1;
        change.extra_bytes.clear();
    });
    assert_eq!(forked, Err(Verdict::Breach(Rule::OwnDependency)));
}

#[test]
fn times_are_within_reason() {
    for time in [i64::MIN, i64::MAX, 300_000_000_000_000] {
        let honest = Scene::new().types("name", Value::Text("x".to_owned()));
        let mut change = Change::from_bytes(honest.bytes).unwrap().decode();
        change.time = time;
        assert_eq!(scan(Change::from(change).raw_bytes()), Err(Rule::Time), "{time}");
    }
}
