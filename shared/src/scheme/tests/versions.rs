//! One version and the next.

use super::*;

#[test]
fn a_scheme_is_read_as_it_was_written() {
    for mut scheme in [ready::front_line(), ready::technical(), ready::leaders(), small()] {
        scheme.indicators[0].anchors = Some(vec![Hundredths(100)]);
        scheme.ties = vec![Dimension::Achievement];
        let mut bytes = Vec::new();
        ciborium::into_writer(&scheme, &mut bytes).unwrap();
        let read: Scheme = ciborium::from_reader(&bytes[..]).unwrap();
        assert_eq!(read.digest(), scheme.digest());
        assert_eq!(read, scheme);
    }
}

#[test]
fn a_rule_of_a_newer_version_is_not_left_out_of_the_sum() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&small(), &mut bytes).unwrap();
    let mut value: ciborium::Value = ciborium::from_reader(&bytes[..]).unwrap();
    value
        .as_map_mut()
        .unwrap()
        .push(("newer".into(), ciborium::Value::Bool(true)));
    assert!(value.deserialized::<Scheme>().is_err());
}

#[test]
fn an_outcome_is_read_as_it_was_written() {
    let scheme = small();
    let marks = handed_in(&scheme, &[(RaterClass::Peer, &["1 2 3", "4 5 6", "7.5 8 10"])]);
    let outcome = scheme.outcome(&marks);
    let mut bytes = Vec::new();
    ciborium::into_writer(&(&marks, &outcome), &mut bytes).unwrap();
    assert_eq!(
        ciborium::from_reader::<(Marks, Outcome), _>(&bytes[..]).unwrap(),
        (marks, outcome)
    );
}

#[test]
fn words_are_kept_as_their_codes() {
    fn kept(word: impl Serialize) -> String {
        ciborium::Value::serialized(&word).unwrap().into_text().unwrap()
    }
    for dimension in Dimension::ALL {
        assert_eq!(kept(dimension), dimension.code());
    }
    for grade in Grade::ALL {
        assert_eq!(kept(grade), grade.code());
    }
    for class in RaterClass::ALL {
        assert_eq!(kept(class), class.code());
    }
}

#[test]
fn a_digest_names_one_version_for_ever() {
    let digests = [ready::front_line(), ready::technical(), ready::leaders()].map(|scheme| scheme.digest());
    assert_eq!(
        digests,
        [
            "ef8a705f58f9bb56b246caa9985be2b07c01a66b5ee73daa109dd1a90fc08cde",
            "a45881810901e7465600f33ce9b98008a987232af114751eec0a29683b31e694",
            "b07891da397564241a2a428956d1e4367a53739384fdb83940f88d171e6d26d9"
        ]
    );
    let mut other = ready::leaders();
    other.indicators[0].text.push('。');
    assert_ne!(other.digest(), digests[2]);
}
