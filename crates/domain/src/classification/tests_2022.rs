//! Every boundary of every class from 2022 on, urban and rural; the locked rulebook of 2027.

use proptest::prelude::*;

use super::*;
use crate::fixture::{Home, REVIEW, as_of, person, rulebook_2022};
use Class::{NearPoor, NotPoor, Poor};

/// Answers that make one deprivation each, for the sound household of the fixtures.
fn deprivations() -> [(String, Scalar); 12] {
    [
        (format!("viec_lam/{}", person(0)), "khong_co_viec".into()),
        (format!("tcxh_thang/{}", person(0)), true.into()),
        (format!("sdd_chieu_cao/{}", person(2)), true.into()),
        (format!("bhyt/{}", person(0)), false.into()),
        (format!("bang_cap/{}", person(1)), "thcs".into()),
        (format!("dung_cap/{}", person(3)), false.into()),
        ("mai_ben_chac".to_owned(), false.into()),
        ("dien_tich".to_owned(), 31_i64.into()),
        ("nuoc".to_owned(), "khac".into()),
        ("nha_tieu".to_owned(), "khong".into()),
        ("internet".to_owned(), false.into()),
        ("phuong_tien_tt#tivi".to_owned(), false.into()),
    ]
}

/// The sound household with so many deprivations.
fn deprived(count: usize) -> Home {
    let sound = Home::sound_2022();
    deprivations().into_iter().take(count).fold(sound, |home, (key, value)| home.tell(&key, value))
}

#[test]
fn each_of_the_twelve_answers_is_one_deprivation() {
    assert_eq!(deprived(0).decide(Area::Rural).score.b2(), Some(0));
    for (key, value) in deprivations() {
        let score = Home::sound_2022().tell(&key, value).decide(Area::Rural).score;
        assert_eq!(score.b2(), Some(10), "{key}");
    }
    assert_eq!(deprived(12).decide(Area::Rural).score.b2(), Some(120));
}

#[test]
fn every_boundary_belongs_to_the_class_below_it() {
    for (area, line) in [(Area::Rural, 140), (Area::Urban, 175)] {
        let cases = [
            (0, 0, NearPoor),
            (0, 2, NearPoor),
            (0, 3, Poor),
            (0, 12, Poor),
            (line - 1, 2, NearPoor),
            (line - 1, 3, Poor),
            (line, 0, NearPoor),
            (line, 2, NearPoor),
            (line, 3, Poor),
            (line, 4, Poor),
            (line, 12, Poor),
            (line + 1, 0, NotPoor),
            (line + 1, 2, NotPoor),
            (line + 1, 3, NotPoor),
            (line + 1, 12, NotPoor),
            (1000, 12, NotPoor),
        ];
        for (a, count, expected) in cases {
            let decision = deprived(count).b1(a).decide(area);
            assert_eq!(decision.class, Some(expected), "{area:?} A {a}, {count} deprivations");
            let b = i64::try_from(count).unwrap() * 10;
            assert_eq!((decision.score.b2_min, decision.score.b2_max), (b, b));
        }
    }
}

#[test]
fn real_examples_of_a_rural_province_come_out_as_published() {
    assert_eq!(class_of(rulebook_2022(), Area::Rural, 110, 40), Some(Poor));
    assert_eq!(class_of(rulebook_2022(), Area::Rural, 150, 20), Some(NotPoor));
}

#[test]
fn the_poor_of_2022_are_poor_and_of_no_kind() {
    assert!(Poor.is_poor());
    let classes: Vec<Class> = rulebook_2022().classes.iter().map(|rule| rule.class).collect();
    assert_eq!(classes, [Poor, NearPoor, NotPoor]);
}

#[test]
fn the_locked_rulebook_decides_about_nobody() {
    let locked = Rulebook::shipped_by_id("2027-2030").unwrap();
    let reason = locked.locked.as_ref().unwrap();
    assert!(!reason.reason_vi.is_empty() && !reason.reason_en.is_empty());
    let lines = locked.income_lines.iter().map(|line| (line.rural.value, line.urban.value));
    assert_eq!(lines.collect::<Vec<_>>(), [(2_200_000, 2_800_000)]);
    for b1 in [None, Some(0), Some(1000)] {
        let mut home = Home::sound_2022();
        home.record().b1_entered = b1;
        let decision = classify(locked, Area::Rural, &home.0, REVIEW, as_of());
        assert_eq!((decision.class, decision.possible), (None, Vec::new()));
    }
}

fn with(fates: &[u8]) -> Home {
    let told = deprivations().into_iter().zip(fates);
    told.fold(Home::sound_2022(), |home, ((key, value), fate)| match fate {
        0 => home,
        1 => home.tell(&key, value),
        _ => home.forget(&key),
    })
}

proptest! {
    #[test]
    fn a_deprivation_more_never_makes_a_household_better_off(
        urban in any::<bool>(), a in 0_i64..=300,
        fates in proptest::collection::vec(0_u8..3, 12), which in 0_usize..12,
    ) {
        let area = if urban { Area::Urban } else { Area::Rural };
        let before = with(&fates).b1(a).decide(area);
        let mut worse = fates;
        worse[which] = 1;
        let after = with(&worse).b1(a).decide(area);
        prop_assert!(after.possible.first() <= before.possible.first());
        prop_assert!(after.possible.last() <= before.possible.last());
        prop_assert!(after.score.b2_min >= before.score.b2_min);
    }

    #[test]
    fn every_pair_of_scores_has_one_class(urban in any::<bool>(), a in B1_MIN..=B1_MAX, count in 0_i64..=12) {
        let area = if urban { Area::Urban } else { Area::Rural };
        prop_assert_eq!(classes_at(rulebook_2022(), area, a, 10 * count).count(), 1);
    }
}
