//! B2: which of the indicators a household is deprived in, derived from its answers and never ticked.
//!
//! **Invariant:** `Yes` and `No` hold whatever is still missing; the findings are in the order of the form, one an
//! indicator.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::completeness::asked;
use crate::field::AnswerKey;
use crate::household::{Household, ReviewRecord};
use crate::id::MemberId;
use crate::rulebook::condition::Truth;
use crate::rulebook::facts::{Facts, Missing, Reason};
use crate::rulebook::{Indicator, Rulebook, Status};

/// Deprived, not deprived, or not decided by what is known.
pub type Deprived = Truth;

/// What the answers say about one indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// The indicator's id.
    pub indicator: String,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// The dimension it belongs to.
    pub dimension: String,
    /// What the answers say.
    pub deprived: Deprived,
    /// The facts that decided it.
    pub because: Vec<Reason>,
    /// Answers that could decide it, of those that are asked now.
    pub missing: Vec<AnswerKey>,
    /// Members whose date of birth could decide it.
    pub births: Vec<MemberId>,
    /// B2 points: those of one deprivation if deprived, else 0.
    #[ts(type = "number")]
    pub points: i64,
    /// How sure the rule is.
    pub status: Status,
    /// Where the rule was read.
    pub source: String,
}

/// What a review's answers say about each indicator; ages are those at `as_of`.
pub fn findings(
    rulebook: &Rulebook,
    household: &Household,
    record: &ReviewRecord,
    as_of: NaiveDate,
) -> Vec<Finding> {
    let facts = Facts::new(rulebook, household, record, as_of);
    let asked = asked(&facts).keys;
    rulebook.indicators.iter().map(|indicator| find(&facts, indicator, &asked)).collect()
}

fn find(facts: &Facts<'_>, indicator: &Indicator, asked: &[AnswerKey]) -> Finding {
    let judged = indicator.deprived.judge(facts, None);
    let (mut missing, mut births) = (Vec::new(), Vec::new());
    for fact in judged.missing {
        match fact {
            Missing::Answer(key) => missing.push(key),
            Missing::Born(member) => births.push(member),
        }
    }
    missing.retain(|key| asked.iter().any(|ask| ask.question == key.question && ask.member == key.member));
    Finding {
        indicator: indicator.id.clone(),
        name_vi: indicator.name_vi.clone(),
        name_en: indicator.name_en.clone(),
        dimension: indicator.dimension.clone(),
        deprived: judged.truth,
        because: judged.because,
        missing,
        births,
        points: if judged.truth == Truth::Yes { facts.rulebook().points_each.value } else { 0 },
        status: indicator.status,
        source: indicator.source.clone(),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_2022;
