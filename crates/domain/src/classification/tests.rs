//! Every boundary of every class, urban and rural; open answers; the explanation.

use proptest::prelude::*;

use super::*;
use crate::fixture::{Home, REVIEW, as_of, person, rulebook};
use Class::{NearPoor, NotPoor, PoorDeprived, PoorIncome};

/// Answers that make one deprivation each, for the well-off household of the fixtures.
fn deprivations() -> [(String, Scalar); 9] {
    [
        (format!("bhyt/{}", person(0)), false.into()),
        (format!("bang_cap/{}", person(1)), "tieu_hoc".into()),
        (format!("dang_hoc/{}", person(2)), false.into()),
        ("nha_loai".to_owned(), "don_so".into()),
        ("dien_tich".to_owned(), 31.into()),
        ("nuoc".to_owned(), "khac".into()),
        ("nha_tieu".to_owned(), "khong".into()),
        ("vien_thong".to_owned(), false.into()),
        (format!("di_kham/{}", person(3)), false.into()),
    ]
}

/// The well-off household with so many deprivations.
fn deprived(count: usize) -> Home {
    let ill = Home::well_off().tell(&format!("om_nang/{}", person(3)), true);
    let treated = ill.tell(&format!("di_kham/{}", person(3)), true);
    deprivations().into_iter().take(count).fold(treated, |home, (key, value)| home.tell(&key, value))
}

#[test]
fn every_boundary_belongs_to_the_class_below_it() {
    let cases = [
        (Area::Rural, 0, 0, PoorIncome),
        (Area::Rural, 119, 0, PoorIncome),
        (Area::Rural, 120, 0, PoorIncome),
        (Area::Rural, 120, 9, PoorIncome),
        (Area::Rural, 121, 0, NearPoor),
        (Area::Rural, 121, 2, NearPoor),
        (Area::Rural, 121, 3, PoorDeprived),
        (Area::Rural, 149, 3, PoorDeprived),
        (Area::Rural, 150, 3, PoorDeprived),
        (Area::Rural, 150, 9, PoorDeprived),
        (Area::Rural, 150, 2, NearPoor),
        (Area::Rural, 151, 2, NotPoor),
        (Area::Rural, 151, 9, NotPoor),
        (Area::Rural, 1000, 9, NotPoor),
        (Area::Urban, 0, 0, PoorIncome),
        (Area::Urban, 139, 0, PoorIncome),
        (Area::Urban, 140, 0, PoorIncome),
        (Area::Urban, 140, 9, PoorIncome),
        (Area::Urban, 141, 0, NearPoor),
        (Area::Urban, 141, 2, NearPoor),
        (Area::Urban, 141, 3, PoorDeprived),
        (Area::Urban, 174, 3, PoorDeprived),
        (Area::Urban, 175, 3, PoorDeprived),
        (Area::Urban, 175, 9, PoorDeprived),
        (Area::Urban, 175, 2, NearPoor),
        (Area::Urban, 176, 2, NotPoor),
        (Area::Urban, 176, 9, NotPoor),
        (Area::Urban, 1000, 9, NotPoor),
    ];
    for (area, b1, count, expected) in cases {
        let decision = deprived(count).b1(b1).decide(area);
        assert_eq!(decision.class, Some(expected), "{area:?} B1 {b1}, {count} deprivations");
        assert_eq!(decision.possible, vec![expected]);
        let points = i64::try_from(count).unwrap() * 10;
        assert_eq!((decision.score.b2_min, decision.score.b2_max), (points, points));
    }
}

#[test]
fn both_kinds_of_poor_are_poor() {
    assert!(PoorIncome.is_poor() && PoorDeprived.is_poor());
    assert!(!NearPoor.is_poor() && !NotPoor.is_poor());
}

#[test]
fn a_decision_names_its_rulebook() {
    let decision = deprived(0).b1(200).decide(Area::Urban);
    assert_eq!((decision.rulebook.as_str(), decision.area), ("2016-2021", Area::Urban));
    assert_eq!(decision.rulebook_hash, rulebook().hash_hex());
}

#[test]
fn a_class_is_decided_as_soon_as_the_missing_answers_cannot_change_it() {
    let open = |count| deprived(count).forget("tai_san_tt#tivi").forget("nghe_loa");
    let near_the_line = open(2).b1(150).decide(Area::Rural);
    assert_eq!((near_the_line.class, near_the_line.possible), (None, vec![PoorDeprived, NearPoor]));
    assert_eq!((near_the_line.score.b2_min, near_the_line.score.b2_max), (20, 30));
    assert_eq!(open(1).b1(150).decide(Area::Rural).class, Some(NearPoor), "one more would still be two");
    assert_eq!(open(3).b1(150).decide(Area::Rural).class, Some(PoorDeprived), "three are enough");

    let mut nothing_known = Home::empty();
    nothing_known.person("1980");
    for (b1, expected) in [(120, Some(PoorIncome)), (121, None), (150, None), (151, Some(NotPoor))] {
        assert_eq!(nothing_known.clone().b1(b1).decide(Area::Rural).class, expected, "B1 {b1}");
    }
    let all = nothing_known.decide(Area::Rural);
    assert_eq!((all.class, all.possible), (None, vec![PoorIncome, PoorDeprived, NearPoor, NotPoor]));
    let no_b1 = deprived(0).decide(Area::Urban);
    assert_eq!((no_b1.class, no_b1.possible), (None, vec![PoorIncome, NearPoor, NotPoor]));
    let no_b1 = deprived(5).decide(Area::Urban);
    assert_eq!(no_b1.possible, vec![PoorIncome, PoorDeprived, NotPoor]);
}

#[test]
fn a_b1_that_no_form_can_have_counts_as_missing() {
    for points in [-1, 1001, i64::MAX, i64::MIN] {
        assert_eq!(deprived(0).b1(points).decide(Area::Rural).class, None, "{points}");
    }
}

#[test]
fn a_household_without_members_is_undecided() {
    let mut gone = deprived(0).b1(60);
    gone.0.members.values_mut().for_each(|member| member.left = true);
    for home in [Home::empty().b1(60), gone] {
        let decision = home.decide(Area::Urban);
        assert_eq!(decision.class, None);
        assert_eq!(decision.possible.len(), 4);
        assert_eq!(decision.reason[0].code, ReasonCode::NoMembers);
    }
}

#[test]
fn another_review_s_answers_do_not_count() {
    let home = deprived(3).b1(60).0;
    let other = ReviewId::new([8; 16]);
    assert_eq!(classify(rulebook(), Area::Rural, &home, other, as_of()).class, None);
    assert_eq!(classify(rulebook(), Area::Rural, &home, REVIEW, as_of()).class, Some(PoorIncome));
}

fn explained(decision: &Decision) -> Vec<(ReasonCode, serde_json::Value)> {
    let lines = decision.reason.iter();
    lines.map(|line| (line.code, serde_json::to_value(&line.params).unwrap())).collect()
}

#[test]
fn the_explanation_says_which_bounds_decided() {
    use serde_json::json;
    assert_eq!(
        explained(&deprived(3).b1(120).decide(Area::Rural)),
        [(ReasonCode::B1AtMost, json!({"area": "rural", "b1": 120, "limit": 120}))]
    );
    assert_eq!(
        explained(&deprived(3).b1(175).decide(Area::Urban)),
        [
            (ReasonCode::B1Between, json!({"area": "urban", "b1": 175, "over": 140, "limit": 175})),
            (ReasonCode::B2AtLeast, json!({"area": "urban", "b2_min": 30, "b2_max": 30, "limit": 30})),
        ]
    );
    assert_eq!(
        explained(&deprived(2).b1(150).decide(Area::Rural))[1],
        (ReasonCode::B2Below, json!({"area": "rural", "b2_min": 20, "b2_max": 20, "limit": 30}))
    );
    assert_eq!(
        explained(&deprived(2).b1(151).decide(Area::Rural)),
        [(ReasonCode::B1Over, json!({"area": "rural", "b1": 151, "over": 150}))]
    );
    assert_eq!(
        explained(&deprived(2).forget("nuoc").b1(60).decide(Area::Rural))[1],
        (ReasonCode::B2NotNeeded, json!({"area": "rural", "b2_min": 20, "b2_max": 30}))
    );
}

#[test]
fn the_explanation_says_what_keeps_a_class_open() {
    let open = deprived(2).forget("nuoc");
    let codes = |home: &Home| {
        explained(&home.decide(Area::Rural)).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&open), [ReasonCode::B1Missing, ReasonCode::B2Open]);
    assert_eq!(codes(&open.clone().b1(130)), [ReasonCode::B2Open]);
    assert_eq!(codes(&deprived(2)), [ReasonCode::B1Missing]);
}

#[test]
fn the_explanation_says_how_sure_its_bounds_are() {
    let rural = deprived(2).b1(151).decide(Area::Rural);
    assert_eq!(rural.reason[0].status, Some(Status::Recall), "150 is from memory");
    let urban = deprived(2).b1(176).decide(Area::Urban);
    assert_eq!(urban.reason[0].status, Some(Status::Verified));
    let near = deprived(2).b1(130).decide(Area::Rural);
    assert_eq!(near.reason[0].status, Some(Status::Recall), "the less sure of 120 and 150");
    assert_eq!(near.reason[0].sources.len(), 2);
}

fn area() -> impl Strategy<Value = Area> {
    prop_oneof![Just(Area::Rural), Just(Area::Urban)]
}

/// What can be done to an answer: left as it is, made a deprivation, forgotten.
fn fates() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(0_u8..3, 9)
}

fn with(fates: &[u8]) -> Home {
    let told = deprivations().into_iter().zip(fates);
    told.fold(deprived(0), |home, ((key, value), fate)| match fate {
        0 => home,
        1 => home.tell(&key, value),
        _ => home.forget(&key),
    })
}

proptest! {
    #[test]
    fn a_deprivation_more_never_makes_a_household_better_off(
        area in area(), b1 in 0_i64..=300, fates in fates(), which in 0_usize..9,
    ) {
        let before = with(&fates).b1(b1).decide(area);
        let mut worse = fates;
        worse[which] = 1;
        let after = with(&worse).b1(b1).decide(area);
        prop_assert!(after.possible.first() <= before.possible.first());
        prop_assert!(after.possible.last() <= before.possible.last());
        prop_assert!(after.score.b2_min >= before.score.b2_min);
    }

    #[test]
    fn a_decision_is_what_every_completion_agrees_on(
        area in area(), b1 in proptest::option::of(0_i64..=300), fates in fates(),
    ) {
        let home = with(&fates);
        let open: Vec<usize> = (0..9).filter(|at| fates[*at] == 2).collect();
        let decision = b1.map_or_else(|| home.clone(), |points| home.clone().b1(points)).decide(area);
        let mut completions = BTreeSet::new();
        for bits in 0_u32..1 << open.len() {
            let mut complete = fates.clone();
            for (bit, at) in open.iter().enumerate() {
                complete[*at] = u8::from(bits >> bit & 1 == 1);
            }
            for points in b1.map_or_else(|| vec![0, 120, 121, 140, 141, 150, 151, 175, 176], |known| vec![known]) {
                completions.extend(with(&complete).b1(points).decide(area).class);
            }
        }
        prop_assert_eq!(decision.possible, completions.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn every_pair_of_scores_has_one_class(area in area(), b1 in B1_MIN..=B1_MAX, count in 0_i64..=10) {
        prop_assert_eq!(classes_at(rulebook(), area, b1, 10 * count).count(), 1);
    }
}
