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
            "3f02817324df25bcc9bfab78f253bdb916833659c31a2a9bf87e613b8e39b0d2",
            "33614a16604f836b62d7d11282cec520ab307b2558f9740ead1cc35c35dd6dfb",
            "205e497fad6a0e81987359e28df1d1b663777b1e52e8da7e83425c6022007861"
        ]
    );
    let mut other = ready::leaders();
    other.indicators[0].text.push('。');
    assert_ne!(other.digest(), digests[2]);
}
