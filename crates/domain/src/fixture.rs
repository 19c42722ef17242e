//! Households for the tests of the rules, built in the words of the form. Only synthetic people.

use chrono::NaiveDate;

use crate::classification::{Decision, classify};
use crate::completeness::{Completeness, completeness};
use crate::date::parse_day;
use crate::deprivation::{Deprived, Finding, findings};
use crate::field::AnswerKey;
use crate::household::{Household, Member, Place, ReviewRecord, Support};
use crate::id::{HouseholdId, MemberId, ReviewId};
use crate::rulebook::{Rulebook, check_answer};
use crate::scalar::Scalar;
use crate::unit::Area;

pub const REVIEW: ReviewId = ReviewId::new([9; 16]);

pub fn rulebook() -> &'static Rulebook {
    Rulebook::shipped_by_id("2016-2021").unwrap()
}

/// The day of the fixtures' review.
pub fn as_of() -> NaiveDate {
    parse_day("2016-10-01").unwrap()
}

/// A household whose survey is filled in step by step.
#[derive(Clone, Debug)]
pub struct Home(pub Household);

impl Home {
    /// Nobody, and no answer.
    pub fn empty() -> Self {
        Self(Household {
            id: HouseholdId::new([1; 16]),
            place: Place::default(),
            head: None,
            members: Default::default(),
            reviews: [(REVIEW, ReviewRecord::default())].into(),
            supports: std::collections::BTreeMap::<_, Support>::new(),
            photos: Default::default(),
            removed: false,
            removed_why: None,
            merged_into: None,
            came_why: None,
            removed_on: None,
            removed_note: None,
        })
    }

    /// A couple and two children, every question answered, deprived in nothing: B2 is 0.
    pub fn well_off() -> Self {
        let mut home = Self::empty();
        for born in ["1980-03-02", "1988-07-15", "2008-05-20", "2012-11-30"] {
            let who = home.person(born);
            home = home.tell(&format!("bhyt/{who}"), true).tell(&format!("om_nang/{who}"), false);
        }
        home.tell(&format!("bang_cap/{}", person(1)), "thcs")
            .tell(&format!("dang_hoc/{}", person(1)), false)
            .tell(&format!("dang_hoc/{}", person(2)), true)
            .tell("nha_loai", "ban_kien_co")
            .tell("dien_tich", 60)
            .tell("nuoc", "gieng_khoan")
            .tell("nha_tieu", "tu_hoai")
            .tell("vien_thong", true)
            .tell("tai_san_tt#tivi", true)
            .tell("nghe_loa", true)
    }

    /// Adds a member; the n-th one has the id `person(n)`.
    pub fn person(&mut self, born: &str) -> MemberId {
        let at = self.0.members.len();
        let born = (!born.is_empty()).then(|| born.to_owned());
        let member = Member {
            name: Some(format!("Người {at}")),
            born,
            order: i64::try_from(at).unwrap(),
            ..Member::default()
        };
        self.0.members.insert(person(at), member);
        person(at)
    }

    /// Writes an answer that the form would take.
    pub fn tell(mut self, key: &str, value: impl Into<Scalar>) -> Self {
        let (key, value): (AnswerKey, Scalar) = (key.parse().unwrap(), value.into());
        check_answer(rulebook(), &key, &value).unwrap_or_else(|error| panic!("{key}: {error}"));
        self.record().answers.insert(key, value);
        self
    }

    /// Takes an answer away.
    pub fn forget(mut self, key: &str) -> Self {
        self.record().answers.remove(&key.parse().unwrap());
        self
    }

    pub fn b1(mut self, points: i64) -> Self {
        self.record().b1_entered = Some(points);
        self
    }

    pub fn record(&mut self) -> &mut ReviewRecord {
        self.0.reviews.entry(REVIEW).or_default()
    }

    pub fn findings(&self) -> Vec<Finding> {
        findings(rulebook(), &self.0, &self.0.reviews[&REVIEW], as_of())
    }

    pub fn finding(&self, indicator: &str) -> Finding {
        self.findings().into_iter().find(|finding| finding.indicator == indicator).unwrap()
    }

    pub fn deprived(&self, indicator: &str) -> Deprived {
        self.finding(indicator).deprived
    }

    pub fn decide(&self, area: Area) -> Decision {
        classify(rulebook(), area, &self.0, REVIEW, as_of())
    }

    pub fn completeness(&self) -> Completeness {
        completeness(rulebook(), &self.0, REVIEW, as_of())
    }
}

/// The id of the n-th member.
pub fn person(at: usize) -> MemberId {
    MemberId::new([u8::try_from(at).unwrap() + 100; 16])
}

impl From<bool> for Scalar {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<i64> for Scalar {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}
