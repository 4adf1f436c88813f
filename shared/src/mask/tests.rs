use super::*;

fn check(text: &str, wanted: &str) {
    assert_eq!(masked(text), wanted, "{text}");
    assert_eq!(masked(wanted), wanted, "masked twice: {text}");
}

fn left(text: &str) {
    assert!(
        matches!(masked(text), Cow::Borrowed(same) if same == text),
        "{text}: {}",
        masked(text)
    );
}

#[test]
fn a_telephone_keeps_its_first_three_and_last_four_digits() {
    check("联系电话13812341234。", "联系电话138****1234。");
    check("13812341234", "138****1234");
    check("10000000000", "100****0000");
    check("电话:13812341234/13987654321", "电话:138****1234/139****4321");
    check("13812341234-13987654321", "138****1234-139****4321");
    check("13812341234-801", "138****1234-801");
    check("王磊13812341234李静", "王磊138****1234李静");
    check("tel13812341234x801", "tel138****1234x801");
}

#[test]
fn an_identity_card_keeps_its_first_three_and_last_four_characters() {
    check("身份证110101199001011234,", "身份证110***********1234,");
    check("11010119900101123X", "110***********123X");
    check("11010119900101123x", "110***********123x");
    check("11010119900101123X。", "110***********123X。");
    check("110101199001011234 13812341234", "110***********1234 138****1234");
    // Mistyped, and still hers.
    check("999999999999999999", "999***********9999");
}

#[test]
fn numbers_in_pieces_are_found() {
    check("138 1234 1234", "138****1234");
    check("138-1234-1234", "138****1234");
    check("138 - 12341234", "138****1234");
    check("1381234 1234", "138****1234");
    check("1 3 8 1 2 3 4 1 2 3 4", "138****1234");
    check("138\u{200b}1234\u{3000}1234", "138****1234");
    check("110101 19900101 1234", "110***********1234");
    check("110101-1990-0101-1234", "110***********1234");
    check("110101 1990 0101 123 X", "110***********123X");
    check("1101 0119 9001 0112 34", "110***********1234");
    // With a hyphened date the check digit has to be right.
    check("110101-1990-01-01-1237", "110***********1237");
}

#[test]
fn full_width_digits_are_digits() {
    check("１３８１２３４１２３４", "１３８****１２３４");
    check("１３８－１２３４－１２３４", "１３８****１２３４");
    check("１３8 1234 １２３４", "１３8****１２３４");
    check(
        "１１０１０１１９９００１０１１２３Ｘ",
        "１１０***********１２３Ｘ",
    );
}

#[test]
fn the_prefix_of_a_call_from_abroad_is_no_part_of_the_number() {
    check("+8613812341234", "+86138****1234");
    check("+86 138 1234 1234", "+86 138****1234");
    check("+86138-1234-1234", "+86138****1234");
    check("008613812341234", "0086138****1234");
    check("０08613812341234", "０086138****1234");
    left("8613812341234");
}

#[test]
fn a_longer_or_shorter_run_of_digits_is_left() {
    left("1381234123");
    left("138123412345");
    left("23812341234");
    left("11010119900101123");
    left("1101011990010112345");
    left("1381234123413987654321");
    left("11010119900101123X5");
    left("11010119900101123Xa");
    left("1101011990010112XX");
    left("6222021381234567890");
}

#[test]
fn dates_and_item_numbers_are_not_touched() {
    left("2026-11-23");
    left("2026年11月23日 14:08");
    left("20261123-20261130");
    left("2026-11-23 2026-11-30");
    left("10 2026-01-01 2026-12-31");
    left("10 20260101 20261231");
    left("第13 14 15 16 17 8项");
    left("1 2 3 4 5 6 7 8 9 10 11 12");
    left("1 3 8 1 2 3 4 1 2 3 4 5");
    left("1949-2026 128人");
    left("13.812 341 234");
    left("15 000 000 000 元");
    left("100001 2026-01-01 1500");
    left("HT-2026-0138-12");
    left("1. 3812341234");
    left("138\n12341234");
    left("138\t1234\t1234");
    left("138,1234,1234");
    left("X 光机 X");
    left("");
}

#[test]
fn a_neighbour_does_not_hide_a_number() {
    check("3 138 1234 1234 5", "3 138****1234 5");
    check("2026-11-23 13812341234", "2026-11-23 138****1234");
    check("13812341234 2026-11-23", "138****1234 2026-11-23");
    check("2026-138-12341234", "2026-138****1234");
    check("1、13812341234;2、13987654321", "1、138****1234;2、139****4321");
    check("12-13812341234", "12-138****1234");
    check(
        "第3项 110101199001011234 2026-11-23",
        "第3项 110***********1234 2026-11-23",
    );
    check("13812341234X", "138****1234X");
    check("138 1234 1234    5", "138****1234    5");
}

#[test]
fn any_text_can_be_masked_and_nothing_else_is_lost() {
    use rand::rngs::StdRng;
    use rand::{Rng as _, SeedableRng as _};

    let alphabet: Vec<char> = "0011138899２０X x-－+　\u{200b}电*\n".chars().collect();
    let mut rng = StdRng::seed_from_u64(7);
    for _ in 0..20_000 {
        let length = rng.random_range(0..60);
        let text: String = (0..length)
            .map(|_| alphabet[rng.random_range(0..alphabet.len())])
            .collect();
        let kept = |text: &str| text.chars().filter(|&c| "电+\n".contains(c)).collect::<String>();
        let shown = masked(&text);
        assert_eq!(kept(&shown), kept(&text), "{text}");
        assert!(shown.chars().count() <= text.chars().count(), "{text}");
    }
}
