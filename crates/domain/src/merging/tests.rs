use proptest::prelude::*;

use super::*;
use crate::fixture::{Home, REVIEW, person};
use crate::household::Support;

fn id(byte: u8) -> HouseholdId {
    HouseholdId::new([byte; 16])
}

fn merged(pairs: &[(u8, u8)]) -> Merged {
    pairs.iter().map(|(from, into)| (id(*from), id(*into))).collect()
}

fn ids(of: &[u8]) -> BTreeSet<HouseholdId> {
    of.iter().map(|it| id(*it)).collect()
}

/// Pairs, those that were taken out, and who stays for whom.
type Case<'a> = (&'a [(u8, u8)], &'a [u8], &'a [(u8, u8)]);

#[test]
fn a_record_gives_way_to_one_that_is_in_the_lists() {
    let cases: [Case<'_>; 11] = [
        (&[], &[], &[(1, 1)]),
        (&[(2, 1)], &[], &[(1, 1), (2, 1)]),
        (&[(1, 2), (2, 3)], &[], &[(1, 3), (2, 3), (3, 3)]),
        (&[(1, 2), (2, 1)], &[], &[(1, 1), (2, 1)]),
        (&[(3, 1), (1, 2), (2, 3)], &[], &[(1, 1), (2, 1), (3, 1)]),
        (&[(9, 4), (4, 5), (5, 4)], &[], &[(9, 4), (4, 4), (5, 4)]),
        (&[(1, 1)], &[], &[(1, 1)]),
        // the one that stayed was taken out of the lists
        (&[(2, 1)], &[1], &[(2, 2)]),
        (&[(1, 2), (2, 3)], &[3], &[(1, 2), (2, 2)]),
        (&[(1, 2), (2, 1)], &[1], &[(2, 2)]),
        (&[(9, 4), (4, 5), (5, 4)], &[4, 5], &[(9, 9)]),
    ];
    for (pairs, removed, stay) in cases {
        let listed = &ids(&[1, 2, 3, 4, 5, 9]) - &ids(removed);
        for (of, kept) in stay {
            assert_eq!(keeper(&merged(pairs), &listed, id(*of)), id(*kept), "{pairs:?} {removed:?} {of}");
        }
    }
    // erased, or in a village that is not on this device
    assert_eq!(keeper(&merged(&[(2, 7)]), &ids(&[2]), id(2)), id(2));
}

proptest! {
    /// Whoever is in the lists is found: their keeper is in the lists, and keeps itself.
    #[test]
    fn nobody_disappears(
        pairs in prop::collection::vec((0u8..12, 0u8..12), 0..20),
        listed in prop::collection::btree_set(0u8..12, 0..12),
    ) {
        let merged = merged(&pairs);
        let listed: BTreeSet<HouseholdId> = listed.into_iter().map(id).collect();
        for one in &listed {
            let kept = keeper(&merged, &listed, *one);
            prop_assert!(listed.contains(&kept));
            prop_assert_eq!(keeper(&merged, &listed, kept), kept);
        }
    }
}

/// Two records of the same family: the second writes a name otherwise, and knows one person more.
fn twins() -> (Household, Household) {
    let here = Home::well_off().0;
    let mut there = here.clone();
    there.id = id(77);
    let members = std::mem::take(&mut there.members);
    there.members = members.into_values().zip(100u8..).map(|(who, it)| (MemberId([it; 16]), who)).collect();
    there.reviews.clear();
    (here, there)
}

#[test]
fn people_are_the_same_by_number_else_by_name_and_year() {
    let (mut here, mut there) = twins();
    let mine: Vec<MemberId> = here.present().iter().map(|(id, _)| **id).collect();
    let theirs: Vec<MemberId> = there.present().iter().map(|(id, _)| **id).collect();
    for (at, name) in ["Trần Thị Thử", "Đỗ Văn Mẫu"].into_iter().enumerate() {
        for (household, ids) in [(&mut here, &mine), (&mut there, &theirs)] {
            let who = household.members.get_mut(&ids[at]).unwrap();
            (who.name, who.born, who.citizen_id) = (Some(name.to_owned()), Some("1990".to_owned()), None);
        }
    }
    let found = |here: &Household, there: &Household| -> Vec<Option<MemberId>> {
        people(here, there).into_iter().map(|person| person.same).take(2).collect()
    };
    assert_eq!(found(&here, &there), [Some(mine[0]), Some(mine[1])]);

    there.members.get_mut(&theirs[0]).unwrap().name = Some("TRAN THI THU ".to_owned());
    assert_eq!(found(&here, &there)[0], Some(mine[0]), "marks, case and spaces aside");

    let number = Some("099090000001".to_owned());
    there.members.get_mut(&theirs[0]).unwrap().citizen_id = number.clone();
    here.members.get_mut(&mine[1]).unwrap().citizen_id = number;
    assert_eq!(found(&here, &there)[0], Some(mine[1]), "the number decides");

    here.members.get_mut(&mine[0]).unwrap().citizen_id = Some("099090000002".to_owned());
    there.members.get_mut(&theirs[0]).unwrap().citizen_id = Some("099090000003".to_owned());
    assert_eq!(found(&here, &there)[0], None, "two numbers are two people");
}

#[test]
fn what_the_other_record_says_otherwise_is_listed_once() {
    let (mut here, mut there) = twins();
    let pairs: Vec<Person> = here
        .present()
        .into_iter()
        .zip(there.present())
        .map(|((same, _), (from, _))| Person { from: *from, same: Some(*same) })
        .collect();
    let review = here.reviews[&REVIEW].clone();
    assert_eq!(differences((&here, &there), &pairs, Some(REVIEW)), []);

    there.place.phone = Some("0900000001".to_owned());
    (there.place.lat, there.place.lng) = (Some(208_000_000), Some(-1_061_234_567));
    here.place.address = Some("Số 1".to_owned());
    there.members.get_mut(&pairs[0].from).unwrap().name = Some("Tên Khác".to_owned());
    let (household, of_member) = (AnswerKey::household("nuoc"), AnswerKey::member("bhyt", pairs[0].from));
    let record = there.reviews.entry(REVIEW).or_default();
    record.answers.insert(household.clone(), Scalar::text("khac_han"));
    record.answers.insert(of_member, Scalar::text("khac_han"));
    record.b1_entered = Some(101);

    let found = differences((&here, &there), &pairs, Some(REVIEW));
    let to: Vec<String> = found.iter().map(|one| one.to.to_string()).collect();
    let same = pairs[0].same.unwrap();
    let expected = [
        "place/phone".to_owned(),
        "place/lat".to_owned(),
        format!("members/{same}/name"),
        format!("reviews/{REVIEW}/answers/bhyt/{same}"),
        format!("reviews/{REVIEW}/answers/nuoc"),
        format!("reviews/{REVIEW}/b1_entered"),
    ];
    assert_eq!(to, expected, "what only this record says is no difference");
    assert_eq!(found[1].there, Scalar::text("20.8000000, -106.1234567"));
    assert_eq!(found[4].here.as_ref(), review.answers.get(&household));
}

#[test]
fn a_support_of_the_same_person_for_the_same_time_is_known() {
    let (mut here, mut there) = twins();
    let given = |member| Support {
        policy: Some("bhyt".to_owned()),
        period: Some("2017".to_owned()),
        member: Some(member),
        ..Support::default()
    };
    let from = *there.present()[0].0;
    here.supports.insert(SupportId([1; 16]), given(person(0)));
    there.supports.insert(SupportId([2; 16]), given(from));
    let pair = [Person { from, same: Some(person(0)) }];
    let found = supports((&here, &there), &pair);
    assert_eq!(found, [Given { from: SupportId([2; 16]), same: Some(SupportId([1; 16])) }]);
    let found = supports((&here, &there), &[Person { from, same: None }]);
    assert_eq!(found[0].same, None, "somebody else's");
}
