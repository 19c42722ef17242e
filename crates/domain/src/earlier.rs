//! What an earlier review observed, beside the review that is under way, and what of it can be confirmed unchanged.
//!
//! **Invariant:** an earlier answer counts for nothing until a person confirms it: it is then an answer of this review.
//! **Invariant:** what is carried fits the rulebook of this review, is about people who still live there, is asked now,
//! and stands in the place of no answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::completeness::completeness;
use crate::field::{AnswerKey, Field};
use crate::household::{Household, ReviewRecord};
use crate::id::{MemberId, ReviewId};
use crate::review::Review;
use crate::rulebook::{Rulebook, Section, check_answer};
use crate::scalar::Scalar;

/// The section that stands for the B1 total as entered from the paper form.
pub const B1_SECTION: &str = "b1";

/// What the latest earlier review observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier<'a> {
    /// The earlier review.
    pub review: &'a Review,
    /// Its answers that fit this review.
    pub answers: BTreeMap<AnswerKey, Scalar>,
    /// Its B1 total, if both reviews count it by the same table.
    pub b1_entered: Option<i64>,
}

/// The latest review before `review`, in the order of `reviews`, that recorded anything of the household.
pub fn earlier<'a>(
    household: &Household,
    reviews: &'a [Review],
    review: &Review,
    rulebook: &Rulebook,
) -> Option<Earlier<'a>> {
    let place = reviews.iter().position(|known| known.id == review.id)?;
    let recorded = |before: &&Review| household.reviews.get(&before.id).is_some_and(is_recorded);
    let found = reviews[..place].iter().rev().find(recorded)?;
    let record = household.reviews.get(&found.id)?;
    let same_table = found.rulebook_hash == review.rulebook_hash && found.b1_table == review.b1_table;
    Some(Earlier {
        review: found,
        answers: fitting(household, record, rulebook),
        b1_entered: record.b1_entered.filter(|_| same_table),
    })
}

fn is_recorded(record: &ReviewRecord) -> bool {
    !record.answers.is_empty() || record.b1_entered.is_some()
}

/// The answers that the rulebook takes; "asked, not known" is nothing to go by a year later.
fn fitting(household: &Household, record: &ReviewRecord, rulebook: &Rulebook) -> BTreeMap<AnswerKey, Scalar> {
    let stays = |member: MemberId| household.members.get(&member).is_some_and(|member| !member.left);
    let fits = |(key, value): &(&AnswerKey, &Scalar)| {
        !value.is_not_known() && key.member.is_none_or(stays) && check_answer(rulebook, key, value).is_ok()
    };
    let answers = record.answers.iter().filter(fits);
    answers.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// What confirming a section, or one member's part of it, writes into the review. Nothing if there is nothing to confirm.
pub fn confirmed(
    household: &Household,
    review: ReviewId,
    earlier: &Earlier<'_>,
    (rulebook, as_of): (&Rulebook, NaiveDate),
    (section, member): (&str, Option<MemberId>),
) -> Vec<(Field, Scalar)> {
    let empty = ReviewRecord::default();
    let record = household.reviews.get(&review).unwrap_or(&empty);
    let mut carried: Vec<(Field, Scalar)> = Vec::new();
    if let Some(section) = rulebook.sections.iter().find(|known| known.id == section) {
        let candidates = candidates(earlier, record, section, member);
        let asked = asked_with(household, review, &candidates, (rulebook, as_of));
        let kept = candidates.into_iter().filter(|(key, _)| asked.contains(&without_option(key)));
        carried.extend(kept.map(|(key, value)| (Field::Answer(review, key), value)));
    }
    if section == B1_SECTION && member.is_none() && record.b1_entered.is_none() {
        let total = earlier.b1_entered.map(|total| (Field::B1Entered(review), Scalar::Int(total)));
        carried.extend(total);
    }
    carried
}

/// True if the review's form has the section, or it is that of the B1 total.
pub fn has_section(rulebook: &Rulebook, section: &str) -> bool {
    section == B1_SECTION || rulebook.sections.iter().any(|known| known.id == section)
}

/// Earlier answers of a section to questions that have no answer yet; one option answers for the whole question.
fn candidates(
    earlier: &Earlier<'_>,
    record: &ReviewRecord,
    section: &Section,
    member: Option<MemberId>,
) -> BTreeMap<AnswerKey, Scalar> {
    let of_section = |key: &AnswerKey| section.questions.iter().any(|question| question.id == key.question);
    let answered =
        |key: &AnswerKey| record.answers.keys().any(|known| without_option(known) == without_option(key));
    let wanted = |(key, _): &(&AnswerKey, &Scalar)| {
        of_section(key) && (member.is_none() || key.member == member) && !answered(key)
    };
    let found = earlier.answers.iter().filter(wanted);
    found.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// What would be asked of the household with these answers.
fn asked_with(
    household: &Household,
    review: ReviewId,
    answers: &BTreeMap<AnswerKey, Scalar>,
    (rulebook, as_of): (&Rulebook, NaiveDate),
) -> Vec<AnswerKey> {
    let mut supposed = household.clone();
    let record = supposed.reviews.entry(review).or_default();
    record.answers.extend(answers.iter().map(|(key, value)| (key.clone(), value.clone())));
    completeness(rulebook, &supposed, review, as_of).asked
}

fn without_option(key: &AnswerKey) -> AnswerKey {
    AnswerKey { option: None, ..key.clone() }
}

#[cfg(test)]
mod tests;
