//! Contradictions and covered values, and how a person settles them.

use domain::scalar::Scalar;
use records::{ConflictKind, Heads};

use crate::support::{Officer, answer, hex, meet, text};

const CONCURRENT: ConflictKind = ConflictKind::Concurrent;
const COVERED: ConflictKind = ConflictKind::Covered;

/// Two officers who answered differently, and met.
fn contradiction() -> (Officer, Officer) {
    let (mut one, mut two) = (Officer::new(1), Officer::new(2));
    one.answers("nha_tieu", "khong");
    meet(&mut one, &mut two);
    one.answers("nuoc", "may");
    two.answers("nuoc", "mua");
    meet(&mut one, &mut two);
    (one, two)
}

#[test]
fn both_see_both_answers_with_author_and_time() {
    let (one, two) = contradiction();
    for officer in [&one, &two] {
        let conflict = officer.conflict(CONCURRENT).unwrap();
        assert_eq!(conflict.field.to_string(), answer("nuoc"));
        let told: Vec<_> = conflict.values.iter().map(|told| (told.value.clone(), told.actor)).collect();
        assert_eq!(told, [(text("mua"), two.actor), (text("may"), one.actor)]);
        assert_eq!(officer.reads("nuoc"), Some(text("mua")), "the winner comes first");
        for told in &conflict.values {
            let change = officer.document.change(&told.hash).unwrap();
            assert_eq!((told.time, told.visit), (change.time, change.visit));
        }
    }
}

#[test]
fn different_answers_and_new_members_are_all_kept() {
    let (mut one, mut two) = (Officer::new(1), Officer::new(2));
    one.saves(&[(&answer("nuoc"), text("may")), (&format!("members/{}/name", hex(0xa1)), text("Mai"))]);
    two.saves(&[(&answer("nha_tieu"), text("khong")), (&format!("members/{}/name", hex(0xa2)), text("Nam"))]);
    meet(&mut one, &mut two);
    assert!(one.document.conflicts().is_empty());
    assert_eq!(one.document.household().members.len(), 2);
    assert_eq!((one.reads("nuoc"), one.reads("nha_tieu")), (Some(text("may")), Some(text("khong"))));
}

#[test]
fn equal_answers_are_no_conflict_and_need_no_save() {
    let (mut one, mut two) = (Officer::new(1), Officer::new(2));
    one.answers("nuoc", "may");
    two.answers("nuoc", "may");
    meet(&mut one, &mut two);
    assert!(one.document.conflicts().is_empty());
    assert!(one.saves(&[(&answer("nuoc"), text("may"))]).is_empty());
    one.answers("nuoc", "mua");
    assert!(one.document.conflicts().is_empty(), "equal values are not covered values");
}

#[test]
fn a_choice_settles_for_everyone() {
    for chosen in ["may", "mua", "gieng_khoan"] {
        let (mut one, mut two) = contradiction();
        one.chooses("nuoc", chosen);
        meet(&mut one, &mut two);
        assert!(two.document.conflicts().is_empty(), "{chosen}");
        assert_eq!(two.reads("nuoc"), Some(text(chosen)));
        two.document.verify().unwrap();
    }
}

/// Choosing is an edit like another: who chooses differently at the same time is heard, also when one of them chose
/// the value that was winning.
#[test]
fn two_choices_at_the_same_time_are_a_conflict() {
    let (mut one, mut two) = contradiction();
    one.chooses("nuoc", "mua");
    two.chooses("nuoc", "may");
    meet(&mut one, &mut two);
    let mut contested = one.contested(CONCURRENT);
    contested.sort();
    assert_eq!(contested, ["may", "mua"]);
    assert_eq!(one.contested(COVERED), [] as [&str; 0]);
}

#[test]
fn writing_over_a_conflict_without_choosing_is_shown_as_covered() {
    for over in ["gieng_khoan", "mua"] {
        let (mut one, mut two) = contradiction();
        let covering = one.answers("nuoc", over);
        meet(&mut one, &mut two);
        assert!(two.conflict(CONCURRENT).is_none());
        let conflict = two.conflict(COVERED).unwrap();
        let values: Vec<_> = conflict.values.iter().map(|told| told.value.as_text().unwrap()).collect();
        let expected: &[&str] = if over == "mua" { &["mua", "may"] } else { &[over, "mua", "may"] };
        assert_eq!(values, expected);
        assert_eq!(conflict.values[0].hash, covering);
        assert_eq!(conflict.values.last().unwrap().actor, one.actor);
    }
}

#[test]
fn a_covered_value_stays_shown_until_someone_chooses() {
    let (mut one, mut two) = contradiction();
    one.answers("nuoc", "gieng_khoan");
    one.answers("nuoc", "gieng_dao_bao_ve");
    assert_eq!(one.contested(COVERED), ["gieng_dao_bao_ve", "mua", "may"]);
    meet(&mut one, &mut two);
    two.chooses("nuoc", "gieng_dao_bao_ve");
    meet(&mut one, &mut two);
    assert!(one.document.conflicts().is_empty(), "keeping what stands is a choice too");
}

/// A choice that had not seen the covering save says nothing about it.
#[test]
fn a_choice_elsewhere_does_not_settle_an_unseen_covering() {
    let (mut one, mut two) = contradiction();
    one.answers("nuoc", "gieng_khoan");
    two.chooses("nuoc", "may");
    meet(&mut one, &mut two);
    let mut contested = one.contested(CONCURRENT);
    contested.sort();
    assert_eq!(contested, ["gieng_khoan", "may"]);
    assert_eq!(one.contested(COVERED).last().map(String::as_str), Some("mua"));
    one.chooses("nuoc", "may");
    assert!(one.document.conflicts().is_empty());
}

/// A choice for another field in the same save settles nothing here.
#[test]
fn a_choice_is_for_one_field() {
    let (mut one, _) = contradiction();
    let choice = format!("reviews/{}/choices/{}/field", hex(0xee), hex(0xc9));
    one.saves(&[(&answer("nuoc"), text("may")), (&choice, text(&answer("nha_tieu")))]);
    assert_eq!(one.contested(COVERED), ["may", "mua"]);
}

/// The rule looks at decoded changes, so a device that got them in another order shows the same.
#[test]
fn covered_values_do_not_depend_on_the_order_of_arrival() {
    let (mut one, mut two) = contradiction();
    one.answers("nuoc", "gieng_khoan");
    two.answers("nuoc", "khe_bao_ve");
    meet(&mut one, &mut two);
    let changes = one.document.changes();
    let mut late = Officer::new(3);
    let mut waiting: Vec<_> = changes.iter().rev().collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|change| late.document.apply(&change.bytes).unwrap() == records::Applied::MissingDeps);
        assert!(waiting.len() < before);
    }
    assert_eq!(late.document.conflicts(), one.document.conflicts());
    let kinds: Vec<_> = one.document.conflicts().iter().map(|conflict| conflict.kind).collect();
    assert_eq!(kinds, [CONCURRENT, COVERED]);
    assert_eq!(late.document.history(), one.document.history());
}

#[test]
fn removing_and_editing_at_the_same_time_keeps_both_facts() {
    let (mut one, mut two) = (Officer::new(1), Officer::new(2));
    one.answers("nuoc", "may");
    meet(&mut one, &mut two);
    one.saves(&[("removed", Scalar::Bool(true)), ("removed_why", text("moved_out"))]);
    two.answers("nuoc", "mua");
    meet(&mut one, &mut two);
    let household = one.document.household();
    assert!(household.removed);
    assert_eq!(household.removed_why.as_deref(), Some("moved_out"));
    assert_eq!(one.reads("nuoc"), Some(text("mua")));
    one.saves(&[("removed", Scalar::Bool(false)), ("removed_why", Scalar::Null)]);
    assert!(!one.document.household().removed);
}

/// A clone of a device makes the same random id a second time: one member, both names.
#[test]
fn an_entry_made_twice_is_read_as_one_and_can_be_settled() {
    let (mut one, mut two) = (Officer::new(1), Officer::new(2));
    let member = format!("members/{}", hex(0xa1));
    one.saves(&[(&format!("{member}/name"), text("Mai")), (&format!("{member}/sex"), text("female"))]);
    two.saves(&[(&format!("{member}/name"), text("Nam")), (&format!("{member}/born"), text("1980"))]);
    meet(&mut one, &mut two);
    let household = one.document.household();
    let only = household.members.values().next().unwrap();
    assert_eq!(household.members.len(), 1);
    assert_eq!((only.sex.as_deref(), only.born.as_deref()), (Some("female"), Some("1980")));
    assert_eq!(one.contested(CONCURRENT), ["Nam", "Mai"]);
    one.saves(&[(&format!("{member}/name"), text("Mai"))]);
    assert!(one.conflict(CONCURRENT).is_none());
    assert_eq!(one.contested(COVERED), ["Mai", "Nam"], "written without choosing");
    meet(&mut one, &mut two);
    two.document.verify().unwrap();
}

#[test]
fn heads_are_written_as_hex() {
    let heads = Officer::new(1).opens();
    let json = serde_json::to_string(&heads).unwrap();
    assert_eq!(serde_json::from_str::<Heads>(&json).unwrap(), heads);
}
