//! The class under a standard of the province or town, which a review may carry beside the national one.
//!
//! **Invariant:** the national class never depends on it: it is a second decision from the same scores.
//! **Invariant:** an accepted local standard takes everybody in whom the national one takes; it may take in more.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Class, Decision, ReasonLine, Verdict, b1_samples, b2_steps, class_of, classes_at, verdict};
use crate::review::LocalStandard;
use crate::rulebook::{Rulebook, Sourced, Status};
use crate::unit::Area;

/// The class of a household under a local standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LocalDecision {
    /// What people call the standard.
    pub name: String,
    /// The document that sets it.
    pub legal: String,
    /// The class; nothing while it is open.
    pub class: Option<Class>,
    /// The classes it can still come to, the poorest first.
    pub possible: Vec<Class>,
    /// Why.
    pub reason: Vec<ReasonLine>,
}

/// Why a local standard cannot stand beside a rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// A household with these scores would have no class, or two.
    Unclear {
        /// Urban or rural.
        area: Area,
        /// B1 points.
        b1: i64,
        /// B2 points.
        b2: i64,
    },
    /// A household with these scores would be better off than the national standard says.
    Stricter {
        /// Urban or rural.
        area: Area,
        /// B1 points.
        b1: i64,
        /// B2 points.
        b2: i64,
    },
}

/// The class of the scores of a decision under a local standard.
pub fn classify_locally(rulebook: &Rulebook, standard: &LocalStandard, national: &Decision) -> LocalDecision {
    let local = under(rulebook, standard);
    let Verdict { class, possible, reason } =
        verdict(&local, national.area, &national.score, national.inhabited());
    LocalDecision { name: standard.name.clone(), legal: standard.legal.clone(), class, possible, reason }
}

/// What is wrong with a local standard, if anything is: every pair of scores is tried.
pub fn misfit(rulebook: &Rulebook, standard: &LocalStandard) -> Option<Misfit> {
    let local = under(rulebook, standard);
    [Area::Rural, Area::Urban].into_iter().find_map(|area| misfit_in(rulebook, &local, area))
}

fn misfit_in(national: &Rulebook, local: &Rulebook, area: Area) -> Option<Misfit> {
    let most = national.points_each.value.saturating_mul(i64::try_from(national.indicators.len()).ok()?);
    let b1s = &b1_samples(national, area) | &b1_samples(local, area);
    let pairs = b1s.into_iter().flat_map(|b1| b2_steps(national, 0..=most).map(move |b2| (b1, b2)));
    pairs.into_iter().find_map(|(b1, b2)| {
        if classes_at(local, area, b1, b2).count() != 1 {
            return Some(Misfit::Unclear { area, b1, b2 });
        }
        let worse = rank(class_of(local, area, b1, b2)?) <= rank(class_of(national, area, b1, b2)?);
        (!worse).then_some(Misfit::Stricter { area, b1, b2 })
    })
}

/// The kinds of poor are of one rank: which of them a household is does not take anything from it.
fn rank(class: Class) -> u8 {
    match class {
        Class::PoorIncome | Class::PoorDeprived | Class::Poor => 0,
        Class::NearPoor => 1,
        Class::NotPoor => 2,
    }
}

/// The rulebook with the thresholds of the standard in place of its own.
fn under(rulebook: &Rulebook, standard: &LocalStandard) -> Rulebook {
    let mut local = rulebook.clone();
    for threshold in &mut local.thresholds {
        if let Some(own) = standard.thresholds.get(&threshold.id) {
            let value = |value| Sourced { value, status: Status::Verified, source: standard.legal.clone() };
            (threshold.rural, threshold.urban) = (value(own.rural), value(own.urban));
        }
    }
    local
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Home, rulebook, rulebook_2022};
    use crate::review::LocalThreshold;

    fn standard(thresholds: &[(&str, i64, i64)]) -> LocalStandard {
        let values = thresholds
            .iter()
            .map(|(id, rural, urban)| ((*id).to_owned(), LocalThreshold { rural: *rural, urban: *urban }));
        LocalStandard {
            name: "Chuẩn của tỉnh".into(),
            legal: "1/NQ-HĐND".into(),
            thresholds: values.collect(),
        }
    }

    #[test]
    fn a_household_has_a_class_under_each_standard() {
        let more = standard(&[("b1_poor", 130, 160), ("b1_near", 160, 190)]);
        for (area, b1, national, local) in [
            (Area::Rural, 120, Class::PoorIncome, Class::PoorIncome),
            (Area::Rural, 130, Class::NearPoor, Class::PoorIncome),
            (Area::Rural, 131, Class::NearPoor, Class::NearPoor),
            (Area::Rural, 160, Class::NotPoor, Class::NearPoor),
            (Area::Rural, 161, Class::NotPoor, Class::NotPoor),
            (Area::Urban, 160, Class::NearPoor, Class::PoorIncome),
            (Area::Urban, 190, Class::NotPoor, Class::NearPoor),
            (Area::Urban, 191, Class::NotPoor, Class::NotPoor),
        ] {
            let decision = Home::well_off().b1(b1).decide(area);
            let beside = classify_locally(rulebook(), &more, &decision);
            assert_eq!((decision.class, beside.class), (Some(national), Some(local)), "{area:?} {b1}");
            assert!(beside.reason.iter().any(|line| line.sources.contains(&"1/NQ-HĐND".to_owned())));
        }
    }

    #[test]
    fn what_is_open_stays_open() {
        let more = standard(&[("b1_poor", 130, 160), ("b1_near", 160, 190)]);
        let decision = Home::empty().decide(Area::Urban);
        let beside = classify_locally(rulebook(), &more, &decision);
        assert_eq!((beside.class, &beside.possible), (None, &decision.possible));
    }

    #[test]
    fn a_standard_that_takes_in_fewer_is_stricter() {
        let stricter = misfit(rulebook(), &standard(&[("b1_poor", 120, 139)]));
        assert_eq!(stricter, Some(Misfit::Stricter { area: Area::Urban, b1: 140, b2: 0 }));
        let stricter = misfit(rulebook(), &standard(&[("b2_deprived", 30, 40)]));
        assert_eq!(stricter, Some(Misfit::Stricter { area: Area::Urban, b1: 141, b2: 30 }));
        assert_eq!(
            misfit(rulebook(), &standard(&[("b2_deprived", 20, 20)])),
            None,
            "fewer deprivations suffice"
        );
        assert_eq!(misfit(rulebook(), &standard(&[("b1_poor", 120, 140)])), None, "the same");
        assert_eq!(misfit(rulebook_2022(), &standard(&[("a_line", 150, 180)])), None);
    }

    #[test]
    fn a_standard_under_which_a_household_has_no_class_or_two_is_unclear() {
        let crossed = misfit(rulebook(), &standard(&[("b1_poor", 160, 140)]));
        assert!(matches!(crossed, Some(Misfit::Unclear { area: Area::Rural, .. })), "{crossed:?}");
    }
}
