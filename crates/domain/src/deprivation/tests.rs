//! Each of the ten indicators: yes, no, not yet known; the ages at their edges.

use super::*;
use crate::fixture::{Home, person};
use crate::scalar::Scalar;
use Truth::{No, Unknown, Yes};

/// The well-off household with one member's date of birth changed.
fn born(at: usize, date: &str) -> Home {
    let mut home = Home::well_off();
    home.0.members.get_mut(&person(at)).unwrap().born = (!date.is_empty()).then(|| date.to_owned());
    home
}

#[test]
fn a_household_that_lacks_nothing_is_deprived_in_nothing() {
    for finding in Home::well_off().findings() {
        assert_eq!((finding.deprived, finding.points), (No, 0), "{}", finding.indicator);
        assert!(!finding.because.is_empty() && finding.missing.is_empty(), "{}", finding.indicator);
    }
}

#[test]
fn a_household_of_which_nothing_is_known_is_open_everywhere() {
    for home in [Home::empty(), {
        let mut home = Home::empty();
        home.person("");
        home
    }] {
        for finding in home.findings() {
            assert_eq!((finding.deprived, finding.points), (Unknown, 0), "{}", finding.indicator);
            assert!(finding.because.is_empty(), "{}", finding.indicator);
        }
    }
}

#[test]
fn the_household_s_indicators() {
    let cases: [(&str, &str, &str, Deprived); 17] = [
        ("nha_chat_luong", "nha_loai", "kien_co", No),
        ("nha_chat_luong", "nha_loai", "ban_kien_co", No),
        ("nha_chat_luong", "nha_loai", "thieu_kien_co", Yes),
        ("nha_chat_luong", "nha_loai", "don_so", Yes),
        ("nha_chat_luong", "nha_loai", "?", Unknown),
        ("nuoc", "nuoc", "may", No),
        ("nuoc", "nuoc", "gieng_khoan", No),
        ("nuoc", "nuoc", "gieng_dao_bao_ve", No),
        ("nuoc", "nuoc", "khe_bao_ve", No),
        ("nuoc", "nuoc", "mua", No),
        ("nuoc", "nuoc", "khac", Yes),
        ("nuoc", "nuoc", "?", Unknown),
        ("nha_tieu", "nha_tieu", "hai_ngan", No),
        ("nha_tieu", "nha_tieu", "khac", Yes),
        ("nha_tieu", "nha_tieu", "khong", Yes),
        ("nha_tieu", "nha_tieu", "?", Unknown),
        ("vien_thong", "vien_thong", "?", Unknown),
    ];
    for (indicator, question, answer, expected) in cases {
        assert_eq!(
            Home::well_off().tell(question, answer).deprived(indicator),
            expected,
            "{question} {answer}"
        );
    }
    assert_eq!(Home::well_off().tell("vien_thong", false).deprived("vien_thong"), Yes);
    for question in ["nha_loai", "nuoc", "nha_tieu", "vien_thong", "dien_tich"] {
        let indicator = match question {
            "nha_loai" => "nha_chat_luong",
            "dien_tich" => "nha_dien_tich",
            same => same,
        };
        let finding = Home::well_off().forget(question).finding(indicator);
        assert_eq!(finding.deprived, Unknown);
        assert_eq!(finding.missing, vec![AnswerKey::household(question)]);
    }
}

#[test]
fn eight_square_metres_a_person_are_enough() {
    for (area, expected) in [(31, Yes), (32, No), (33, No), (1, Yes)] {
        assert_eq!(Home::well_off().tell("dien_tich", area).deprived("nha_dien_tich"), expected, "{area} m²");
    }
    let mut home = Home::well_off().tell("dien_tich", 31);
    home.0.members.get_mut(&person(0)).unwrap().left = true;
    assert_eq!(home.deprived("nha_dien_tich"), No, "who left needs no room");
}

#[test]
fn one_thing_to_learn_from_is_enough() {
    let nothing = || {
        let home = Home::well_off().tell("tai_san_tt#tivi", false).tell("tai_san_tt#radio", false);
        home.tell("tai_san_tt#may_tinh", false).tell("nghe_loa", false)
    };
    assert_eq!(nothing().deprived("tai_san_tt"), Yes);
    assert_eq!(nothing().tell("nghe_loa", true).deprived("tai_san_tt"), No);
    assert_eq!(nothing().tell("nghe_loa", "?").deprived("tai_san_tt"), Unknown);
    for thing in ["tivi", "radio", "may_tinh"] {
        let key = format!("tai_san_tt#{thing}");
        assert_eq!(nothing().tell(&key, true).deprived("tai_san_tt"), No);
        let open = nothing().forget(&key).finding("tai_san_tt");
        assert_eq!((open.deprived, open.missing), (Unknown, vec![AnswerKey::option("tai_san_tt", thing)]));
        assert_eq!(nothing().forget(&key).tell("nghe_loa", true).deprived("tai_san_tt"), No);
    }
}

#[test]
fn a_badly_ill_member_who_was_not_treated() {
    let (ill, treated) = (format!("om_nang/{}", person(3)), format!("di_kham/{}", person(3)));
    let home = Home::well_off().tell(&ill, true);
    assert_eq!(home.clone().tell(&treated, false).deprived("y_te_dich_vu"), Yes);
    assert_eq!(home.clone().tell(&treated, true).deprived("y_te_dich_vu"), No);
    assert_eq!(home.finding("y_te_dich_vu").missing, vec![AnswerKey::member("di_kham", person(3))]);
    assert_eq!(home.tell(&ill, false).tell(&treated, false).deprived("y_te_dich_vu"), No, "nobody was ill");

    let unasked = Home::well_off().forget(&ill).finding("y_te_dich_vu");
    assert_eq!(unasked.deprived, Unknown);
    assert_eq!(
        unasked.missing,
        vec![AnswerKey::member("om_nang", person(3))],
        "treatment is asked of the ill"
    );
    let settled = Home::well_off().forget(&ill).tell(&treated, true);
    assert_eq!(settled.deprived("y_te_dich_vu"), No, "ill or not, no illness went untreated");
}

#[test]
fn insurance_counts_from_the_sixth_birthday() {
    let key = format!("bhyt/{}", person(3));
    for (date, expected) in [
        ("2010-09-30", Yes),
        ("2010-10-01", Yes),
        ("2010-10-02", No),
        ("2016-09-30", No),
        ("2009", Yes),
        ("2010", Unknown),
        ("2010-10", Unknown),
        ("2010-11", No),
        ("2011", No),
        ("", Unknown),
        ("31/02/2010", Unknown),
    ] {
        let home = born(3, date).tell(&key, false);
        assert_eq!(home.deprived("y_te_bhyt"), expected, "{date}");
        assert_eq!(born(3, date).tell(&key, true).deprived("y_te_bhyt"), No, "{date}, insured");
        let births = if expected == Unknown { vec![person(3)] } else { Vec::new() };
        assert_eq!(home.finding("y_te_bhyt").births, births, "{date}");
    }
    let key = format!("bhyt/{}", person(0));
    assert_eq!(Home::well_off().forget(&key).deprived("y_te_bhyt"), Unknown);
    assert_eq!(Home::well_off().tell(&key, "?").deprived("y_te_bhyt"), Unknown);
    let mut home = Home::well_off().tell(&key, false);
    home.0.members.get_mut(&person(0)).unwrap().left = true;
    assert_eq!(home.deprived("y_te_bhyt"), No, "who left does not count");
}

#[test]
fn one_uninsured_member_decides_whatever_is_unknown_of_the_others() {
    let home = Home::well_off().tell(&format!("bhyt/{}", person(0)), false);
    let finding = home.forget(&format!("bhyt/{}", person(1))).finding("y_te_bhyt");
    assert_eq!((finding.deprived, finding.points), (Yes, 10));
    let told: Vec<_> = finding.because.iter().map(|reason| serde_json::to_value(reason).unwrap()).collect();
    assert_eq!(told.len(), 2, "the age and the answer of the one: {told:?}");
    assert_eq!(told[0]["years_min"], 36);
    assert_eq!(told[0]["member_name"], "Người 0");
    assert_eq!(told[1]["key"], format!("bhyt/{}", person(0)));
    assert_eq!(told[1]["value"], false);
    assert_eq!(told[1]["question_vi"], "Hiện có thẻ bảo hiểm y tế còn hạn không?");
}

#[test]
fn adults_born_from_1986_need_lower_secondary_school() {
    let (level, school) = (format!("bang_cap/{}", person(1)), format!("dang_hoc/{}", person(1)));
    for (date, expected) in [
        ("1985-12-31", No),
        ("1985", No),
        ("1986-01-01", Yes),
        ("1986", Yes),
        ("2001-10-01", Yes),
        ("2001-10-02", No),
        ("2001", Unknown),
        ("2001-10", Unknown),
        ("", Unknown),
    ] {
        let home = born(1, date).tell(&level, "tieu_hoc").tell(&school, false);
        assert_eq!(home.deprived("gd_nguoi_lon"), expected, "{date}");
    }
    for (answer, expected) in [
        ("chua_co", Yes),
        ("tieu_hoc", Yes),
        ("thcs", No),
        ("thpt", No),
        ("trung_cap", No),
        ("cao_dang", No),
        ("dai_hoc", No),
        ("?", Unknown),
    ] {
        assert_eq!(Home::well_off().tell(&level, answer).deprived("gd_nguoi_lon"), expected, "{answer}");
    }
    let pupil = Home::well_off().tell(&level, "tieu_hoc").tell(&school, true);
    assert_eq!(pupil.deprived("gd_nguoi_lon"), No, "goes to school");
    let unasked = Home::well_off().tell(&level, "tieu_hoc").forget(&school).finding("gd_nguoi_lon");
    assert_eq!(
        (unasked.deprived, unasked.missing),
        (Unknown, vec![AnswerKey::member("dang_hoc", person(1))])
    );
    let schooled = Home::well_off().tell(&level, "thcs").forget(&school);
    assert_eq!(schooled.deprived("gd_nguoi_lon"), No, "the level alone decides");
}

#[test]
fn children_from_five_to_under_fifteen_go_to_school() {
    let school = format!("dang_hoc/{}", person(2));
    for (date, expected) in [
        ("2011-10-02", No),
        ("2011-10-01", Yes),
        ("2011", Unknown),
        ("2010", Yes),
        ("2001-10-02", Yes),
        ("2001-10-01", No),
        ("2001", Unknown),
        ("2000", No),
        ("", Unknown),
    ] {
        assert_eq!(born(2, date).tell(&school, false).deprived("gd_tre_em"), expected, "{date}");
        assert_eq!(born(2, date).tell(&school, true).deprived("gd_tre_em"), No, "{date}, at school");
    }
    let unasked = Home::well_off().forget(&school).finding("gd_tre_em");
    assert_eq!(
        (unasked.deprived, unasked.missing),
        (Unknown, vec![AnswerKey::member("dang_hoc", person(2))])
    );
}

#[test]
fn an_answer_that_does_not_fit_its_question_counts_as_missing() {
    let mut home = Home::well_off();
    home.record().answers.insert(AnswerKey::household("nuoc"), Scalar::text("song"));
    home.record().answers.insert(AnswerKey::household("dien_tich"), Scalar::Int(-5));
    assert_eq!(home.deprived("nuoc"), Unknown);
    assert_eq!(home.deprived("nha_dien_tich"), Unknown);
    home.record().answers.insert(AnswerKey::household("nuoc"), Scalar::Null);
    assert_eq!(home.deprived("nuoc"), Unknown);
}

#[test]
fn a_finding_can_be_printed_without_looking_anything_up() {
    let finding = Home::well_off().tell("nuoc", "khac").finding("nuoc");
    assert_eq!(finding.name_vi, "Nguồn nước sinh hoạt");
    assert_eq!(finding.points, 10);
    assert_eq!(finding.status, Status::Recall);
    let told = serde_json::to_value(&finding.because).unwrap();
    assert_eq!(told[0]["fact"], "answer");
    assert_eq!(told[0]["option_vi"], "Nguồn khác");
    assert_eq!(told[0]["option_en"], "Another source");
}
