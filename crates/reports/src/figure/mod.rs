//! Figures: every number of the report, with what it was counted from.
//!
//! **Invariant:** a figure's value, numerator and denominator are the sizes and sums of its evidence; no number is
//! typed, and the letter, the appendix and the tables read the same figure under the same label.

mod count;
mod lists;
mod rule;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use domain::decimal::Decimal;
use domain::id::{HouseholdId, MemberId, SupportId, UnitId};
use domain::movement::Movement;

pub use count::figures;
pub(crate) use count::{Given, given, insurance_answer, support_date};
pub use lists::{Group, Lists, present};
pub use rule::{Count, Period, Rule, rules};
pub use text::Form;

/// Words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A figure's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "unit", content = "number", rename_all = "snake_case")]
pub enum Value {
    /// Things counted.
    Count(i64),
    /// Đồng.
    Dong(i64),
    /// Per cent, entered as an indicator.
    Percent(Decimal),
}

/// A share of another figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The figure's own number.
    pub numerator: i64,
    /// The number of the figure it is a share of.
    pub denominator: i64,
    /// The id of the figure it is a share of.
    pub of: String,
}

impl Share {
    /// Per cent with two decimals; `None` where the denominator is zero.
    pub fn percent(&self) -> Option<Decimal> {
        Decimal::quotient(self.numerator.checked_mul(100)?, self.denominator, 2)
    }
}

/// A support that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SupportRef {
    /// The household that it is recorded in.
    pub household: HouseholdId,
    /// The support.
    pub support: SupportId,
}

/// A member who was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MemberRef {
    /// The household.
    pub household: HouseholdId,
    /// The member.
    pub member: MemberId,
}

/// What a figure was counted from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Households, each once, in the order of their ids.
    pub households: Vec<HouseholdId>,
    /// Members.
    pub members: Vec<MemberRef>,
    /// Supports.
    pub supports: Vec<SupportRef>,
    /// Units.
    pub units: Vec<UnitId>,
    /// For an indicator or a population: where it was read, and for which day.
    pub entered: Option<Entered>,
}

/// Where an entered value was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entered {
    /// The register or paper.
    pub source: Option<String>,
    /// The day it holds for.
    pub date: Option<String>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The key by which templates name it.
    pub id: String,
    /// What it counts.
    pub label: Words,
    /// The value; `None` where nobody entered it.
    pub value: Option<Value>,
    /// The share it is of another figure, where it is one.
    pub share: Option<Share>,
    /// What it was counted from.
    pub evidence: Evidence,
    /// How it was counted.
    pub rule: &'static Rule,
}

impl Figure {
    /// The value as a whole number, where it is one.
    pub fn whole(&self) -> Option<i64> {
        match self.value? {
            Value::Count(number) | Value::Dong(number) => Some(number),
            Value::Percent(percent) => percent.whole(),
        }
    }
}

/// Every figure of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// In the order of the rules.
    pub all: Vec<Figure>,
    /// The movement of both lists in the report's period.
    pub movement: Movement,
    #[serde(skip)]
    by_id: BTreeMap<String, usize>,
}

impl Figures {
    /// The figures in a fixed order.
    pub fn new(all: Vec<Figure>, movement: Movement) -> Self {
        let by_id = all.iter().enumerate().map(|(at, figure)| (figure.id.clone(), at)).collect();
        Self { all, movement, by_id }
    }

    /// A figure by id.
    pub fn get(&self, id: &str) -> Option<&Figure> {
        self.by_id.get(id).map(|at| &self.all[*at])
    }

    /// A figure's whole number by id.
    pub fn whole(&self, id: &str) -> Option<i64> {
        self.get(id)?.whole()
    }
}
