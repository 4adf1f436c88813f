use super::*;

#[test]
fn three_thirds_are_one() {
    let third = Ratio::new(1, 3);
    assert_eq!(third.plus(third).plus(third), Ratio::new(1, 1));
    assert_eq!(third.times(3), Ratio::new(1, 1));
    assert_eq!(Ratio::new(2, 1).over(6), third);
    assert_eq!(Ratio::new(1, 0), Ratio::ZERO);
    assert_eq!(third.over(0), Ratio::ZERO);
}

#[test]
fn halves_go_up() {
    for (numerator, denominator, shown) in [
        (1, 2, 1),
        (-1, 2, 0),
        (-3, 2, -1),
        (5, 4, 1),
        (7, 4, 2),
        (-7, 4, -2),
        (2, 3, 1),
        (1, 3, 0),
        (i128::MAX, 1, i64::MAX),
        (i128::MIN, 1, i64::MIN),
    ] {
        let ratio = Ratio::new(numerator, denominator);
        assert_eq!(ratio.rounded(), Hundredths(shown), "{ratio}");
    }
}

#[test]
fn fractions_are_compared_exactly_also_where_products_do_not_fit() {
    let huge = u64::MAX;
    let fine = |numerator: i128| Ratio::new(numerator, huge).over(huge / 3);
    assert!(fine(1) < fine(2));
    assert!(Ratio::ZERO < fine(1) && Ratio::new(-1, huge) < Ratio::ZERO);
    assert!(Ratio::new(1, 3) < Ratio::new(1, 2) && Ratio::new(5, 2) > Ratio::new(7, 3));
    assert_eq!(Ratio::new(2, 6).cmp(&Ratio::new(1, 3)), Ordering::Equal);
}

#[test]
fn a_sum_too_fine_to_be_exact_is_cut_to_billionths_and_never_fails() {
    // Five primes just below 2^32 and their like: no common denominator in 127 bits.
    let primes = [
        4_294_967_291,
        4_294_967_279,
        4_294_967_231,
        4_294_967_197,
        4_294_967_189,
    ];
    let sum = primes.iter().fold(Ratio::ZERO, |sum, prime| {
        sum.plus(Ratio::new(i128::from(*prime) / 2, *prime))
    });
    // Five times almost a half.
    assert!(
        sum > Ratio::new(2_499_999, 1_000_000) && sum < Ratio::new(5, 2),
        "{sum}"
    );
    let most = Ratio::new(i128::MAX, 1);
    for strange in [
        most.plus(most),
        most.times(u64::MAX),
        Ratio::new(i128::MIN, 1).times(9),
    ] {
        assert!(strange.denominator > 0);
    }
    let fine = Ratio::new(1, u64::MAX).over(u64::MAX / 2).over(u64::MAX);
    assert_eq!(fine, Ratio::ZERO);
}

#[test]
fn a_fraction_is_kept_as_it_is_shown() {
    assert_eq!("266/3".parse(), Ok(Ratio::new(266, 3)));
    assert_eq!(Ratio::new(-532, 6).to_string(), "-266/3");
    for text in ["", "1", "1/0", "1/-3", "2/6", "+1/3", "1/3 ", "a/b", "0/2"] {
        assert_eq!(text.parse::<Ratio>(), Err(RatioError), "{text}");
    }
}
