//! What each field takes and refuses.

use proptest::prelude::*;

use super::*;
use crate::date::parse_day;

const ID: &str = "00112233445566778899aabbccddeeff";

fn field(path: &str) -> Field {
    path.replace("ID", ID).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn enter(path: &str, value: impl Into<Scalar>) -> Result<Scalar, Invalid> {
    check(&field(path), &value.into(), parse_day("2017-05-22").ok())
}

/// Entered text is stored as it is.
fn takes(path: &str, text: &str) {
    assert_eq!(enter(path, text), Ok(Scalar::text(text)), "{path} {text}");
}

#[test]
fn dates_are_real_and_have_passed() {
    for path in ["members/ID/born", "members/ID/left_on", "supports/ID/date"] {
        ["1900", "1950-02", "2016-02-29", "2017-05-22", "2017-05", "2017"]
            .into_iter()
            .for_each(|date| takes(path, date));
        let unreal = ["2017-02-31", "31/02/2017", "2017-02-29", "2017-13", "17-01-01", "hôm qua"];
        for wrong in unreal.into_iter().chain(["2017-05-23", "2017-06", "2018"]) {
            assert_eq!(enter(path, wrong), Err(Invalid::Date), "{path} {wrong}");
        }
        for out in ["1899-12-31", "1899"] {
            assert_eq!(enter(path, out), Err(Invalid::Range), "{path} {out}");
        }
        assert_eq!(enter(path, 2017), Err(Invalid::Type));
        assert_eq!(
            check(&field(path), &"2199-01-01".into(), None),
            Ok("2199-01-01".into()),
            "no clock in the gate"
        );
    }
    takes("indicators/merit_people/date", "2017-05-22");
    assert_eq!(enter("indicators/merit_people/date", "2017-05"), Err(Invalid::Date));
}

#[test]
fn a_citizen_id_has_twelve_digits() {
    let path = "members/ID/citizen_id";
    takes(path, "038186000123");
    assert_eq!(enter(path, " 038 186 000 123 "), Ok("038186000123".into()));
    for wrong in ["03818600012", "0381860001234", "038186000l23", "０38186000123", "172345678"] {
        assert_eq!(enter(path, wrong), Err(Invalid::CitizenId), "{wrong}");
    }
    assert_eq!(enter(path, 38_186_000_123), Err(Invalid::Type));
    assert_eq!(enter(path, ""), Ok(Scalar::Null));
}

#[test]
fn amounts_are_not_negative() {
    let path = "supports/ID/amount_dong";
    for (amount, expected) in [(-1, Err(Invalid::Negative)), (i64::MIN, Err(Invalid::Negative))] {
        assert_eq!(enter(path, amount), expected);
    }
    for amount in [0, 3_000_000, AMOUNT_MAX] {
        assert_eq!(enter(path, amount), Ok(Scalar::Int(amount)));
    }
    assert_eq!(enter(path, AMOUNT_MAX + 1), Err(Invalid::Range));
    assert_eq!(enter(path, "3000000"), Err(Invalid::Type));
}

#[test]
fn a_name_has_letters_and_not_ten_thousand() {
    let path = "members/ID/name";
    takes(path, "Đỗ Văn Hoà");
    assert_eq!(enter(path, "  Đô\u{303}   Văn\tHoa\u{300} "), Ok("Đỗ Văn Hoà".into()));
    assert_eq!(enter(path, "ă".repeat(10_000).as_str()), Err(Invalid::TooLong));
    assert!(enter(path, "a\u{306}".repeat(NAME_MAX).as_str()).is_ok(), "counted composed");
    assert_eq!(enter(path, "ă".repeat(NAME_MAX + 1).as_str()), Err(Invalid::TooLong));
    for empty in [Scalar::Null, "".into(), "   ".into()] {
        assert_eq!(enter(path, empty), Err(Invalid::Empty));
    }
    assert_eq!(enter(path, "?"), Err(Invalid::Type));
    for hidden in ["An\u{0}", "An\u{202e}", "An\u{feff}", "An\u{fffe}", "\u{1b}[31mAn"] {
        assert_eq!(enter(path, hidden), Err(Invalid::Character), "{hidden:?}");
    }
}

#[test]
fn codes_are_of_their_list() {
    let cases: [(&str, &[&str]); 6] = [
        ("members/ID/sex", &SEXES),
        ("members/ID/relation", &RELATIONS),
        ("members/ID/left_why", &LEFT_WHY),
        ("removed_why", &REMOVED_WHY),
        ("reviews/ID/steps/ID/step", &STEPS),
        ("tasks/plan_2017/status", &TASK_STATUSES),
    ];
    for (path, codes) in cases {
        codes.iter().for_each(|code| takes(path, code));
        for wrong in ["nam", "Male", "merged into"] {
            assert_eq!(enter(path, wrong), Err(Invalid::Option), "{path} {wrong}");
        }
        assert_eq!(enter(path, true), Err(Invalid::Type), "{path}");
    }
}

#[test]
fn an_ethnicity_is_of_the_list_of_1979() {
    ["tctk1979:01", "tctk1979:06", "tctk1979:54"]
        .into_iter()
        .for_each(|code| takes("members/ID/ethnicity", code));
    for wrong in ["tctk1979:00", "tctk1979:55", "tctk1979:6", "tctk1979:+6", "tctk2008:06", "06", "Mường"]
    {
        assert_eq!(enter("members/ID/ethnicity", wrong), Err(Invalid::Ethnicity), "{wrong}");
    }
}

#[test]
fn ids_and_references_are_well_formed() {
    for path in ["head", "merged_into", "supports/ID/member", "reviews/ID/visits/ID/by", "photos/ID/review"] {
        takes(path, ID);
        assert_eq!(enter(path, "Đỗ Văn Hoà"), Err(Invalid::Id), "{path}");
        assert_eq!(enter(path, 7), Err(Invalid::Type), "{path}");
    }
    takes("members/ID/origin", &format!("{ID}/{ID}"));
    assert_eq!(enter("members/ID/origin", ID), Err(Invalid::Id));
    takes("reviews/ID/steps/ID/after", &format!("{ID},{ID}"));
    assert_eq!(enter("reviews/ID/steps/ID/after", ""), Ok(Scalar::Null), "the first step saw none");
    assert_eq!(enter("reviews/ID/steps/ID/after", format!("{ID}, {ID}").as_str()), Err(Invalid::Id));
    let many = vec![ID; LIST_MAX + 1].join(",");
    assert_eq!(enter("reviews/ID/steps/ID/after", many.as_str()), Err(Invalid::TooLong));
    let hash = format!("{ID}{ID}");
    takes("reviews/ID/choices/ID/chosen", &hash);
    takes("reviews/ID/choices/ID/over", &format!("{hash},{hash}"));
    takes("photos/ID/sha256", &hash);
    assert_eq!(enter("photos/ID/sha256", ID), Err(Invalid::Id));
    takes("reviews/ID/choices/ID/field", &format!("reviews/{ID}/answers/bhyt/{ID}"));
    assert_eq!(enter("reviews/ID/choices/ID/field", "reviews"), Err(Invalid::Field));
}

#[test]
fn numbers_stay_in_their_range() {
    let cases = [
        ("reviews/ID/b1_entered", B1_MIN, B1_MAX),
        ("place/lat", -LATITUDE_MAX, LATITUDE_MAX),
        ("place/lng", -LONGITUDE_MAX, LONGITUDE_MAX),
        ("place/accuracy_m", 0, ACCURACY_MAX),
        ("members/ID/order", 0, NUMBER_MAX),
        ("reviews/ID/visits/ID/at", 0, TIME_MAX),
        ("photos/ID/bytes", 1, PHOTO_MAX),
        ("indicators/merit_people/value", -NUMBER_MAX, NUMBER_MAX),
    ];
    for (path, least, greatest) in cases {
        for inside in [least, greatest] {
            assert_eq!(enter(path, inside), Ok(Scalar::Int(inside)), "{path}");
        }
        for outside in [least - 1, greatest + 1] {
            assert_eq!(enter(path, outside), Err(Invalid::Range), "{path} {outside}");
        }
        assert_eq!(enter(path, true), Err(Invalid::Type), "{path}");
    }
}

#[test]
fn registry_keys_periods_and_figures() {
    takes("supports/ID/policy", "nha_o_22");
    assert_eq!(enter("supports/ID/policy", "Nhà ở"), Err(Invalid::Policy));
    ["2017", "2017-Q1", "2017-Q4", "2017-03"]
        .into_iter()
        .for_each(|period| takes("supports/ID/period", period));
    for wrong in ["2017-Q5", "2017-Q", "17-Q1", "2017-03-01", "quý 1", "2017-13"] {
        assert_eq!(enter("supports/ID/period", wrong), Err(Invalid::Date), "{wrong}");
    }
    takes("indicators/primary_universal/value", "99.9");
    assert_eq!(enter("indicators/primary_universal/value", "99.90"), Ok("99.9".into()));
    assert_eq!(enter("indicators/primary_universal/value", "100"), Ok(100.into()));
    for wrong in ["99,9", "99.", ".5", "nhiều"] {
        assert_eq!(enter("indicators/primary_universal/value", wrong), Err(Invalid::Type), "{wrong}");
    }
    takes("place/phone", "+84 (237) 3.770-123");
    assert_eq!(enter("place/phone", "gọi anh Hoà"), Err(Invalid::Character));
    assert_eq!(enter("place/phone", "0".repeat(PHONE_MAX + 1).as_str()), Err(Invalid::TooLong));
}

#[test]
fn narrative_keeps_its_lines() {
    let path = "reviews/ID/comments/ID/text";
    assert_eq!(enter(path, " Xem lại\r\ndiện tích \n"), Ok("Xem lại\ndiện tích".into()));
    assert_eq!(enter(path, "a".repeat(TEXT_MAX + 1).as_str()), Err(Invalid::TooLong));
    assert_eq!(enter(path, "\u{7}"), Err(Invalid::Character));
    assert_eq!(enter("place/address", "Số 5\nngõ 3"), Ok("Số 5 ngõ 3".into()), "an address is one line");
}

#[test]
fn a_field_can_be_cleared_and_what_someone_did_cannot() {
    for path in
        ["place/address", "head", "members/ID/born", "reviews/ID/answers/nuoc", "reviews/ID/b1_entered"]
    {
        assert_eq!(enter(path, Scalar::Null), Ok(Scalar::Null), "{path}");
    }
    for path in ["reviews/ID/steps/ID/step", "reviews/ID/steps/ID/by", "reviews/ID/choices/ID/chosen"] {
        assert_eq!(enter(path, Scalar::Null), Err(Invalid::Empty), "{path}");
        assert_eq!(enter(path, ""), Err(Invalid::Empty), "{path}");
    }
}

#[test]
fn not_known_is_for_answers() {
    takes("reviews/ID/answers/nuoc", "?");
    takes("reviews/ID/answers/bhyt/ID", "?");
    for path in ["place/address", "members/ID/born", "reviews/ID/b1_entered", "reviews/ID/comments/ID/text"] {
        assert_eq!(enter(path, "?"), Err(Invalid::Type), "{path}");
    }
}

fn any_field() -> impl Strategy<Value = Field> {
    let paths = [
        "place/address",
        "place/phone",
        "members/ID/name",
        "members/ID/born",
        "members/ID/citizen_id",
        "members/ID/ethnicity",
        "members/ID/sex",
        "reviews/ID/answers/nuoc",
        "reviews/ID/comments/ID/text",
        "reviews/ID/steps/ID/after",
        "supports/ID/period",
        "supports/ID/policy",
        "indicators/x/value",
        "head",
    ];
    proptest::sample::select(paths.to_vec()).prop_map(field)
}

fn any_scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        Just(Scalar::Null),
        any::<bool>().prop_map(Scalar::Bool),
        any::<i64>().prop_map(Scalar::Int),
        "\\PC{0,40}".prop_map(Scalar::Text),
        "[0-9 .,:/-]{0,14}".prop_map(Scalar::Text),
        any::<String>().prop_map(Scalar::Text),
    ]
}

proptest! {
    #[test]
    fn what_was_checked_once_stays_as_it_is(field in any_field(), value in any_scalar()) {
        if let Ok(stored) = check(&field, &value, None) {
            prop_assert_eq!(check(&field, &stored, None), Ok(stored));
        }
    }
}
