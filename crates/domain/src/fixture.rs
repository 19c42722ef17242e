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

/// The rulebook of the years after.
pub fn rulebook_2022() -> &'static Rulebook {
    Rulebook::shipped_by_id("2022-2026").unwrap()
}

/// A household whose survey is filled in step by step, and the rulebook that asks.
#[derive(Clone, Debug)]
pub struct Home(pub Household, pub &'static Rulebook);

impl Home {
    /// Nobody, and no answer.
    pub fn empty() -> Self {
        Self::under(rulebook())
    }

    /// The same, under a rulebook.
    pub fn under(rulebook: &'static Rulebook) -> Self {
        let household = Household {
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
        };
        Self(household, rulebook)
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

    /// The same family under the rulebook of 2022, of whom exactly half are dependants; one more bad pillar, device or
    /// diploma makes them deprived.
    pub fn sound_2022() -> Self {
        let mut home = Self::under(rulebook_2022());
        for born in ["1980-03-02", "1988-07-15", "2008-05-20", "2012-11-30"] {
            home.person(born);
        }
        for adult in [person(0), person(1)] {
            home = home
                .tell(&format!("kha_nang_lao_dong/{adult}"), true)
                .tell(&format!("viec_lam/{adult}"), "co_hop_dong")
                .tell(&format!("tcxh_thang/{adult}"), false)
                .tell(&format!("bhyt/{adult}"), true);
        }
        for child in [person(2), person(3)] {
            home = home
                .tell(&format!("sdd_chieu_cao/{child}"), false)
                .tell(&format!("sdd_can_nang/{child}"), false)
                .tell(&format!("dang_hoc/{child}"), true)
                .tell(&format!("dung_cap/{child}"), true);
        }
        for device in
            ["radio", "may_tinh_ban", "dien_thoai", "may_tinh_xach_tay", "may_tinh_bang", "dien_thoai_tm"]
        {
            home = home.tell(&format!("phuong_tien_tt#{device}"), false);
        }
        home.tell(&format!("bhyt/{}", person(2)), true)
            .tell(&format!("dang_hoc/{}", person(1)), false)
            .tell(&format!("bang_cap/{}", person(1)), "thpt")
            .tell(&format!("vua_hoc_vua_lam/{}", person(1)), false)
            .tell("cot_ben_chac", false)
            .tell("mai_ben_chac", true)
            .tell("tuong_ben_chac", true)
            .tell("dien_tich", 60)
            .tell("nuoc", "may")
            .tell("nha_tieu", "tu_hoai")
            .tell("internet", true)
            .tell("phuong_tien_tt#tivi", true)
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
        check_answer(self.1, &key, &value).unwrap_or_else(|error| panic!("{key}: {error}"));
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
        findings(self.1, &self.0, &self.0.reviews[&REVIEW], as_of())
    }

    pub fn finding(&self, indicator: &str) -> Finding {
        self.findings().into_iter().find(|finding| finding.indicator == indicator).unwrap()
    }

    pub fn deprived(&self, indicator: &str) -> Deprived {
        self.finding(indicator).deprived
    }

    pub fn decide(&self, area: Area) -> Decision {
        classify(self.1, area, &self.0, REVIEW, as_of())
    }

    pub fn completeness(&self) -> Completeness {
        completeness(self.1, &self.0, REVIEW, as_of())
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

/// The fixtures' review as the office opened it.
pub fn review() -> crate::review::Review {
    crate::review::Review {
        id: REVIEW,
        year: 2016,
        kind: crate::review::ReviewKind::Periodic,
        name: "Rà soát định kỳ năm 2016".to_owned(),
        rulebook: rulebook().id.clone(),
        rulebook_hash: rulebook().hash_hex(),
        as_of: as_of().to_string(),
        opened_on: "2016-09-01".to_owned(),
        deadline: None,
        list_year: 2017,
        b1_table: None,
        local_standard: None,
        opinion: None,
        opinion_of: None,
    }
}
