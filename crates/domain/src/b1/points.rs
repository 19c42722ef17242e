//! The points of form B1, counted from the answers of its items.
//!
//! **Invariant:** a total is there only if every item is answered and the region has a column; it is the sum of the
//! lines.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::merge::{NONE, WAIVED};
use super::{B1Item, B1Kind, B1Table, ShippedB1};
use crate::field::AnswerKey;
use crate::rulebook::Question;
use crate::rulebook::facts::{Facts, Reason};
use crate::scalar::Scalar;
use crate::scoring::ScoreLine;

/// The table that B1 was computed with, and its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct B1Used {
    /// What the office calls the table's version.
    pub version: String,
    /// SHA-256 of the table, hex.
    pub hash: String,
    /// The document that it was taken from.
    pub legal: String,
    /// Made up for trying the program; never for real households.
    pub fictitious: bool,
    /// The column; absent when the office has not said which holds where the household lives.
    pub region: Option<String>,
    /// The column's name in Vietnamese.
    pub region_vi: Option<String>,
    /// The column's name in English.
    pub region_en: Option<String>,
    /// How many items are not answered yet.
    #[ts(type = "number")]
    pub open: usize,
}

/// B1 by items.
#[derive(Clone, Debug)]
pub(crate) struct Points {
    /// The total; nothing while an item is open.
    pub total: Option<i64>,
    /// One an item.
    pub lines: Vec<ScoreLine>,
    /// What it was computed with; none where the total was entered.
    pub used: Option<B1Used>,
}

/// Counts the points of a household whose unit has the column `region`; `hash` is the table's.
pub(crate) fn points(table: &B1Table, hash: &str, region: Option<&str>, facts: &Facts<'_>) -> Points {
    let region = region.filter(|region| table.regions.iter().any(|known| known == region));
    let lines: Vec<ScoreLine> = table.items.iter().map(|item| line(table, item, region, facts)).collect();
    let open = table.items.iter().filter(|item| chosen(item, facts).is_none()).count();
    let shipped = ShippedB1::of(&table.rulebook);
    let named = region.and_then(|id| shipped.and_then(|shipped| shipped.region(id)));
    let used = B1Used {
        version: table.version.clone(),
        hash: hash.to_owned(),
        legal: table.legal.clone(),
        fictitious: table.fictitious,
        region: region.map(str::to_owned),
        region_vi: named.map(|named| named.name_vi.clone()).or(region.map(str::to_owned)),
        region_en: named.map(|named| named.name_en.clone()).or(region.map(str::to_owned)),
        open,
    };
    Points { total: lines.iter().map(|line| line.points).sum(), lines, used: Some(used) }
}

fn line(table: &B1Table, item: &B1Item, region: Option<&str>, facts: &Facts<'_>) -> ScoreLine {
    let given = chosen(item, facts);
    let points = given.as_ref().zip(region).and_then(|(given, region)| {
        let of =
            |id: &&str| item.answers.iter().find(|answer| answer.id == **id)?.points.get(region).copied();
        given.counted.iter().map(of).sum()
    });
    let no = &item.no;
    ScoreLine {
        rule: item.id.clone(),
        name_vi: format!("{no}. {}", item.name_vi),
        name_en: format!("{no}. {}", item.name_en.as_deref().unwrap_or(&item.name_vi)),
        answer: given.map(|given| given.because).unwrap_or_default(),
        points,
        status: item.status,
        source: format!("{} · {}", table.legal, table.version),
    }
}

/// What was answered to an item.
struct Given<'a> {
    /// The answers that give points.
    counted: Vec<&'a str>,
    /// The answers as reasons.
    because: Vec<Reason>,
}

/// What was answered to an item; nothing while it is open.
fn chosen<'a>(item: &B1Item, facts: &Facts<'a>) -> Option<Given<'a>> {
    let question = facts.rulebook().question(&item.id)?;
    let key = AnswerKey::household(&item.id);
    if item.kind == B1Kind::Several {
        return several(question, &key, facts);
    }
    let value = facts.answer(&key)?;
    let id = value.as_text()?;
    let counted = if id == NONE || id == WAIVED { Vec::new() } else { vec![id] };
    Some(Given { counted, because: vec![facts.because_answer(question, &key, value)] })
}

/// What was ticked counts as soon as something is ticked; nothing ticked counts once each was answered with no.
fn several<'a>(question: &'a Question, key: &AnswerKey, facts: &Facts<'a>) -> Option<Given<'a>> {
    let told = question.options().iter().map(|option| {
        let key = AnswerKey { option: Some(option.id.clone()), ..key.clone() };
        (option.id.as_str(), facts.answer(&key), key)
    });
    let told: Vec<_> = told.collect();
    let ticked: Vec<_> = told.iter().filter(|(_, value, _)| *value == Some(&Scalar::Bool(true))).collect();
    let unknown = |key: &AnswerKey| facts.told(key).is_some_and(Scalar::is_not_known);
    let open = told.iter().any(|(_, value, key)| value.is_none() && (ticked.is_empty() || unknown(key)));
    if open {
        return None;
    }
    let because = |(_, value, key): &(&'a str, Option<&'a Scalar>, AnswerKey)| {
        value.map(|value| facts.because_answer(question, key, value))
    };
    let reasons = if ticked.is_empty() {
        told.iter().filter_map(because).collect()
    } else {
        ticked.iter().filter_map(|it| because(it)).collect()
    };
    Some(Given { counted: ticked.iter().map(|(id, ..)| *id).collect(), because: reasons })
}
