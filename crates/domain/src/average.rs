//! Average living standard (mức sống trung bình) of households that live on farming, forestry, fishery or salt: its own
//! determination, by the income of twelve months. It never changes the class of the review.
//!
//! **Invariant:** amounts are compared as whole numbers, income against line × people × 12, so that nothing is rounded.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::field::AnswerKey;
use crate::household::{Household, ReviewRecord};
use crate::id::ReviewId;
use crate::rulebook::{AverageRule, IncomeLine, Rulebook, Sourced};
use crate::scalar::Scalar;
use crate::unit::Area;

/// Months of the income that is asked for.
const MONTHS: i64 = 12;

/// Where the income of a household lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Living {
    /// The income is not told yet, or nobody is known to live there.
    Open,
    /// At the lower line or under it: no average living standard.
    Below,
    /// Over the lower line and not over the upper one.
    Average,
    /// Over the upper line.
    Above,
}

/// The determination with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AverageLiving {
    /// The result.
    pub living: Living,
    /// The income of twelve months, in đồng.
    #[ts(type = "number | null")]
    pub income_dong: Option<i64>,
    /// Who shares it.
    #[ts(type = "number")]
    pub people: i64,
    /// Đồng a person and month, without what is left over; for reading, not for comparing.
    #[ts(type = "number | null")]
    pub monthly_dong: Option<i64>,
    /// The income has to be over this, in đồng a person and month.
    pub over: Sourced,
    /// It may be this at most.
    pub at_most: Sourced,
    /// How it is determined, and where that was read.
    pub rule: AverageRule,
}

/// The determination for a household; none if the rulebook has no such rule, or the household does not live on farming,
/// forestry, fishery or salt as far as was told.
pub fn average_living(
    rulebook: &Rulebook,
    area: Area,
    household: &Household,
    review: ReviewId,
) -> Option<AverageLiving> {
    let rule = rulebook.average.as_ref()?;
    let record = household.reviews.get(&review)?;
    let answer = |question: &str| record.answers.get(&AnswerKey::household(question));
    if answer(&rule.farming) != Some(&Scalar::Bool(true)) {
        return None;
    }
    let (over, at_most) = (line(rulebook, &rule.over, area)?, line(rulebook, &rule.at_most, area)?);
    let income_dong = income(record, &rule.income);
    let people = i64::try_from(household.present().len()).unwrap_or(i64::MAX);
    let shared = income_dong.filter(|_| people > 0);
    Some(AverageLiving {
        living: shared.map_or(Living::Open, |income| judge(income, people, (over.value, at_most.value))),
        income_dong,
        people,
        monthly_dong: shared.map(|income| income / people.saturating_mul(MONTHS)),
        over,
        at_most,
        rule: rule.clone(),
    })
}

fn line(rulebook: &Rulebook, id: &str, area: Area) -> Option<Sourced> {
    let IncomeLine { rural, urban, .. } = rulebook.income_lines.iter().find(|line| line.id == id)?;
    Some(match area {
        Area::Rural => rural.clone(),
        Area::Urban => urban.clone(),
    })
}

fn income(record: &ReviewRecord, question: &str) -> Option<i64> {
    record.answers.get(&AnswerKey::household(question))?.as_int()
}

fn judge(income: i64, people: i64, (over, at_most): (i64, i64)) -> Living {
    let year = |line: i64| i128::from(line) * i128::from(people) * i128::from(MONTHS);
    match i128::from(income) {
        income if income <= year(over) => Living::Below,
        income if income <= year(at_most) => Living::Average,
        _ => Living::Above,
    }
}

#[cfg(test)]
mod tests;
