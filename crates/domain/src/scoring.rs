//! The two scores of a household: B1 from the items of the review's table or as entered, B2 as derived, with every
//! point accounted for.
//!
//! **Invariant:** `b2_min` and `b2_max` enclose the B2 of every completion of what is missing; the points of the
//! lines add up to B1 + `b2_min`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::b1::{B1Used, Points, points};
use crate::deprivation::{Deprived, Finding, findings};
use crate::entry::{B1_MAX, B1_MIN};
use crate::household::{Household, ReviewRecord};
use crate::rulebook::facts::{Facts, Reason};
use crate::rulebook::{Rulebook, Status};

/// The name of the line of the B1 total.
pub const B1_RULE: &str = "b1";

/// The scores of a household in a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Score {
    /// The B1 total: of the items where the review has a table, once all are answered; else as entered.
    #[ts(type = "number | null")]
    pub b1: Option<i64>,
    /// The table that B1 is computed with; none where the total is entered.
    pub b1_used: Option<B1Used>,
    /// B2 if nothing that is missing turns out to be a deprivation.
    #[ts(type = "number")]
    pub b2_min: i64,
    /// B2 if everything that is missing does.
    #[ts(type = "number")]
    pub b2_max: i64,
    /// What the answers say about each indicator.
    pub findings: Vec<Finding>,
    /// Every point: the B1 total or one line an item, then one line an indicator.
    pub lines: Vec<ScoreLine>,
}

impl Score {
    /// B2, once nothing that is missing can change it.
    pub fn b2(&self) -> Option<i64> {
        (self.b2_min == self.b2_max).then_some(self.b2_min)
    }
}

/// Where points come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScoreLine {
    /// `b1`, or the indicator's id.
    pub rule: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// The facts that decided it; none for the B1 total, which is entered.
    pub answer: Vec<Reason>,
    /// The points; nothing while it is open.
    #[ts(type = "number | null")]
    pub points: Option<i64>,
    /// How sure the rule is.
    pub status: Status,
    /// Where the rule was read.
    pub source: String,
}

/// The B1 total of a review, if one was entered that a form can have.
pub fn entered_b1(record: &ReviewRecord) -> Option<i64> {
    record.b1_entered.filter(|points| (B1_MIN..=B1_MAX).contains(points))
}

/// The scores of a household in a review; ages are those at `as_of`, `b1_region` is the column of the B1 table.
pub fn score(
    rulebook: &Rulebook,
    b1_region: Option<&str>,
    household: &Household,
    record: &ReviewRecord,
    as_of: NaiveDate,
) -> Score {
    let findings = findings(rulebook, household, record, as_of);
    let facts = Facts::new(rulebook, household, record, as_of);
    let Points { total: b1, lines: b1_lines, used: b1_used } = b1_points(&facts, b1_region, record);
    let b2_min = findings.iter().map(|finding| finding.points).sum();
    let open = findings.iter().filter(|finding| finding.deprived == Deprived::Unknown);
    let b2_max = b2_min + open.map(|_| rulebook.points_each.value).sum::<i64>();
    let lines = b1_lines.into_iter().chain(findings.iter().map(b2_line)).collect();
    Score { b1, b1_used, b2_min, b2_max, findings, lines }
}

/// With a table the items count and an entered total does not: what the officer copied cannot be explained.
fn b1_points(facts: &Facts<'_>, region: Option<&str>, record: &ReviewRecord) -> Points {
    let rulebook = facts.rulebook();
    match rulebook.b1.table.as_ref().zip(rulebook.b1.table_hash.as_deref()) {
        Some((table, hash)) => points(table, hash, region, facts),
        None => {
            let total = entered_b1(record);
            Points { total, lines: vec![b1_line(rulebook, total)], used: None }
        }
    }
}

fn b1_line(rulebook: &Rulebook, b1: Option<i64>) -> ScoreLine {
    ScoreLine {
        rule: B1_RULE.to_owned(),
        name_vi: rulebook.b1.name_vi.clone(),
        name_en: rulebook.b1.name_en.clone(),
        answer: Vec::new(),
        points: b1,
        status: rulebook.b1.status,
        source: rulebook.b1.source.clone(),
    }
}

fn b2_line(finding: &Finding) -> ScoreLine {
    ScoreLine {
        rule: finding.indicator.clone(),
        name_vi: finding.name_vi.clone(),
        name_en: finding.name_en.clone(),
        answer: finding.because.clone(),
        points: (finding.deprived != Deprived::Unknown).then_some(finding.points),
        status: finding.status,
        source: finding.source.clone(),
    }
}

#[cfg(test)]
mod tests;
