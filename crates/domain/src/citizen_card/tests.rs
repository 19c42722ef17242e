//! Cards as cameras and keyboard scanners give them.

use proptest::prelude::*;

use super::*;
use crate::date::parse_day;

const WHOLE: &str =
    "038190000017|171234567|Nguyễn Thị Thử|15031990|Nữ|Khu phố 1, Phường Thử, Thị xã Thử, Thanh Hóa|10052021";

fn today() -> NaiveDate {
    parse_day("2021-12-01").unwrap()
}

fn card(text: &str) -> Result<CitizenCard, CardError> {
    read(text, today())
}

fn with(part: usize, value: &str) -> Result<CitizenCard, CardError> {
    let mut parts: Vec<&str> = WHOLE.split('|').collect();
    parts[part] = value;
    card(&parts.join("|"))
}

#[test]
fn a_card_fills_a_member() {
    let read = card(WHOLE).unwrap();
    let expected = CitizenCard {
        citizen_id: "038190000017".to_owned(),
        old_id: Some("171234567".to_owned()),
        name: "Nguyễn Thị Thử".to_owned(),
        sex: Some("female".to_owned()),
        born: "1990-03-15".to_owned(),
        address: Some("Khu phố 1, Phường Thử, Thị xã Thử, Thanh Hóa".to_owned()),
        issued_on: Some("2021-05-10".to_owned()),
        warnings: Vec::new(),
    };
    assert_eq!(read, expected);
}

#[test]
fn scanners_add_spaces_and_ends_of_line_and_newer_cards_more_parts() {
    let expected = card(WHOLE).unwrap();
    for text in [format!("\u{feff}{WHOLE}\r\n"), format!("{WHOLE}||"), format!("{WHOLE}|x|Nguyễn Văn Cha|y")]
    {
        assert_eq!(card(&text).unwrap(), expected);
    }
    let decomposed = WHOLE.replace("Nguyễn", "Nguye\u{302}\u{303}n").replace("Nữ", "Nư\u{303}");
    assert_eq!(card(&decomposed).unwrap(), expected, "one normal form");
}

#[test]
fn an_old_number_an_address_and_a_day_of_issue_may_be_missing() {
    assert_eq!(with(1, "").unwrap().old_id, None);
    assert_eq!(with(5, " ").unwrap().address, None);
    assert_eq!(with(6, "").unwrap().issued_on, None);
    assert_eq!(with(4, "Khác").unwrap().sex, None);
}

#[test]
fn what_is_not_a_card_is_told_from_a_card_that_was_cut() {
    for text in ["", "https://vi.example/038190000017", "038190000017", "a|b|c|d|e|f|g", "|||||||", "|x"] {
        assert_eq!(card(text), Err(CardError::NotACard), "{text}");
    }
    assert_eq!(card(&format!("{WHOLE}|{}", "x".repeat(TEXT_MAX))), Err(CardError::NotACard));
    for bars in 1..6 {
        let cut: Vec<&str> = WHOLE.splitn(bars + 2, '|').take(bars + 1).collect();
        assert_eq!(card(&cut.join("|")), Err(CardError::Truncated), "{bars}");
    }
    assert_eq!(card(&WHOLE[..WHOLE.len() - 1]), Err(CardError::Date), "cut in its last part");
}

#[test]
fn damaged_parts_are_refused() {
    for number in ["03819000001", "0381900000171"] {
        assert_eq!(with(0, number), Err(CardError::Number));
    }
    for number in ["17123456", "17123456a"] {
        assert_eq!(with(1, number), Err(CardError::Number));
    }
    for name in ["", "  ", "a\u{7}b"] {
        assert_eq!(with(2, name), Err(CardError::Name));
    }
    let days =
        ["", "31021990", "00031990", "15131990", "1503199", "1990-3-5", "31121899", "02122021", "+1503199"];
    for day in days {
        assert_eq!(with(3, day), Err(CardError::Date), "{day}");
    }
    assert_eq!(with(6, "14031990"), Err(CardError::Date), "issued before the birth");
    assert!(with(3, "01011900").is_ok() && with(6, "01122021").is_ok(), "both ends are possible");
}

#[test]
fn the_number_is_checked_against_sex_and_birth() {
    let warnings = |number: &str, sex: &str, born: &str| {
        citizen_id_warnings(number, Some(sex), Some(&born.parse().unwrap()))
    };
    use IdWarning::{CenturyDiffers, SexDiffers, YearDiffers};
    assert_eq!(warnings("038090000001", "male", "1990"), []);
    assert_eq!(warnings("038190000001", "female", "1990-12"), []);
    assert_eq!(warnings("038215000001", "male", "2015-01-31"), []);
    assert_eq!(warnings("038315000001", "female", "2015"), []);
    assert_eq!(warnings("038315000001", "male", "2015"), [SexDiffers]);
    assert_eq!(warnings("038115000001", "female", "2015"), [CenturyDiffers]);
    assert_eq!(warnings("038091000001", "female", "1990"), [SexDiffers, YearDiffers]);
    assert_eq!(warnings("999090000001", "male", "1990"), [], "a province that nobody knows is no mistake");
    assert_eq!(warnings("03809000000", "female", "2015"), [], "not a number, says nothing");
    assert_eq!(citizen_id_warnings("038190000001", None, None), []);
    assert_eq!(with(0, "038090000017").unwrap().warnings, [SexDiffers]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), at in 0..WHOLE.len()) {
        let _ = card(&text);
        let at = (0..=at).rev().find(|at| WHOLE.is_char_boundary(*at)).unwrap();
        let _ = card(&format!("{}{text}{}", &WHOLE[..at], &WHOLE[at..]));
    }

    #[test]
    fn a_card_that_was_read_is_one_that_a_member_takes(day in 1_u32..29, month in 1_u32..13, year in 1900_i32..2021, female: bool) {
        let digit = (year / 100 - 19) * 2 + i32::from(female);
        let number = format!("038{digit}{:02}000001", year % 100);
        let sex = if female { "Nữ" } else { "Nam" };
        let read = card(&format!("{number}||Lê Thử|{day:02}{month:02}{year}|{sex}|x|01122021")).unwrap();
        prop_assert_eq!(read.warnings, vec![]);
        prop_assert_eq!(read.born, format!("{year}-{month:02}-{day:02}"));
    }
}
