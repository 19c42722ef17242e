//! Last year beside this year.

use super::*;
use crate::fixture::{Home, REVIEW, as_of, person, rulebook};
use crate::review::ReviewKind;

const NEXT: ReviewId = ReviewId::new([10; 16]);
const BETWEEN: ReviewId = ReviewId::new([11; 16]);

fn review(id: ReviewId, year: i32) -> Review {
    Review {
        id,
        year,
        kind: ReviewKind::Periodic,
        name: format!("Rà soát {year}"),
        rulebook: rulebook().id.clone(),
        rulebook_hash: rulebook().hash_hex(),
        as_of: format!("{year}-10-01"),
        opened_on: format!("{year}-09-01"),
        deadline: None,
        list_year: year + 1,
        b1_table: None,
        local_standard: None,
        opinion: None,
        opinion_of: None,
    }
}

fn reviews() -> [Review; 3] {
    [review(REVIEW, 2016), review(BETWEEN, 2017), review(NEXT, 2018)]
}

fn found<'a>(home: &Home, reviews: &'a [Review; 3]) -> Option<Earlier<'a>> {
    earlier(&home.0, reviews, &reviews[2], rulebook())
}

fn confirm(home: &Home, section: &str, member: Option<MemberId>) -> Vec<String> {
    let reviews = reviews();
    let earlier = found(home, &reviews).unwrap();
    let edits = confirmed(&home.0, NEXT, &earlier, (rulebook(), as_of()), (section, member));
    edits.into_iter().map(|(field, _)| field.to_string().replace(&NEXT.to_string(), "R")).collect()
}

#[test]
fn the_latest_review_with_a_record_is_the_one_beside() {
    let reviews = reviews();
    let home = Home::well_off().b1(130);
    let beside = found(&home, &reviews).unwrap();
    assert_eq!((beside.review.year, beside.b1_entered), (2016, Some(130)));
    assert!(earlier(&home.0, &reviews, &reviews[0], rulebook()).is_none(), "nothing is before the first");
    let mut home = home;
    home.0.reviews.insert(BETWEEN, ReviewRecord::default());
    assert_eq!(found(&home, &reviews).unwrap().review.year, 2016, "an empty record tells nothing");
    home.0.reviews.entry(BETWEEN).or_default().b1_entered = Some(140);
    let beside = found(&home, &reviews).unwrap();
    assert_eq!((beside.review.year, beside.b1_entered, beside.answers.len()), (2017, Some(140), 0));
}

#[test]
fn what_is_shown_beside_counts_for_nothing() {
    let home = Home::well_off().b1(130);
    let done = completeness(rulebook(), &home.0, NEXT, as_of());
    assert_eq!(done.answered, 0);
}

#[test]
fn a_section_is_carried_where_nothing_is_answered() {
    let mut home = Home::well_off();
    assert_eq!(confirm(&home, "nha_o", None), ["reviews/R/answers/dien_tich", "reviews/R/answers/nha_loai"]);
    let record = home.0.reviews.entry(NEXT).or_default();
    record.answers.insert(AnswerKey::household("dien_tich"), Scalar::Int(75));
    assert_eq!(confirm(&home, "nha_o", None), ["reviews/R/answers/nha_loai"], "this year's answer stands");
    let record = home.0.reviews.entry(NEXT).or_default();
    record.answers.insert(AnswerKey::household("nha_loai"), Scalar::text("?"));
    assert_eq!(confirm(&home, "nha_o", None), [] as [&str; 0], "asked this year and not known is an answer");
}

#[test]
fn one_option_of_this_year_answers_for_the_whole_question() {
    let mut home = Home::well_off();
    assert!(confirm(&home, "thong_tin", None).contains(&"reviews/R/answers/tai_san_tt#tivi".to_owned()));
    let record = home.0.reviews.entry(NEXT).or_default();
    record.answers.insert(AnswerKey::option("tai_san_tt", "dai"), Scalar::Bool(true));
    assert!(!confirm(&home, "thong_tin", None).contains(&"reviews/R/answers/tai_san_tt#tivi".to_owned()));
}

#[test]
fn members_who_left_and_answers_not_known_stay_behind() {
    let mut home = Home::well_off().tell("nuoc", "?");
    home.0.members.get_mut(&person(0)).unwrap().left = true;
    let reviews = reviews();
    let beside = found(&home, &reviews).unwrap();
    assert!(beside.answers.keys().all(|key| key.member != Some(person(0)) && key.question != "nuoc"));
    assert!(beside.answers.contains_key(&AnswerKey::member("bhyt", person(1))));
    assert!(confirm(&home, "y_te", None).iter().all(|path| !path.contains(&person(0).to_string())));
}

#[test]
fn one_members_part_is_carried_alone() {
    let carried = confirm(&Home::well_off(), "y_te", Some(person(1)));
    assert_eq!(carried.len(), 2);
    assert!(carried.iter().all(|path| path.ends_with(&person(1).to_string())));
}

#[test]
fn what_is_not_asked_now_is_not_carried() {
    let who = person(1);
    let mut home =
        Home::well_off().tell(&format!("om_nang/{who}"), true).tell(&format!("di_kham/{who}"), false);
    assert!(confirm(&home, "y_te", Some(who)).iter().any(|path| path.contains("di_kham")));
    let record = home.0.reviews.entry(NEXT).or_default();
    record.answers.insert(AnswerKey::member("om_nang", who), Scalar::Bool(false));
    assert!(!confirm(&home, "y_te", Some(who)).iter().any(|path| path.contains("di_kham")));
}

#[test]
fn a_total_is_carried_between_reviews_that_count_it_alike() {
    let home = Home::well_off().b1(130);
    assert_eq!(confirm(&home, B1_SECTION, None), ["reviews/R/b1_entered"]);
    let mut reviews = reviews();
    reviews[2].b1_table = Some("ab".repeat(32));
    assert_eq!(found(&home, &reviews).unwrap().b1_entered, None);
}
