use super::*;
use crate::ledger::key::Part;
use crate::ledger::schema::DECISIONS;

const OURS: UnitId = UnitId::from_bytes([1; 16]);
const ABOVE: UnitId = UnitId::from_bytes([2; 16]);
const THEIRS: UnitId = UnitId::from_bytes([3; 16]);
const TEXT: Site<'_> = Site {
    table: "items",
    column: "text",
    birth: None,
};

fn today() -> Date {
    Date::new(2026, 11, 25).unwrap()
}

fn rights() -> Rights {
    Rights {
        units: [(OURS, ABOVE), (THEIRS, ABOVE)].into_iter().collect(),
        ..Rights::default()
    }
}

fn pledges() -> LedgerKey {
    LedgerKey {
        unit: OURS,
        year: Some(2026),
        kind: Kind::Pledge,
        part: Part::Main,
    }
}

fn may(role: Role, site: Site<'_>) -> bool {
    rights().may_write(&[Grant::new(OURS, role)], today(), &pledges(), site)
}

#[test]
fn nobody_writes_the_ledgers_of_another_unit_and_only_some_read_from_above() {
    for role in Role::ALL {
        for unit in [ABOVE, THEIRS] {
            let grants = [Grant::new(unit, role)];
            assert!(
                !rights().may_write(&grants, today(), &pledges(), TEXT),
                "{role:?}"
            );
            assert!(
                !rights().may_write_somewhere(&grants, today(), &pledges()),
                "{role:?}"
            );
        }
        assert!(
            !rights().may_read(&[Grant::new(THEIRS, role)], today(), &pledges()),
            "{role:?}"
        );
    }
    let reads = |role| rights().may_read(&[Grant::new(ABOVE, role)], today(), &pledges());
    assert!(reads(Role::OfficeOfficer) && reads(Role::Secretary));
    assert!(!reads(Role::Administrator) && !reads(Role::GroupLeader) && !reads(Role::Viewer));
}

#[test]
fn votes_are_the_tellers_and_the_pledge_is_everybodys_who_enters_for_members() {
    let votes = Site {
        column: "peer_good",
        ..TEXT
    };
    assert!(may(Role::GroupLeader, TEXT) && !may(Role::GroupLeader, votes));
    assert!(may(Role::Secretary, votes) && may(Role::OrganisationCommissioner, votes));
    assert!(!may(Role::Viewer, TEXT) && !may(Role::DisciplineCommissioner, TEXT));
}

#[test]
fn a_decision_is_judged_by_the_kind_it_was_born_with() {
    let decision = |kind| Site {
        table: DECISIONS,
        column: "kind",
        birth: Some(kind),
    };
    assert!(may(Role::Secretary, decision("approved")));
    assert!(may(Role::OrganisationCommissioner, decision("returned")));
    assert!(!may(Role::OrganisationCommissioner, decision("approved")));
    assert!(!may(
        Role::OrganisationCommissioner,
        Site {
            birth: None,
            ..decision("")
        }
    ));
    assert!(!may(Role::GroupLeader, decision("returned")));
}

#[test]
fn a_column_closed_to_a_role_stays_open_to_the_others() {
    let closed = ClosedColumn {
        role: Role::GroupLeader,
        kind: Kind::Pledge,
        table: "items".to_owned(),
        column: "text".to_owned(),
    };
    let rights = Rights {
        closed: vec![closed],
        ..rights()
    };
    let may =
        |grants: &[Grant], column| rights.may_write(grants, today(), &pledges(), Site { column, ..TEXT });
    let (leader, secretary) = (
        Grant::new(OURS, Role::GroupLeader),
        Grant::new(OURS, Role::Secretary),
    );
    assert!(!may(&[leader], "text") && may(&[leader], "measure"));
    assert!(may(&[secretary], "text") && may(&[leader, secretary], "text"));
}

#[test]
fn an_administrator_administers_his_unit_and_what_is_below_it() {
    let administers =
        |held_in, unit| rights().may_administer(&[Grant::new(held_in, Role::Administrator)], today(), unit);
    assert!(administers(ABOVE, OURS) && administers(ABOVE, ABOVE) && administers(OURS, OURS));
    assert!(!administers(OURS, ABOVE) && !administers(OURS, THEIRS));
    assert!(!rights().may_administer(&[Grant::new(ABOVE, Role::Secretary)], today(), OURS));
}

#[test]
fn the_office_of_the_committee_at_the_top_keeps_the_settings() {
    let keeps = |role, unit, kind| {
        let of = |asked| (asked == unit).then_some(kind);
        rights().keeps_settings(&[Grant::new(unit, role)], today(), of)
    };
    for role in Role::ALL {
        let is_office = role == Role::OfficeOfficer;
        assert_eq!(
            keeps(role, ABOVE, UnitKind::PartyCommittee),
            is_office,
            "{role:?}"
        );
        assert!(!keeps(role, OURS, UnitKind::PartyCommittee), "not below another");
        assert!(
            !keeps(role, ABOVE, UnitKind::GeneralBranch),
            "not of a lesser unit"
        );
    }
    let nowhere = [Grant::new(ABOVE, Role::OfficeOfficer)];
    assert!(!rights().keeps_settings(&nowhere, today(), |_| None));
}
