use super::*;

const ON: &str = "2026-11-23";

/// A branch of so many full members, the first so many of them excellent and the others qualified.
fn rated(members_count: u8, excellent: u8) -> AppraisalFacts {
    let rating = |number| RatingFact {
        member: member(number),
        grade: Some(if number <= excellent {
            Grade::Excellent
        } else {
            Grade::Qualified
        }),
        reply_place: true,
        attendance_deductions: 0,
    };
    AppraisalFacts {
        year: 2026,
        members: (1..=members_count).map(rating).collect(),
        closed: Vec::new(),
    }
}

fn closed(stages: &[Stage]) -> AppraisalFacts {
    AppraisalFacts {
        closed: stages.to_vec(),
        ..rated(3, 0)
    }
}

#[test]
fn members_are_evaluated_every_year() {
    let year = |facts: &AppraisalFacts, on| found("evaluation.every-year", facts.clone(), on);
    let begun = closed(&Stage::ALL[..3]);
    let since = Detail::DueSince(day("2026-12-31"));
    assert_eq!(year(&begun, "2027-01-01"), [(Subject::Branch, since)]);
    assert_eq!(year(&begun, "2026-12-31"), []);
    assert_eq!(year(&closed(&Stage::ALL), "2027-01-01"), []);
}

#[test]
fn stages_are_closed_in_their_order() {
    let order = |stages: &[Stage]| found("evaluation.order", closed(stages), ON);
    let early = |closed, open| (Subject::Branch, Detail::Early { closed, open });
    assert_eq!(order(&Stage::ALL), []);
    assert_eq!(order(&Stage::ALL[..2]), []);
    assert_eq!(order(&[]), []);
    assert_eq!(
        order(&[Stage::SelfEvaluation, Stage::Ballot]),
        [early(Stage::Ballot, Stage::PeerEvaluation)]
    );
    // Made up for later, it is still out of order.
    assert_eq!(
        order(&[Stage::PeerEvaluation, Stage::SelfEvaluation]),
        [early(Stage::PeerEvaluation, Stage::SelfEvaluation)]
    );
}

#[test]
fn at_most_a_third_is_excellent_rounded_down() {
    let quota = |facts| found("evaluation.excellent-quota", facts, ON);
    let many = |found, most| [(Subject::Branch, Detail::TooMany { found, most })];
    assert_eq!(quota(rated(25, 8)), []);
    assert_eq!(quota(rated(25, 9)), many(9, 8));
    assert_eq!(quota(rated(24, 8)), []);
    assert_eq!(quota(rated(2, 1)), many(1, 0));
}

#[test]
fn the_quota_is_of_full_members_unless_the_pack_says_otherwise() {
    let mut facts = rated(24, 8);
    facts.members[23].member.probationary = true;
    facts.members[22].grade = None;
    let quota = |base| {
        let mut packs: Vec<RulePack> = Packs::built_in().into();
        for rule in packs.iter_mut().flat_map(|pack| &mut pack.rules) {
            if let Check::ExcellentQuota { base: of, .. } = &mut rule.check {
                *of = base;
            }
        }
        let findings = Packs::new(packs).unwrap().check(&facts.clone().into(), day(ON));
        findings
            .iter()
            .any(|finding| finding.rule.as_str() == "evaluation.excellent-quota")
    };
    assert!(!quota(QuotaBase::AllMembers), "24");
    assert!(quota(QuotaBase::FullMembers), "23");
    assert!(quota(QuotaBase::Rated), "23");
    assert!(!found("evaluation.excellent-quota", facts.clone(), ON).is_empty());
}

#[test]
fn probationary_members_are_given_no_grade() {
    let mut facts = rated(3, 0);
    assert_eq!(found("evaluation.probationary", facts.clone(), ON), []);
    facts.members[1].member.probationary = true;
    let wanted = [(Subject::Member(person(2)), Detail::Plain)];
    assert_eq!(found("evaluation.probationary", facts.clone(), ON), wanted);
    facts.members[1].grade = None;
    assert_eq!(found("evaluation.probationary", facts, ON), []);
}

#[test]
fn every_rating_has_a_place_for_the_members_own_view() {
    let mut facts = rated(3, 0);
    assert_eq!(found("evaluation.reply", facts.clone(), ON), []);
    facts.members[0].reply_place = false;
    let wanted = [(Subject::Member(person(1)), Detail::Plain)];
    assert_eq!(found("evaluation.reply", facts.clone(), ON), wanted);
    facts.members[0].grade = None;
    assert_eq!(found("evaluation.reply", facts, ON), []);
}

#[test]
fn nothing_is_deducted_from_retired_and_ill_members() {
    for standing in Standing::ALL {
        let mut facts = rated(1, 0);
        facts.members[0].member.standing = standing;
        assert_eq!(found("evaluation.elderly-and-ill", facts.clone(), ON), []);
        facts.members[0].attendance_deductions = 1;
        let exempt = matches!(standing, Standing::Retired | Standing::Ill);
        let findings = found("evaluation.elderly-and-ill", facts, ON);
        assert_eq!(findings.len(), usize::from(exempt), "{standing:?}");
    }
}

#[test]
fn a_hard_rule_stops_and_the_quota_gives_way_to_a_reason() {
    let stopped = |facts: AppraisalFacts, reason: &str| {
        let findings = Packs::built_in().check(&facts.into(), day(ON));
        findings.iter().any(|finding| finding.level.stops(reason))
    };
    let mut probationary = rated(3, 1);
    assert!(!stopped(probationary.clone(), ""));
    probationary.members[2].member.probationary = true;
    assert!(stopped(probationary, "上级党委批准"));
    assert!(stopped(rated(25, 9), " "));
    assert!(!stopped(rated(25, 9), "上级党委批准"));
    // Warnings and reminders never stop anything.
    let mut warned = rated(1, 0);
    warned.members[0].member.standing = Standing::Ill;
    warned.members[0].attendance_deductions = 1;
    assert!(!stopped(warned, ""));
}
