//! Each of the twelve indicators from 2022 on: yes, no, not yet known; the ages at their edges.

use super::*;
use crate::fixture::{Home, person, rulebook_2022};
use crate::scalar::Scalar;
use Truth::{No, Unknown, Yes};

/// One person born on a day, with these answers about them and nothing else.
fn alone(born: &str, answers: &[(&str, Scalar)]) -> Home {
    let mut home = Home::under(rulebook_2022());
    let who = home.person(born);
    answers
        .iter()
        .fold(home, |home, (question, value)| home.tell(&format!("{question}/{who}"), value.clone()))
}

fn yes(question: &str) -> (&str, Scalar) {
    (question, true.into())
}

fn no(question: &str) -> (&str, Scalar) {
    (question, false.into())
}

#[test]
fn a_sound_household_is_deprived_in_nothing_and_an_unknown_one_open_everywhere() {
    for finding in Home::sound_2022().findings() {
        assert_eq!((finding.deprived, finding.points), (No, 0), "{}", finding.indicator);
        assert!(!finding.because.is_empty() && finding.missing.is_empty(), "{}", finding.indicator);
    }
    for finding in alone("", &[]).findings() {
        assert_eq!((finding.deprived, finding.points), (Unknown, 0), "{}", finding.indicator);
    }
}

#[test]
fn the_household_s_indicators() {
    let cases: [(&str, &str, Scalar, Deprived); 13] = [
        ("nha_chat_luong", "mai_ben_chac", true.into(), No),
        ("nha_chat_luong", "mai_ben_chac", false.into(), Yes),
        ("nha_chat_luong", "mai_ben_chac", "?".into(), Unknown),
        ("nha_dien_tich", "dien_tich", 32_i64.into(), No),
        ("nha_dien_tich", "dien_tich", 31_i64.into(), Yes),
        ("nuoc", "nuoc", "dong_chai".into(), No),
        ("nuoc", "nuoc", "khac".into(), Yes),
        ("nha_tieu", "nha_tieu", "tham_doi".into(), No),
        ("nha_tieu", "nha_tieu", "khong".into(), Yes),
        ("vien_thong", "internet", false.into(), Yes),
        ("vien_thong", "internet", "?".into(), Unknown),
        ("phuong_tien_tt", "phuong_tien_tt#tivi", false.into(), Yes),
        ("phuong_tien_tt", "phuong_tien_tt#tivi", true.into(), No),
    ];
    for (indicator, question, answer, expected) in cases {
        let found = Home::sound_2022().tell(question, answer.clone()).deprived(indicator);
        assert_eq!(found, expected, "{indicator}: {question} {answer:?}");
    }
}

#[test]
fn two_bad_parts_of_three_make_a_dwelling_that_is_not_durable() {
    for (pillars, roof, walls, expected) in [
        (true, true, true, No),
        (false, true, true, No),
        (true, false, true, No),
        (true, true, false, No),
        (false, false, true, Yes),
        (false, true, false, Yes),
        (true, false, false, Yes),
        (false, false, false, Yes),
    ] {
        let home = Home::sound_2022().tell("cot_ben_chac", pillars).tell("mai_ben_chac", roof);
        assert_eq!(home.tell("tuong_ben_chac", walls).deprived("nha_chat_luong"), expected);
    }
    let two_bad = Home::sound_2022().tell("mai_ben_chac", false).forget("tuong_ben_chac");
    assert_eq!(two_bad.deprived("nha_chat_luong"), Yes, "the third part cannot change it");
}

// The day of the fixtures is 2016-10-01: who is born on a day of 2000 turns 16 on that day of 2016.

#[test]
fn work_is_asked_of_those_who_can() {
    let works = |state: &'static str| {
        alone("1980", &[yes("kha_nang_lao_dong"), ("viec_lam", state.into())]).deprived("viec_lam")
    };
    assert_eq!(works("co_hop_dong"), No);
    assert_eq!(works("tu_lam"), No);
    assert_eq!(works("khong_tim_viec"), No);
    assert_eq!(works("khong_co_viec"), Yes);
    assert_eq!(works("khong_hop_dong"), Yes);
    assert_eq!(works("?"), Unknown);
}

#[test]
fn more_than_half_dependants_and_not_just_half() {
    assert_eq!(alone("2000-10-02", &[]).deprived("nguoi_phu_thuoc"), Yes, "a child of 15 alone");
    assert_eq!(alone("2000-10-01", &[no("tcxh_thang")]).deprived("nguoi_phu_thuoc"), No, "16 on that day");
    assert_eq!(alone("2000", &[no("tcxh_thang")]).deprived("nguoi_phu_thuoc"), Unknown, "15 or 16");
    assert_eq!(alone("1940", &[yes("tcxh_thang")]).deprived("nguoi_phu_thuoc"), Yes);
    assert_eq!(alone("1940", &[]).deprived("nguoi_phu_thuoc"), Unknown);
    let half = Home::sound_2022();
    assert_eq!(half.deprived("nguoi_phu_thuoc"), No, "two of four");
    assert_eq!(half.forget(&format!("tcxh_thang/{}", person(0))).deprived("nguoi_phu_thuoc"), Unknown);
    let mut one_child_more = Home::sound_2022();
    one_child_more.person("2015");
    assert_eq!(one_child_more.deprived("nguoi_phu_thuoc"), Yes, "three of five");
    let open_but_settled = one_child_more.forget(&format!("tcxh_thang/{}", person(1)));
    assert_eq!(open_but_settled.deprived("nguoi_phu_thuoc"), Yes, "the open one cannot change it");
}

#[test]
fn nutrition_is_about_children_under_16() {
    let child = |born: &str, answers: &[(&str, Scalar)]| alone(born, answers).deprived("dinh_duong");
    let well = [no("sdd_chieu_cao"), no("sdd_can_nang")];
    assert_eq!(child("2010", &well), No);
    assert_eq!(child("2010", &[no("sdd_chieu_cao"), yes("sdd_can_nang")]), Yes);
    assert_eq!(child("2010", &[yes("sdd_chieu_cao")]), Yes, "the other cannot change it");
    assert_eq!(child("2000-10-02", &[yes("sdd_can_nang"), no("sdd_chieu_cao")]), Yes);
    assert_eq!(child("2000-10-01", &[yes("sdd_can_nang"), no("sdd_chieu_cao")]), No, "16 on that day");
    assert_eq!(child("2000-10", &[yes("sdd_can_nang"), no("sdd_chieu_cao")]), Unknown);
}

#[test]
fn insurance_is_about_those_of_six_and_over() {
    assert_eq!(alone("2010-10-01", &[no("bhyt")]).deprived("bhyt"), Yes, "six on that day");
    assert_eq!(alone("2010-10-02", &[no("bhyt")]).deprived("bhyt"), No);
    assert_eq!(alone("2010-10", &[no("bhyt")]).deprived("bhyt"), Unknown);
    assert_eq!(alone("1980", &[]).deprived("bhyt"), Unknown);
}

#[test]
fn the_schooling_of_the_young_depends_on_their_age() {
    let learns = |born: &str, diploma: &'static str, more: &[(&str, Scalar)]| {
        let own = [no("dang_hoc"), ("bang_cap", diploma.into())];
        alone(born, &[&own, more].concat()).deprived("gd_nguoi_lon")
    };
    let not = [no("vua_hoc_vua_lam")];
    assert_eq!(learns("2000-10-02", "chua_co", &not), No, "15");
    assert_eq!(learns("2000-10-01", "tieu_hoc", &[]), Yes, "16");
    assert_eq!(learns("2000-10-01", "thcs", &[]), No);
    assert_eq!(learns("1998-10-02", "thcs", &[]), No, "17");
    assert_eq!(learns("1998-10-01", "thcs", &not), Yes, "18");
    assert_eq!(learns("1998-10-01", "so_cap", &not), No);
    assert_eq!(learns("1998-10-01", "thcs", &[yes("vua_hoc_vua_lam")]), No);
    assert_eq!(learns("1998-10-01", "thcs", &[]), Unknown);
    assert_eq!(learns("1985-10-02", "chua_co", &not), Yes, "30");
    assert_eq!(learns("1985-10-01", "chua_co", &not), No, "31");
    assert_eq!(learns("1998-10", "thcs", &not), Unknown, "17 or 18");
    assert_eq!(
        alone("1995", &[yes("dang_hoc"), ("bang_cap", "chua_co".into())]).deprived("gd_nguoi_lon"),
        No
    );
}

#[test]
fn children_from_three_to_fifteen_learn_at_their_level() {
    let child = |born: &str, answers: &[(&str, Scalar)]| alone(born, answers).deprived("gd_tre_em");
    assert_eq!(child("2013-10-01", &[no("dang_hoc")]), Yes, "three on that day");
    assert_eq!(child("2013-10-02", &[no("dang_hoc")]), No);
    assert_eq!(child("2008", &[yes("dang_hoc"), yes("dung_cap")]), No);
    assert_eq!(child("2008", &[yes("dang_hoc"), no("dung_cap")]), Yes);
    assert_eq!(child("2008", &[yes("dang_hoc")]), Unknown);
    assert_eq!(child("2000-10-02", &[no("dang_hoc")]), Yes, "15");
    assert_eq!(child("2000-10-01", &[no("dang_hoc")]), No, "16");
    assert_eq!(child("2000", &[no("dang_hoc")]), Unknown);
}
