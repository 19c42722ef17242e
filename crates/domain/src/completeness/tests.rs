//! What is asked of whom, and what counts as answered.

use super::*;
use crate::fixture::{Home, person};

fn asked_of(home: &Home, question: &str) -> Vec<usize> {
    let form = home.completeness().asked;
    (0..home.0.members.len()).filter(|at| form.contains(&AnswerKey::member(question, person(*at)))).collect()
}

#[test]
fn a_filled_in_form_is_complete() {
    let home = Home::well_off().b1(100);
    let done = home.completeness();
    assert!(done.is_complete() && done.births.is_empty());
    // 3 insured-or-not (the youngest is under 6), 4 ill-or-not, 1 level, 2 at school, 7 of the household, B1
    assert_eq!((done.answered, done.total), (18, 18));
}

#[test]
fn questions_are_asked_of_those_they_concern() {
    let home = Home::well_off();
    assert_eq!(asked_of(&home, "bhyt"), [0, 1, 2]);
    assert_eq!(asked_of(&home, "om_nang"), [0, 1, 2, 3]);
    assert_eq!(asked_of(&home, "bang_cap"), [1]);
    assert_eq!(asked_of(&home, "dang_hoc"), [1, 2]);
    assert_eq!(asked_of(&home, "di_kham"), [] as [usize; 0]);
    let ill = home.tell(&format!("om_nang/{}", person(3)), true);
    assert_eq!(asked_of(&ill, "di_kham"), [3]);
    assert_eq!(ill.completeness().missing, vec![AnswerKey::member("di_kham", person(3))]);
    let unasked = Home::well_off().forget(&format!("om_nang/{}", person(3)));
    assert_eq!(asked_of(&unasked, "di_kham"), [] as [usize; 0]);
}

#[test]
fn a_missing_birth_date_hides_no_question_and_is_named() {
    let mut home = Home::well_off();
    home.person("");
    for question in ["bhyt", "om_nang", "bang_cap", "dang_hoc"] {
        assert!(asked_of(&home, question).contains(&4), "{question}");
    }
    assert_eq!(home.completeness().births, [person(4)]);
    let mut coarse = Home::well_off();
    coarse.person("2010");
    assert!(asked_of(&coarse, "bhyt").contains(&4));
    assert!(!asked_of(&coarse, "bang_cap").contains(&4));
    assert_eq!(coarse.completeness().births, [person(4)]);
}

#[test]
fn who_left_is_not_asked() {
    let mut home = Home::well_off().b1(100).forget(&format!("bhyt/{}", person(0)));
    assert_eq!(home.completeness().missing, vec![AnswerKey::member("bhyt", person(0))]);
    home.0.members.get_mut(&person(0)).unwrap().left = true;
    assert!(home.completeness().is_complete());
}

#[test]
fn asked_and_not_known_is_an_answer_and_a_cleared_one_is_none() {
    let home = Home::well_off().b1(100);
    assert!(home.clone().tell("nuoc", "?").completeness().is_complete());
    let cleared = home.clone().tell("nuoc", Scalar::Null).completeness();
    assert_eq!((cleared.missing, cleared.answered), (vec![AnswerKey::household("nuoc")], 17));
    let mut foreign = home;
    foreign.record().answers.insert(AnswerKey::household("nuoc"), Scalar::Int(3));
    assert_eq!(foreign.completeness().missing, vec![AnswerKey::household("nuoc")]);
}

#[test]
fn several_choices_are_answered_by_one_yes_or_by_all() {
    let none = Home::well_off().b1(100).forget("tai_san_tt#tivi");
    assert_eq!(none.completeness().missing, vec![AnswerKey::household("tai_san_tt")]);
    let some = none.tell("tai_san_tt#tivi", false).tell("tai_san_tt#radio", false);
    assert_eq!(some.completeness().missing, vec![AnswerKey::household("tai_san_tt")]);
    assert!(some.clone().tell("tai_san_tt#may_tinh", false).completeness().is_complete());
    assert!(some.tell("tai_san_tt#may_tinh", true).completeness().is_complete());
}

#[test]
fn b1_counts_as_one_question() {
    let open = Home::well_off().completeness();
    assert!(open.b1_missing && open.missing.is_empty() && !open.is_complete());
    assert_eq!((open.answered, open.total), (17, 18));
    let empty = Home::empty().completeness();
    assert_eq!((empty.answered, empty.total, empty.missing.len()), (0, 8, 7));
}
