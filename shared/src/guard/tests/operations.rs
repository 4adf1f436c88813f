//! What operations may do, and where.

use super::*;

#[test]
fn only_scalars_of_ledgers_are_put() {
    use automerge::legacy::OpType;
    let refused = [
        (OpType::Delete, Breach::Operation),
        (OpType::Increment(1), Breach::Operation),
        (OpType::Make(ObjType::List), Breach::Operation),
        (OpType::Make(ObjType::Text), Breach::Operation),
        (OpType::Make(ObjType::Table), Breach::Operation),
        (OpType::Make(ObjType::Map), Breach::Operation),
        (OpType::Put(ScalarValue::counter(5)), Breach::Value),
        (OpType::Put(ScalarValue::F64(0.5)), Breach::Value),
        (OpType::Put(ScalarValue::Uint(5)), Breach::Value),
        (OpType::Put(ScalarValue::Bytes(vec![1])), Breach::Value),
        (OpType::Put(ScalarValue::Timestamp(1)), Breach::Value),
    ];
    for (action, breach) in refused {
        let verdict = Scene::new().altered(|change| change.operations[0].action = action.clone());
        assert_eq!(verdict, Err(Verdict::Breach(breach)), "{action:?}");
    }
}

#[test]
fn objects_are_those_of_the_ledger() {
    use automerge::legacy::{ObjectId, OpId};
    let root = Scene::new().altered(|change| change.operations[0].obj = ObjectId::Root);
    assert_eq!(root, Err(Verdict::Breach(Breach::Object)));
    let stranger = automerge::ActorId::from([8; 16].as_slice());
    let dangling = ObjectId::Id(OpId::new(1, &stranger));
    let verdict = Scene::new().altered(|change| change.operations[0].obj = dangling);
    assert_eq!(verdict, Err(Verdict::Breach(Breach::Object)));
}

#[test]
fn keys_are_columns_elements_or_ids() {
    use automerge::legacy::Key;
    let put = |key: &str| Scene::new().altered(|change| change.operations[0].key = Key::Map(key.into()));
    assert_eq!(put("A Key"), Err(Verdict::Breach(Breach::Key)));
    assert_eq!(put(&"k".repeat(200)), Err(Verdict::Breach(Breach::Key)));
    assert_eq!(put("helpers/someone"), Err(Verdict::Breach(Breach::Key)));
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
    assert_eq!(verdict, Err(Verdict::Breach(Breach::BirthCell)));
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
    // Decisions have no act yet: made with Automerge directly, as a later version will.
    let mut doc = Automerge::new();
    let skeletons = skeleton::changes(LEDGER, &trial::SCHEMA);
    doc.apply_changes(
        skeletons
            .iter()
            .map(|made| Change::from_bytes(made.bytes.clone()).unwrap())
            .collect::<Vec<_>>(),
    )
    .unwrap();
    doc.set_actor(automerge::ActorId::from([3; 16].as_slice()));
    let commit = |doc: &mut Automerge, alter: &dyn Fn(&mut automerge::transaction::Transaction<'_>)| {
        let mut making = doc.transaction();
        alter(&mut making);
        let (hash, _) = making.commit_with(CommitOptions::default().with_time(1));
        let change = doc.get_change_by_hash(&hash.unwrap()).unwrap();
        Made {
            hash: ChangeHash(change.hash().0),
            bytes: change.raw_bytes().to_vec(),
        }
    };
    let decisions = doc.get(ROOT, "decisions").unwrap().unwrap().1;
    let made = commit(&mut doc, &|making| {
        let decision = making
            .put_object(&decisions, ROW.to_string(), ObjType::Map)
            .unwrap();
        making.put(&decision, "kind", "approve").unwrap();
    });
    let altered = commit(&mut doc, &|making| {
        let decision = making.get(&decisions, ROW.to_string()).unwrap().unwrap().1;
        making.put(&decision, "kind", "return").unwrap();
    });
    let mut scene = Scene::new();
    assert_eq!(scene.takes(&made), Ok(()));
    assert_eq!(scene.takes(&altered), Err(Verdict::Breach(Breach::Decision)));
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
