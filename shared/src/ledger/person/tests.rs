use std::rc::Rc;

use super::*;
use crate::ledger::cell::{Cell, Value};
use crate::ledger::snapshot::TableView;

fn row(id: u8, cells: &[(&str, &str)]) -> Rc<RowView> {
    let cell = |text: &str| Cell {
        value: Value::Text(text.to_owned()),
        in_conflict: false,
    };
    Rc::new(RowView {
        id: RowId::from_bytes([id; 16]),
        order: String::new(),
        cells: cells
            .iter()
            .map(|(key, text)| ((*key).to_owned(), cell(text)))
            .collect(),
        removal: None,
    })
}

fn branch() -> Directory {
    branch_of(&[
        ("陈建", "0101", "立车操作工"),
        ("陈建", "0102", "钳工"),
        ("单文远", "0103", ""),
        ("曾敏", "0104", ""),
        ("解放", "0105", ""),
        ("仇宁", "0106", ""),
        ("罗庭", "0107", "技术员"),
        ("㛃𬱟", "0108", ""),
    ])
}

fn branch_of(people: &[(&str, &str, &str)]) -> Directory {
    let group = RowId::from_bytes([99; 16]).to_string();
    let members = TableView {
        rows: people
            .iter()
            .zip(1..)
            .map(|((name, number, post), id)| {
                row(
                    id,
                    &[
                        ("name", name),
                        ("number", number),
                        ("post", post),
                        ("group", &group),
                    ],
                )
            })
            .collect(),
        ..TableView::default()
    };
    let groups = TableView {
        rows: vec![row(99, &[("name", "立车组")])],
        ..TableView::default()
    };
    let tables = [
        (roster::MEMBERS, Rc::new(members)),
        (roster::GROUPS, Rc::new(groups)),
    ]
    .into();
    Directory::from_roster(&Snapshot {
        tables,
        ..Snapshot::default()
    })
}

fn finds(typed: &str, wanted: &[&str]) {
    let branch = branch();
    let found: Vec<&str> = branch
        .search(typed)
        .into_iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(found, wanted, "{typed}");
}

fn id(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

#[test]
fn members_are_found_by_name_pinyin_initials_and_works_number() {
    finds("罗", &["罗庭"]);
    finds("luoting", &["罗庭"]);
    finds("luo ting", &["罗庭"]);
    finds("LT", &["罗庭"]);
    finds("lting", &["罗庭"]);
    finds("luot", &["罗庭"]);
    finds("0107", &["罗庭"]);
    finds("cj", &["陈建", "陈建"]);
    finds("xyz", &[]);
}

#[test]
fn surnames_with_two_readings_are_found_by_both() {
    for typed in ["shanwenyuan", "danwenyuan", "swy", "dwy"] {
        finds(typed, &["单文远"]);
    }
    for typed in ["zengmin", "cengmin", "zm"] {
        finds(typed, &["曾敏"]);
    }
    for typed in ["xiefang", "jiefang"] {
        finds(typed, &["解放"]);
    }
    for typed in ["qiuning", "chouning", "qn"] {
        finds(typed, &["仇宁"]);
    }
}

#[test]
fn a_name_in_rare_characters_is_found_by_its_characters() {
    finds("𬱟", &["㛃𬱟"]);
}

#[test]
fn namesakes_are_labelled_with_their_post() {
    let branch = branch();
    assert_eq!(branch.label(id(1)), "陈建（立车操作工）");
    assert_eq!(branch.label(id(7)), "罗庭");
    assert!(branch.get(id(2)).unwrap().namesake);
    assert_eq!(branch.get(id(7)).unwrap().group_name, "立车组");
}

#[test]
fn a_full_name_means_one_member_unless_there_are_namesakes() {
    let branch = branch();
    assert_eq!(branch.meant(" 罗庭 "), Meant::One(id(7)));
    assert_eq!(branch.meant("陈建"), Meant::AnyOf(vec![id(1), id(2)]));
    assert_eq!(branch.meant("陈建(钳工)"), Meant::One(id(2)));
    assert_eq!(branch.meant("0101"), Meant::One(id(1)));
    assert_eq!(branch.meant("罗"), Meant::Nobody);
}

#[test]
fn a_name_means_the_same_member_however_it_is_spaced_and_wide() {
    let branch = branch_of(&[
        ("王 芳", "W012", ""),
        ("陈建", "W013", "钳工(甲)"),
        ("陈 建", "W014", "钳工（乙）"),
    ]);
    for typed in ["王　芳", "王芳", "ｗ０１２", "w012", " W 012"] {
        assert_eq!(branch.meant(typed), Meant::One(id(1)), "{typed}");
    }
    assert_eq!(branch.meant("陈　建"), Meant::AnyOf(vec![id(2), id(3)]));
    assert_eq!(branch.label(id(2)), "陈建（钳工(甲)）");
    for typed in ["陈建（钳工(甲)）", "陈　建(钳工（甲）)"] {
        assert_eq!(branch.meant(typed), Meant::One(id(2)), "{typed}");
    }
    assert_eq!(branch.meant(&branch.label(id(3))), Meant::One(id(3)));
    assert_eq!(
        branch.search("wangfang").first().map(|found| found.id),
        Some(id(1))
    );
    assert_eq!(branch.search("王芳").first().map(|found| found.id), Some(id(1)));
}

#[test]
fn an_unknown_member_is_named_by_the_start_of_the_id() {
    assert_eq!(branch().label(id(0xab)), "#abababab");
}
