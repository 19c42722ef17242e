//! Proof, without devices, that the program finds in the answers the classes that were planned.

use std::collections::BTreeMap;

use domain::classification::classify;
use domain::completeness::completeness;
use domain::field::AnswerKey;
use domain::household::{Household, Member, Place, ReviewRecord};
use domain::id::{HouseholdId, MemberId, ReviewId};
use domain::rulebook::Rulebook;
use domain::unit::Area;

use super::answers::{Answer, Survey};
use super::people::Person;
use super::plan::{Planned, VillagePlan, current_day, opening_day, plan};

const OPENING: ReviewId = ReviewId::new([15; 16]);
const CURRENT: ReviewId = ReviewId::new([16; 16]);

fn member_id(index: usize) -> MemberId {
    let mut bytes = [0; 16];
    bytes[15] = index as u8;
    MemberId::new(bytes)
}

fn member((index, person): (usize, &Person)) -> (MemberId, Member) {
    let member = Member {
        name: Some(person.name.clone()),
        sex: Some(person.sex.code().to_owned()),
        born: Some(person.born.to_string()),
        relation: Some(person.relation.to_owned()),
        order: index as i64,
        ..Member::default()
    };
    (member_id(index), member)
}

fn key(answer: &Answer) -> AnswerKey {
    AnswerKey {
        question: answer.question.to_owned(),
        option: answer.option.map(str::to_owned),
        member: answer.member.map(member_id),
    }
}

fn record(survey: &Survey) -> ReviewRecord {
    let answers = survey.answers.iter().map(|answer| (key(answer), answer.value.clone()));
    ReviewRecord { answers: answers.collect(), b1_entered: Some(survey.b1), ..ReviewRecord::default() }
}

fn household(planned: &Planned) -> Household {
    let reviews = [(OPENING, &planned.opening), (CURRENT, &planned.current)];
    let reviews = reviews.into_iter().filter_map(|(id, survey)| Some((id, record(survey.as_ref()?))));
    Household {
        id: HouseholdId::new([7; 16]),
        place: Place::default(),
        head: Some(member_id(0)),
        members: planned.people.iter().enumerate().map(member).collect(),
        reviews: reviews.collect(),
        supports: BTreeMap::new(),
        photos: BTreeMap::new(),
        removed: false,
        removed_why: None,
        merged_into: None,
        came_why: None,
        removed_on: None,
        removed_note: None,
    }
}

#[test]
fn the_program_finds_every_planned_class_and_misses_no_answer() {
    let rulebook = Rulebook::shipped_by_id("2016-2021").unwrap();
    let area = |at| if at < 18 { Area::Urban } else { Area::Rural };
    let villages: Vec<VillagePlan> =
        (0..24).map(|at| VillagePlan { key: format!("v{at}"), area: area(at) }).collect();
    let mut checked = 0;
    for planned in plan(&villages) {
        let household = household(&planned);
        let surveys =
            [(OPENING, &planned.opening, opening_day()), (CURRENT, &planned.current, current_day())];
        for (review, survey, day) in surveys {
            let Some(survey) = survey else { continue };
            let decision = classify(rulebook, area(planned.village), &household, review, day);
            assert_eq!(decision.class, Some(survey.class), "{planned:?} {decision:?}");
            let complete = completeness(rulebook, &household, review, day);
            assert!(complete.is_complete(), "{:?} of {planned:?}", complete.missing);
            checked += 1;
        }
    }
    assert_eq!(checked, 936 + 428 + 440 + 150);
}
