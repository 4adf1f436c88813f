use super::*;
use crate::limit::REASON_CHARS;

fn version(kind: SettingKind, name: &str, version: u32) -> Setting {
    Setting {
        version,
        ..built_in(kind, name, "年度考核方案", format!("[{version}]"))
    }
}

fn draft() -> Draft {
    Draft {
        kind: SettingKind::Words,
        name: "annual".to_owned(),
        title: "年度考核方案".to_owned(),
        body: "[]".to_owned(),
        note: "按 2026 年文件".to_owned(),
        after: 1,
    }
}

#[test]
fn kinds_are_told_by_their_words() {
    for kind in SettingKind::ALL {
        assert_eq!(SettingKind::of_code(kind.code()), Some(kind));
        let word = serde_json::to_string(&kind).unwrap();
        assert_eq!(word, format!("\"{}\"", kind.code()), "one word everywhere");
    }
    assert_eq!(SettingKind::of_code("Scheme"), None);
}

#[test]
fn the_digest_covers_kind_name_and_body_and_nothing_else() {
    let of = |kind, name, body| digest(kind, name, body);
    let one = of(SettingKind::Scheme, "annual", "{}");
    // printf 'taizhang setting 1\0scheme\0annual\0{}' | sha256sum
    assert_eq!(
        one,
        "251c1bd86cea01b7ea9eed1cec576ccac4555bbcd919c3e085dc6489cf5464fe"
    );
    assert!(is_digest(&one) && !is_digest(&one.to_uppercase()) && !is_digest(&one[1..]));
    for other in [
        of(SettingKind::Words, "annual", "{}"),
        of(SettingKind::Scheme, "annua", "l{}"),
        of(SettingKind::Scheme, "annual", "{ }"),
    ] {
        assert_ne!(other, one);
    }
    let (first, third) = (
        version(SettingKind::Scheme, "annual", 1),
        built_in(SettingKind::Scheme, "annual", "另", "[1]".to_owned()),
    );
    assert_eq!(first.digest, third.digest);
}

#[test]
fn the_newest_is_that_of_its_kind_and_name_and_a_default_where_there_is_no_other() {
    let all = [
        version(SettingKind::Scheme, "annual", 0),
        version(SettingKind::Scheme, "annual", 2),
        version(SettingKind::Scheme, "annual", 1),
        version(SettingKind::Scheme, "half", 7),
        version(SettingKind::Words, "annual", 9),
        version(SettingKind::Calendar, "work", 0),
    ];
    let found = |kind, name| newest(&all, kind, name).map(|setting| setting.version);
    assert_eq!(found(SettingKind::Scheme, "annual"), Some(2));
    assert_eq!(found(SettingKind::Calendar, "work"), Some(0));
    assert_eq!(found(SettingKind::RulePack, "annual"), None);
}

#[test]
fn a_head_is_the_version_without_its_body() {
    let whole = version(SettingKind::Calendar, "work", 3);
    assert_eq!(whole.head().with_body(whole.body.clone()), whole);
}

#[test]
fn names_are_short_words_that_need_no_escaping_anywhere() {
    for good in ["a", "2026", "work_days-2", &"x".repeat(SETTING_NAME_BYTES)] {
        assert!(is_name(good), "{good}");
    }
    for bad in [
        "",
        "A",
        "a b",
        "a/b",
        "..",
        "考核",
        "a\n",
        &"x".repeat(SETTING_NAME_BYTES + 1),
    ] {
        assert!(!is_name(bad), "{bad:?}");
    }
}

#[test]
fn what_is_built_in_could_be_kept_as_it_is() {
    for setting in defaults() {
        assert!(is_name(&setting.name) && setting.version == 0);
        assert_eq!(setting.digest, digest(setting.kind, &setting.name, &setting.body));
        assert_eq!(check_body(setting.kind, &setting.body), Ok(()));
    }
}

#[test]
fn a_draft_is_kept_without_the_space_around_its_words() {
    let spaced = Draft {
        title: " 年度考核方案\u{3000}".to_owned(),
        note: "\n按 2026 年文件 ".to_owned(),
        ..draft()
    };
    assert_eq!(spaced.checked(), Ok(draft()));
}

#[test]
fn a_draft_says_what_is_wrong_with_it() {
    let with = |change: fn(&mut Draft)| {
        let mut changed = draft();
        change(&mut changed);
        changed.checked().map(drop)
    };
    assert_eq!(with(|draft| draft.name = "年度".to_owned()), Err(Wrong::Name));
    assert_eq!(with(|draft| draft.title = " ".to_owned()), Err(Wrong::Title));
    assert_eq!(with(|draft| draft.note = " ".to_owned()), Err(Wrong::Note));
    assert_eq!(
        with(|draft| draft.note = "长".repeat(REASON_CHARS + 1)),
        Err(Wrong::Note)
    );
    let why = BodyProblem::Bare;
    assert_eq!(
        with(|draft| draft.body = "7".to_owned()),
        Err(Wrong::Body { why })
    );
    let is_first = |draft: &mut Draft| (draft.note, draft.after) = (String::new(), 0);
    assert_eq!(with(is_first), Ok(()), "a first version changes nothing");
}
