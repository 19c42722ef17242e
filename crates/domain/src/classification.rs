//! The class of a household: computed from its scores by the pinned rulebook, never typed.
//!
//! A class is decided as soon as every B1 and B2 that the missing answers could still make lies in it. Two
//! indicators may wait for the same date of birth; they are taken as independent, so a decision can come later than
//! the very first moment it could, and is never wrong.
//!
//! **Invariant:** a household without members is undecided, and so is one whose possible classes are more than one.

mod local;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::entry::{B1_MAX, B1_MIN};
use crate::household::{Household, ReviewRecord};
use crate::id::ReviewId;
use crate::rulebook::{ClassRule, Rulebook, Sourced, Status};
use crate::scalar::Scalar;
use crate::scoring::{Score, score};
use crate::unit::{Area, Locality};

pub use local::{LocalDecision, Misfit, classify_locally, misfit};

/// A class, the poorest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Hộ nghèo về thu nhập.
    PoorIncome,
    /// Hộ nghèo thiếu hụt tiếp cận dịch vụ xã hội cơ bản.
    PoorDeprived,
    /// Hộ nghèo đa chiều: of the rulebooks from 2022 on, which do not tell the two kinds apart.
    Poor,
    /// Hộ cận nghèo.
    NearPoor,
    /// Hộ không nghèo.
    NotPoor,
}

impl Class {
    /// Poor, by income or by deprivation.
    pub fn is_poor(self) -> bool {
        matches!(self, Self::PoorIncome | Self::PoorDeprived | Self::Poor)
    }
}

/// Why a household has its class, or has none yet. The words are in the messages catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// Nobody is known to live there.
    NoMembers,
    /// The B1 total was not entered.
    B1Missing,
    /// `open` items of the B1 table are not answered yet.
    B1ItemsOpen,
    /// The office has not said which column of the B1 table holds where the household lives.
    B1NoRegion,
    /// B1 `b1` is `limit` or less.
    B1AtMost,
    /// B1 `b1` is greater than `over`.
    B1Over,
    /// B1 `b1` is greater than `over`, and `limit` or less.
    B1Between,
    /// B2 is at least `b2_min`, which is `limit` or more.
    B2AtLeast,
    /// B2 is at most `b2_max`, which is less than `limit`.
    B2Below,
    /// B2 is anything from `b2_min` to `b2_max`, and `limit` lies between.
    B2Open,
    /// Some indicators are open, and no B2 would change the class.
    B2NotNeeded,
}

/// A line of the explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReasonLine {
    /// Which words.
    pub code: ReasonCode,
    /// What to put into them: `area`, `b1`, `b2_min`, `b2_max`, `limit`, `over`, `open`.
    pub params: BTreeMap<String, Scalar>,
    /// How sure the least sure bound in it is.
    pub status: Option<Status>,
    /// Where the bounds were read.
    pub sources: Vec<String>,
}

/// The class of a household in a review, with everything needed to explain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Decision {
    /// The class; nothing while it is open.
    pub class: Option<Class>,
    /// The classes it can still come to, the poorest first; one when it is decided.
    pub possible: Vec<Class>,
    /// The scores.
    pub score: Score,
    /// Why.
    pub reason: Vec<ReasonLine>,
    /// The rulebook's id.
    pub rulebook: String,
    /// The rulebook's hash, hex.
    pub rulebook_hash: String,
    /// Urban or rural.
    pub area: Area,
}

/// The class of a household in a review; ages are those at `as_of`. `locality` is that of the household's unit.
pub fn classify<'a>(
    rulebook: &Rulebook,
    locality: impl Into<Locality<'a>>,
    household: &Household,
    review: ReviewId,
    as_of: NaiveDate,
) -> Decision {
    let Locality { area, b1_region } = locality.into();
    let empty = ReviewRecord::default();
    let record = household.reviews.get(&review).unwrap_or(&empty);
    let score = score(rulebook, b1_region, household, record, as_of);
    let inhabited = !household.present().is_empty();
    let Verdict { class, possible, reason } = verdict(rulebook, area, &score, inhabited);
    Decision {
        class,
        possible,
        score,
        reason,
        rulebook: rulebook.id.clone(),
        rulebook_hash: rulebook.hash_hex(),
        area,
    }
}

impl Decision {
    /// Somebody is known to live there.
    fn inhabited(&self) -> bool {
        self.reason.iter().all(|line| line.code != ReasonCode::NoMembers)
    }
}

/// What thresholds make of scores.
struct Verdict {
    class: Option<Class>,
    possible: Vec<Class>,
    reason: Vec<ReasonLine>,
}

fn verdict(rulebook: &Rulebook, area: Area, score: &Score, inhabited: bool) -> Verdict {
    let possible = if inhabited {
        possible(rulebook, area, score.b1, score.b2_min..=score.b2_max)
    } else {
        rulebook.classes.iter().map(|rule| rule.class).collect()
    };
    let class = match possible.as_slice() {
        [class] if inhabited => Some(*class),
        _ => None,
    };
    let mut reason = if inhabited { Vec::new() } else { vec![line(ReasonCode::NoMembers, area, &[], &[])] };
    reason.extend(explain(rulebook, area, score, class, &possible));
    Verdict { class, possible, reason }
}

/// The class of a pair of scores.
pub fn class_of(rulebook: &Rulebook, area: Area, b1: i64, b2: i64) -> Option<Class> {
    classes_at(rulebook, area, b1, b2).next()
}

/// Every class whose rule holds for a pair of scores: exactly one in a rulebook that loads.
pub(crate) fn classes_at(rulebook: &Rulebook, area: Area, b1: i64, b2: i64) -> impl Iterator<Item = Class> {
    let holds = move |rule: &&ClassRule| {
        let bounds = Bounds::of(rulebook, rule, area);
        bounds.b1_over.is_none_or(|over| b1 > over.value)
            && bounds.b1_max.is_none_or(|limit| b1 <= limit.value)
            && bounds.b2_min.is_none_or(|limit| b2 >= limit.value)
            && bounds.b2_below.is_none_or(|limit| b2 < limit.value)
    };
    rulebook.classes.iter().filter(holds).map(|rule| rule.class)
}

/// The classes of every pair of scores in the given ranges, the poorest first; an unknown B1 can be any.
pub fn possible(rulebook: &Rulebook, area: Area, b1: Option<i64>, b2: RangeInclusive<i64>) -> Vec<Class> {
    let b1s = b1.map_or_else(|| b1_samples(rulebook, area), |known| BTreeSet::from([known]));
    let b2s: Vec<i64> = b2_steps(rulebook, b2).collect();
    let pairs = b1s.iter().flat_map(|b1| b2s.iter().map(move |b2| (*b1, *b2)));
    let found: BTreeSet<Class> = pairs.filter_map(|(b1, b2)| class_of(rulebook, area, b1, b2)).collect();
    found.into_iter().collect()
}

/// One B1 of each stretch between the thresholds of an area: what holds for these holds for all.
pub(crate) fn b1_samples(rulebook: &Rulebook, area: Area) -> BTreeSet<i64> {
    let limits = rulebook.thresholds.iter().map(|threshold| threshold.of(area).value);
    let edges = limits.flat_map(|limit| [limit, limit.saturating_add(1)]);
    edges.chain([B1_MIN, B1_MAX]).filter(|points| (B1_MIN..=B1_MAX).contains(points)).collect()
}

/// Every B2 in a range that a number of deprivations can make.
pub(crate) fn b2_steps(rulebook: &Rulebook, b2: RangeInclusive<i64>) -> impl Iterator<Item = i64> {
    let each = usize::try_from(rulebook.points_each.value).unwrap_or(1).max(1);
    b2.step_by(each)
}

/// The bounds of a class in one area.
struct Bounds<'a> {
    b1_over: Option<&'a Sourced>,
    b1_max: Option<&'a Sourced>,
    b2_min: Option<&'a Sourced>,
    b2_below: Option<&'a Sourced>,
}

impl<'a> Bounds<'a> {
    fn of(rulebook: &'a Rulebook, rule: &ClassRule, area: Area) -> Self {
        let find = |id: &Option<String>| {
            let threshold = id.as_deref().and_then(|id| rulebook.threshold(id));
            threshold.map(|threshold| threshold.of(area))
        };
        Self {
            b1_over: find(&rule.b1_over),
            b1_max: find(&rule.b1_max),
            b2_min: find(&rule.b2_min),
            b2_below: find(&rule.b2_below),
        }
    }
}

fn explain(
    rulebook: &Rulebook,
    area: Area,
    score: &Score,
    class: Option<Class>,
    possible: &[Class],
) -> Vec<ReasonLine> {
    let decided = class.and_then(|class| rulebook.class(class));
    let mut lines = Vec::new();
    if score.b1.is_none() {
        lines.extend(explain_no_b1(area, score));
    }
    match decided {
        Some(rule) => {
            let bounds = Bounds::of(rulebook, rule, area);
            lines.extend(explain_b1(&bounds, area, score));
            lines.extend(explain_b2(&bounds, area, score));
        }
        None => lines.extend(explain_open(rulebook, area, score, possible)),
    }
    lines
}

/// Why there is no B1 total yet.
fn explain_no_b1(area: Area, score: &Score) -> Vec<ReasonLine> {
    let Some(used) = &score.b1_used else { return vec![line(ReasonCode::B1Missing, area, &[], &[])] };
    let open = i64::try_from(used.open).unwrap_or(i64::MAX);
    let open = (open > 0).then(|| line(ReasonCode::B1ItemsOpen, area, &[("open", open)], &[]));
    let no_region = used.region.is_none().then(|| line(ReasonCode::B1NoRegion, area, &[], &[]));
    open.into_iter().chain(no_region).collect()
}

fn explain_b1(bounds: &Bounds<'_>, area: Area, score: &Score) -> Option<ReasonLine> {
    let b1 = ("b1", score.b1?);
    Some(match (bounds.b1_over, bounds.b1_max) {
        (Some(over), Some(limit)) => {
            let params = [b1, ("over", over.value), ("limit", limit.value)];
            line(ReasonCode::B1Between, area, &params, &[over, limit])
        }
        (Some(over), None) => line(ReasonCode::B1Over, area, &[b1, ("over", over.value)], &[over]),
        (None, Some(limit)) => line(ReasonCode::B1AtMost, area, &[b1, ("limit", limit.value)], &[limit]),
        (None, None) => return None,
    })
}

fn explain_b2(bounds: &Bounds<'_>, area: Area, score: &Score) -> Vec<ReasonLine> {
    let range = [("b2_min", score.b2_min), ("b2_max", score.b2_max)];
    let with = |limit: &Sourced| [range[0], range[1], ("limit", limit.value)];
    let mut lines = Vec::new();
    lines.extend(bounds.b2_min.map(|limit| line(ReasonCode::B2AtLeast, area, &with(limit), &[limit])));
    lines.extend(bounds.b2_below.map(|limit| line(ReasonCode::B2Below, area, &with(limit), &[limit])));
    if lines.is_empty() && score.b2().is_none() {
        lines.push(line(ReasonCode::B2NotNeeded, area, &range, &[]));
    }
    lines
}

/// The B2 limit that the open answers lie on both sides of, if one stands between the possible classes.
fn explain_open(rulebook: &Rulebook, area: Area, score: &Score, possible: &[Class]) -> Option<ReasonLine> {
    let rules = possible.iter().filter_map(|class| rulebook.class(*class));
    let limits = rules.filter_map(|rule| Bounds::of(rulebook, rule, area).b2_min);
    let mut between = limits.filter(|limit| score.b2_min < limit.value && limit.value <= score.b2_max);
    let limit = between.next()?;
    let params = [("b2_min", score.b2_min), ("b2_max", score.b2_max), ("limit", limit.value)];
    Some(line(ReasonCode::B2Open, area, &params, &[limit]))
}

fn line(code: ReasonCode, area: Area, params: &[(&str, i64)], bounds: &[&Sourced]) -> ReasonLine {
    let area = match area {
        Area::Rural => "rural",
        Area::Urban => "urban",
    };
    let numbers = params.iter().map(|(name, number)| ((*name).to_owned(), Scalar::Int(*number)));
    ReasonLine {
        code,
        params: numbers.chain([("area".to_owned(), Scalar::text(area))]).collect(),
        status: bounds.iter().map(|bound| bound.status).max(),
        sources: bounds.iter().map(|bound| bound.source.clone()).collect(),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_2022;
