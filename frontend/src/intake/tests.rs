use shared::access::{Role, UnitKind};
use shared::protocol::http::admin::NewAccount;

use super::*;

const COMMITTEE: Known<'_> = Known {
    name: "青梧党委",
    kind: UnitKind::PartyCommittee,
    is_kept: true,
};

fn units_of(text: &str) -> Intake<NewUnit> {
    units(&block(text), [COMMITTEE], true)
}

fn accounts_of(text: &str) -> Intake<NewAccount> {
    accounts(&block(text), ["linzhiyuan"], &["一支部"])
}

#[test]
fn columns_are_found_by_their_heads_in_any_order() {
    let intake = units_of(
        "序号\t上级\t组织名称\t类别\r\n1\t青梧党委\t检修党总支\t党总支\r\n\r\n2\t检修党总支\t一支部\t支部\r\n",
    );
    let lines: Vec<usize> = intake.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 4]);
    let order = intake.order().unwrap();
    assert_eq!(order[0].kind, UnitKind::GeneralBranch);
    assert_eq!(order[1].name, "一支部");
    assert_eq!(order[1].above.as_deref(), Some("检修党总支"));
}

#[test]
fn without_a_head_the_columns_stand_in_their_order() {
    let order = accounts_of("顾若川,guruochuan,组织委员,一支部\n'=SUM,x,secretary,一支部")
        .order()
        .unwrap();
    assert_eq!(order[0].role, Role::OrganisationCommissioner);
    assert_eq!((order[1].name.as_str(), order[1].role), ("=SUM", Role::Secretary));
}

#[test]
fn a_kind_is_told_by_its_word_or_by_the_name() {
    let kinds = [
        ("党委", "甲", Some(UnitKind::PartyCommittee)),
        ("party committee", "甲", Some(UnitKind::PartyCommittee)),
        ("支部", "甲", Some(UnitKind::Branch)),
        ("", "机修党总支", Some(UnitKind::GeneralBranch)),
        ("", "机修党总支部", Some(UnitKind::GeneralBranch)),
        ("", "机修党支部", Some(UnitKind::Branch)),
        ("", "机修车间", None),
        ("车间", "机修党支部", None),
    ];
    for (word, name, wanted) in kinds {
        assert_eq!(word::kind(word, name), wanted, "{word} {name}");
    }
}

#[test]
fn every_row_names_what_is_wrong_with_it_and_none_is_sent() {
    let intake = accounts_of(
        "姓名\t账号\t角色\t单位\n林知远\tLinZhiyuan\t书记\t一支部\n顾若川\tgu\t班长\t一支部\n叶书宁\tye\t组长\t二支部\n好人\thao\t查看\t一支部",
    );
    let wrong: Vec<_> = intake.rows.iter().map(|row| row.wrong.clone()).collect();
    let wanted = [
        Some(RowWrong::Wrong(Wrong::LoginTaken { row: 0 })),
        Some(RowWrong::NoSuchRole),
        Some(RowWrong::Wrong(Wrong::NoUnit { row: 2 })),
        None,
    ];
    assert_eq!(wrong, wanted);
    assert_eq!((intake.wrong(), intake.order()), (3, None));
}

#[test]
fn what_the_relay_refuses_is_shown_at_its_row() {
    let intake = accounts_of("甲\tjia\t书记\t一支部\n乙\tyi\t书记\t一支部");
    let refused = intake.clone().refused(&Wrong::LoginTaken { row: 1 }).unwrap();
    assert_eq!(
        refused.rows[1].wrong,
        Some(RowWrong::Wrong(Wrong::LoginTaken { row: 1 }))
    );
    assert_eq!(refused.order(), None);
    assert_eq!(intake.refused(&Wrong::TooMany { most: 100 }), None);
}

#[test]
fn the_head_is_found_below_a_title() {
    let order =
        units_of("青梧公司党组织一览\t\t\n2026-11-28\t\t\n名称\t上级\t类型\n检修党支部\t青梧党委\t党支部")
            .order()
            .unwrap();
    assert_eq!(order.len(), 1);
    assert_eq!(order[0].name, "检修党支部");
    let far = format!("{}名称\t类型\t上级", "甲\t乙\t丙\n".repeat(10));
    assert_eq!(units_of(&far).rows.len(), 11, "but not in the middle of the rows");
}

#[test]
fn rows_of_one_login_are_one_account_with_several_roles() {
    let intake = accounts_of(
        "顾若川\tGu\t组织委员\t一支部\n甲\tjia\t书记\t一支部\n顾若川\tgu \t纪检委员\t一支部\n顾若川\tgu\t组织委员\t一支部",
    );
    let order = intake.order().unwrap();
    assert_eq!(order.len(), 2);
    let more: Vec<_> = order[0].more.iter().map(|more| more.role).collect();
    assert_eq!(
        (order[0].role, more),
        (Role::OrganisationCommissioner, vec![Role::DisciplineCommissioner])
    );
    let refused = intake.refused(&Wrong::LoginTaken { row: 1 }).unwrap();
    let wrong: Vec<usize> = refused
        .rows
        .iter()
        .filter(|row| row.wrong.is_some())
        .map(|row| row.line)
        .collect();
    assert_eq!(wrong, [2]);
}

#[test]
fn what_is_wrong_with_a_further_role_is_said_at_its_own_row() {
    let intake = accounts_of(
        "顾若川\tgu\t组织委员\t一支部\n顾若水\tgu\t书记\t一支部\n顾若川\tgu\t书记\t二支部\n顾若川\tgu\t班长\t一支部",
    );
    let wrong: Vec<_> = intake.rows.iter().map(|row| row.wrong.clone()).collect();
    let wanted = [
        None,
        Some(RowWrong::OtherName),
        Some(RowWrong::Wrong(Wrong::NoUnit { row: 0 })),
        Some(RowWrong::NoSuchRole),
    ];
    assert_eq!(wrong, wanted);
}

#[test]
fn of_a_long_sheet_some_rows_are_shown_and_every_wrong_one_among_them() {
    let row = |number: usize| {
        let unit = if number == 150 { "没有" } else { "一支部" };
        format!("甲\tjia{number}\t书记\t{unit}\n")
    };
    let text: String = (0..200).map(row).collect();
    let intake = accounts_of(&text);
    let shown = intake.shown();
    let lines: Vec<usize> = shown.iter().map(|row| row.line).collect();
    assert_eq!(lines.len(), SHOWN_ROWS);
    assert_eq!((lines[0], lines[48], lines[49]), (1, 49, 151));
}

#[test]
fn an_empty_sheet_is_no_order() {
    for text in ["", "\n\n", "姓名\t账号\t角色\t单位"] {
        assert_eq!(accounts_of(text).order(), None, "{text:?}");
    }
}

#[test]
fn a_second_unit_at_the_top_is_wrong_at_its_row() {
    let intake = units_of("名称\t类型\t上级\n检修党总支\t党总支\t青梧党委\n另一党委\t党委\t");
    let wrong: Vec<_> = intake.rows.iter().map(|row| row.wrong.clone()).collect();
    assert_eq!(wrong, [None, Some(RowWrong::Wrong(Wrong::SecondTop { row: 1 }))]);
}
