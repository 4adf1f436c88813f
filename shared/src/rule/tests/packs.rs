use super::*;

/// Facts of every kind in which nearly every rule finds something on [`ON`].
fn troubled() -> Vec<Facts> {
    let mut few = members(2);
    few[1].probationary = true;
    let roster = RosterFacts {
        members: few.clone(),
        joint_units: Some(9),
        committee: None,
    };
    let item = PledgeFact {
        row: row(1),
        member: person(1),
        due: Some(day("2026-01-31")),
        settled: false,
        posting: Some(PostingFact { approved: false }),
    };
    let pledges = PledgeFacts {
        members: few.clone(),
        items: vec![item],
    };
    let zones = ZoneFacts {
        year: 2026,
        crews: vec!["机加班".to_owned()],
        members: few.clone(),
        ..ZoneFacts::default()
    };
    let post = PostFact {
        row: row(2),
        named_on: Some(day("2025-01-01")),
        posting: Some(PostingFact { approved: false }),
    };
    let rating = |member| RatingFact {
        member,
        grade: Some(Grade::Excellent),
        reply_place: false,
        attendance_deductions: 0,
    };
    let appraisal = AppraisalFacts {
        year: 2025,
        members: few.into_iter().map(rating).collect(),
        closed: vec![Stage::Ballot],
    };
    vec![
        roster.into(),
        pledges.into(),
        zones.into(),
        PostFacts { posts: vec![post] }.into(),
        appraisal.into(),
    ]
}

const ON: &str = "2026-11-23";

fn findings(packs: &Packs) -> Vec<Finding> {
    let facts = troubled();
    facts
        .iter()
        .flat_map(|facts| packs.check(facts, day(ON)))
        .collect()
}

fn pack(id: &str) -> RulePack {
    let packs = Packs::built_in();
    packs.iter().find(|pack| pack.id.as_str() == id).unwrap().clone()
}

#[test]
fn a_pack_taken_out_takes_its_findings_and_nothing_else() {
    let packs = Packs::built_in();
    let all = findings(&packs);
    for pack in packs.iter() {
        let is_of_pack = |finding: &&Finding| pack.rules.iter().any(|rule| rule.id == finding.rule);
        let (of_pack, others): (Vec<_>, Vec<_>) = all.iter().partition(is_of_pack);
        assert!(!of_pack.is_empty() && !others.is_empty(), "{}", pack.id);
        let left = findings(&packs.without(&pack.id));
        assert_eq!(left.iter().collect::<Vec<_>>(), others, "{}", pack.id);
    }
    assert_eq!(findings(&Packs::default()), []);
}

#[test]
fn a_pack_finds_something_only_while_it_is_in_force() {
    let mut dated = pack("enterprise");
    let of = |pack: &RulePack| !findings(&Packs::new(vec![pack.clone()]).unwrap()).is_empty();
    dated.effective_until = Some(day(ON));
    assert!(of(&dated), "on its last day");
    dated.effective_until = Some(day("2026-11-22"));
    assert!(!of(&dated), "the day after its last");
    dated.effective_until = None;
    dated.effective_from = day(ON);
    assert!(of(&dated), "on its first day");
    dated.effective_from = day("2026-11-24");
    assert!(!of(&dated), "the day before its first");
}

#[test]
fn a_later_pack_may_word_a_rule_anew() {
    let mut old = pack("enterprise");
    old.effective_until = Some(day("2026-12-31"));
    let mut new = pack("enterprise");
    new.effective_from = day("2027-01-01");
    new.rules[3].check = Check::ZonesPerMember { most: 4 };
    let packs = Packs::new(vec![old.clone(), new.clone()]).unwrap();
    let check = |on| {
        &packs
            .rule(&"zone.per-member".parse().unwrap(), day(on))
            .unwrap()
            .check
    };
    assert_eq!(*check("2026-12-31"), Check::ZonesPerMember { most: 3 });
    assert_eq!(*check("2027-01-01"), Check::ZonesPerMember { most: 4 });
    // One day in common, and every finding would be there twice.
    new.effective_from = day("2026-12-31");
    let rule = new.rules[0].id.clone();
    assert_eq!(Packs::new(vec![old, new]), Err(PacksError::RuleTwice { rule }));
}

#[test]
fn every_built_in_rule_cites_where_it_is_written() {
    for pack in Packs::built_in().iter() {
        assert_eq!(pack.problems(), []);
        assert!(!pack.title.is_empty());
        for rule in &pack.rules {
            let own = rule.citation.starts_with("本企业做法");
            assert_eq!(
                own,
                pack.id.as_str() == "enterprise",
                "{}: {}",
                rule.id,
                rule.citation
            );
            assert!(
                !own || rule.level >= Level::Warning,
                "{}: own practice stops nobody",
                rule.id
            );
        }
    }
}

#[test]
fn no_built_in_rule_is_about_a_persons_standing() {
    for rule in Packs::built_in().iter().flat_map(|pack| &pack.rules) {
        for word in ["除名", "处分", "退党", "限期改正", "不合格", "检举", "控告"] {
            assert!(!rule.text_zh.contains(word), "{}: {word}", rule.id);
        }
    }
}

#[test]
fn what_is_wrong_with_a_pack_is_said() {
    let check = |spoil: fn(&mut RulePack), wanted: fn(RuleId) -> PackProblem| {
        let mut pack = pack("enterprise");
        let id = pack.rules[0].id.clone();
        spoil(&mut pack);
        let problem = wanted(id);
        assert_eq!(pack.problems(), std::slice::from_ref(&problem));
        let pack_id = pack.id.clone();
        let refused = PacksError::Unsound {
            pack: pack_id,
            problem,
        };
        assert_eq!(Packs::new(vec![pack]), Err(refused));
    };
    check(
        |pack| pack.effective_until = Some(day("2024-12-31")),
        |_| PackProblem::EndsBeforeItStarts,
    );
    check(
        |pack| pack.rules[0].citation = " ".to_owned(),
        PackProblem::NoCitation,
    );
    check(|pack| pack.rules[0].text_en.clear(), PackProblem::NoText);
    check(|pack| pack.rules.push(pack.rules[0].clone()), PackProblem::Twice);
    let unmet = |check: Check| {
        let mut pack = pack("enterprise");
        pack.rules[0].check = check;
        let id = pack.rules[0].id.clone();
        assert_eq!(pack.problems(), [PackProblem::CannotBeMet(id)]);
    };
    unmet(Check::QuarterlyFiling { day: 31 });
    unmet(Check::QuarterlyFiling { day: 0 });
    unmet(Check::RedFlagShare {
        share: Share::percent(101),
    });
    unmet(Check::PledgeItems {
        least: 5,
        most: 2,
        exempt: [].into(),
    });
}

#[test]
fn a_rule_is_kept_as_json_and_as_cbor() {
    let kept = |id: &str| {
        let rule = Packs::built_in()
            .rule(&id.parse().unwrap(), day(ON))
            .unwrap()
            .clone();
        serde_json::to_value(&rule).unwrap()
    };
    let quota = kept("evaluation.excellent-quota");
    let wanted = r#"{"excellent_quota":{"share":{"numerator":1,"denominator":3},"base":"full_members"}}"#;
    assert_eq!(
        quota["check"],
        serde_json::from_str::<serde_json::Value>(wanted).unwrap()
    );
    assert_eq!(quota["level"], "hard_unless_reason");
    assert_eq!(kept("zone.every-crew")["check"], "crew_covered");

    let packs = Packs::built_in();
    let json = serde_json::to_string(&packs).unwrap();
    assert_eq!(serde_json::from_str::<Packs>(&json).unwrap(), packs);
    let mut cbor = Vec::new();
    ciborium::into_writer(&packs, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<Packs, _>(cbor.as_slice()).unwrap(), packs);
    let uncited = json.replace("《中国共产党章程》第四条", "");
    assert!(serde_json::from_str::<Packs>(&uncited).is_err());
}
