//! Points counted from a made-up table: every kind of item, and everything that keeps it from being used.

use super::*;
use crate::classification::{Class, ReasonCode, classify};
use crate::completeness::completeness;
use crate::fixture::{Home, REVIEW, as_of, rulebook};
use crate::rulebook::{Rulebook, pinned};
use crate::scalar::Scalar;
use crate::unit::{Area, Locality};

/// The column that the tests read; every other one gives one point more an answer.
const REGION: &str = "THANH_THI";

fn answer(item: &str, label: &str, points: i64) -> B1Answer {
    let regions = ShippedB1::of("2016-2021").unwrap().regions.iter();
    let of = |region: &B1Region| (region.id.clone(), points + i64::from(region.id != REGION));
    B1Answer {
        id: answer_id(item, label),
        label_vi: label.to_owned(),
        label_en: None,
        points: regions.map(of).collect(),
    }
}

fn item(no: &str, name: &str, kind: B1Kind, answers: &[(&str, i64)]) -> B1Item {
    B1Item {
        id: format!("b1_{no}"),
        no: no.to_owned(),
        name_vi: name.to_owned(),
        name_en: None,
        kind,
        waived_vi: None,
        answers: answers.iter().map(|(label, points)| answer(name, label, *points)).collect(),
        status: Status::Verified,
        source: "bảng giả định".to_owned(),
    }
}

/// One item of each kind; the first is waived for some households.
fn table() -> B1Table {
    let people = item("1", "Số người", B1Kind::Single, &[("một", 70), ("hai", 41)]);
    B1Table {
        rulebook: "2016-2021".to_owned(),
        version: "Thử 1".to_owned(),
        legal: "Bảng giả định".to_owned(),
        fictitious: true,
        regions: ShippedB1::of("2016-2021").unwrap().regions.iter().map(|it| it.id.clone()).collect(),
        items: vec![
            B1Item { waived_vi: Some("hộ chỉ gồm trẻ em".to_owned()), ..people },
            item("2", "Lương hưu", B1Kind::OneOrNone, &[("một người", 13), ("nhiều người", 31)]),
            item("3", "Tài sản", B1Kind::Several, &[("xe máy", 17), ("tủ lạnh", 9)]),
        ],
    }
}

fn merged(table: &B1Table) -> Rulebook {
    rulebook().with_table(table).expect("the table is complete")
}

/// The key of an answer's words.
fn key(name: &str, label: &str) -> String {
    answer_id(name, label)
}

/// The well-off household with these answers to the table's items.
fn home(answers: &[(&str, Scalar)]) -> Home {
    let mut home = Home::well_off();
    for (question, value) in answers {
        home.record().answers.insert(question.parse().unwrap(), value.clone());
    }
    home
}

fn complete() -> Vec<(String, Scalar)> {
    vec![
        ("b1_1".to_owned(), Scalar::text(key("Số người", "một"))),
        ("b1_2".to_owned(), Scalar::text("none")),
        (format!("b1_3#{}", key("Tài sản", "xe máy")), true.into()),
        (format!("b1_3#{}", key("Tài sản", "tủ lạnh")), true.into()),
    ]
}

fn decide(
    table: &B1Table,
    answers: &[(String, Scalar)],
    region: Option<&str>,
) -> crate::classification::Decision {
    let answers: Vec<(&str, Scalar)> =
        answers.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    let locality = Locality { area: Area::Urban, b1_region: region };
    classify(&merged(table), locality, &home(&answers).0, REVIEW, as_of())
}

#[test]
fn the_points_of_every_kind_of_item_add_up_and_each_has_its_line() {
    let decision = decide(&table(), &complete(), Some(REGION));
    assert_eq!(decision.score.b1, Some(70 + 17 + 9));
    assert_eq!(decision.class, Some(Class::PoorIncome));
    let lines: Vec<_> =
        decision.score.lines[..3].iter().map(|line| (line.rule.as_str(), line.points)).collect();
    assert_eq!(lines, [("b1_1", Some(70)), ("b1_2", Some(0)), ("b1_3", Some(26))]);
    assert!(
        decision.score.lines[..3].iter().all(|line| !line.answer.is_empty()),
        "each line names its answers"
    );
    let used = decision.score.b1_used.unwrap();
    assert_eq!((used.hash, used.fictitious, used.open), (table().hash(), true, 0));
    assert_eq!(used.region.as_deref(), Some(REGION));
}

#[test]
fn another_column_gives_other_points() {
    assert_eq!(decide(&table(), &complete(), Some("NT_DBSH")).score.b1, Some(71 + 18 + 10));
}

#[test]
fn a_waived_item_and_an_item_without_anything_give_none() {
    let mut answers = complete();
    answers[0].1 = Scalar::text("waived");
    answers[2].1 = false.into();
    answers[3].1 = false.into();
    assert_eq!(decide(&table(), &answers, Some(REGION)).score.b1, Some(0));
}

#[test]
fn an_open_item_keeps_the_total_open_and_is_counted() {
    for at in 0..2 {
        let mut answers = complete();
        answers.remove(at);
        let decision = decide(&table(), &answers, Some(REGION));
        assert_eq!((decision.score.b1, decision.class), (None, None));
        let open = decision.reason.iter().find(|line| line.code == ReasonCode::B1ItemsOpen).unwrap();
        assert_eq!(open.params["open"], Scalar::Int(1));
    }
    let unknown = [complete(), vec![("b1_1".to_owned(), Scalar::text("?"))]].concat();
    assert_eq!(decide(&table(), &unknown, Some(REGION)).score.b1, None, "asked, not known");
}

#[test]
fn without_a_column_there_is_no_total() {
    for region in [None, Some("NOWHERE")] {
        let decision = decide(&table(), &complete(), region);
        assert_eq!((decision.score.b1, decision.class), (None, None));
        assert!(decision.reason.iter().any(|line| line.code == ReasonCode::B1NoRegion));
    }
}

#[test]
fn an_answer_whose_words_the_table_no_longer_has_counts_as_not_given() {
    let mut corrected = table();
    corrected.items[0].answers[0] = answer("Số người", "một người", 70);
    let decision = decide(&corrected, &complete(), Some(REGION));
    assert_eq!((decision.score.b1, decision.score.b1_used.unwrap().open), (None, 1));
}

#[test]
fn an_entered_total_does_not_count_beside_a_table() {
    let mut both = home(&[]).b1(50);
    let decision = classify(&merged(&table()), Area::Urban, &both.0, REVIEW, as_of());
    assert_eq!(decision.score.b1, None);
    assert_eq!(both.record().b1_entered, Some(50), "it is kept");
    let form = completeness(&merged(&table()), &both.0, REVIEW, as_of());
    assert!(!form.b1_missing && form.missing.iter().any(|key| key.question == "b1_1"));
}

#[test]
fn a_table_that_is_not_complete_or_of_another_rulebook_is_never_taken() {
    let mut blank = table();
    blank.items[0].answers[0].points.remove(REGION);
    let mut other = table();
    other.rulebook = "2022-2026".to_owned();
    let mut empty = table();
    empty.items.clear();
    for table in [blank, other, empty] {
        assert!(rulebook().with_table(&table).is_none());
    }
}

#[test]
fn a_review_without_the_table_that_it_pins_has_no_rulebook() {
    let mut review = crate::fixture::review();
    assert_eq!(pinned(&review, &[]).map(|it| it.b1.table.is_some()), Some(false));
    let mut table = table();
    table.version = "Thử pinned".to_owned();
    review.b1_table = Some(table.hash());
    assert!(pinned(&review, &[]).is_none(), "the table is not here");
    assert_eq!(pinned(&review, &[table]).and_then(|it| it.b1.table_hash.clone()), review.b1_table);
    review.rulebook_hash = "00".repeat(32);
    assert!(pinned(&review, &[]).is_none(), "another edition of the rulebook");
}
