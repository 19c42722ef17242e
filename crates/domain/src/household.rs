//! A household as observed: what the document holds, read into plain types.
//!
//! **Invariant:** nothing computed is in here: no score, class, age or state.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::field::AnswerKey;
use crate::id::{
    ChoiceId, CommentId, HouseholdId, MemberId, PhotoId, ReviewId, StepId, SupportId, UserId, VisitId,
};
use crate::scalar::Scalar;

/// A household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Household {
    /// The document's id.
    pub id: HouseholdId,
    /// Where it lives.
    pub place: Place,
    /// The member who is its head.
    pub head: Option<MemberId>,
    /// Everyone who is or was in it.
    #[ts(type = "Record<string, Member>")]
    pub members: BTreeMap<MemberId, Member>,
    /// What each review observed.
    #[ts(type = "Record<string, ReviewRecord>")]
    pub reviews: BTreeMap<ReviewId, ReviewRecord>,
    /// Supports received, removed ones included.
    #[ts(type = "Record<string, Support>")]
    pub supports: BTreeMap<SupportId, Support>,
    /// Photos, removed ones included.
    #[ts(type = "Record<string, Photo>")]
    pub photos: BTreeMap<PhotoId, Photo>,
    /// Someone took the household out of the review's lists.
    pub removed: bool,
    /// Coded: `moved_out`, `died`, `split`, `merged`, `mistake`.
    pub removed_why: Option<String>,
    /// The household that it was merged into.
    pub merged_into: Option<HouseholdId>,
    /// The day it was taken out of the lists, `YYYY[-MM[-DD]]`.
    #[serde(default)]
    pub removed_on: Option<String>,
    /// Why, in words.
    #[serde(default)]
    pub removed_note: Option<String>,
    /// Why it came to be listed, coded: `moved_in`, `split`, `newly_listed`.
    #[serde(default)]
    pub came_why: Option<String>,
}

impl Household {
    /// The members who live in it now, in the order of the form.
    pub fn present(&self) -> Vec<(&MemberId, &Member)> {
        let mut present: Vec<_> = self.members.iter().filter(|(_, member)| !member.left).collect();
        present.sort_by_key(|(id, member)| (member.order, **id));
        present
    }

    /// The head's name, or that of the first member: what people call the household.
    pub fn name(&self) -> Option<&str> {
        let head = self.head.and_then(|id| self.members.get(&id)).and_then(|head| head.name.as_deref());
        head.or_else(|| self.present().into_iter().find_map(|(_, member)| member.name.as_deref()))
    }
}

/// Where a household lives. Which village that is, is owned by the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// House number, lane.
    pub address: Option<String>,
    /// Degrees × 10⁷, north.
    #[ts(type = "number | null")]
    pub lat: Option<i64>,
    /// Degrees × 10⁷, east.
    #[ts(type = "number | null")]
    pub lng: Option<i64>,
    /// Metres.
    #[ts(type = "number | null")]
    pub accuracy_m: Option<i64>,
    /// Telephone number.
    pub phone: Option<String>,
    /// The household's code on paper lists.
    pub code: Option<String>,
}

/// Who a member is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Member {
    /// Full name.
    pub name: Option<String>,
    /// `male` or `female`.
    pub sex: Option<String>,
    /// `YYYY[-MM[-DD]]`.
    pub born: Option<String>,
    /// 12 digits.
    pub citizen_id: Option<String>,
    /// `tctk1979:NN`.
    pub ethnicity: Option<String>,
    /// Coded relation to the head: `head`, `spouse`, `child`, `parent`, `sibling`, `grandchild`, `grandparent`, `other`.
    pub relation: Option<String>,
    /// A person with merit (người có công).
    pub merit: bool,
    /// No longer in the household.
    pub left: bool,
    /// Coded: `moved_out`, `died`, `split`, `mistake`.
    pub left_why: Option<String>,
    /// The day, `YYYY[-MM[-DD]]`.
    pub left_on: Option<String>,
    /// Why they came after the household was first entered, coded: `born`, `moved_in`, `marriage`, `split`, `other`.
    #[serde(default)]
    pub came_why: Option<String>,
    /// The day they came, `YYYY[-MM[-DD]]`.
    #[serde(default)]
    pub came_on: Option<String>,
    /// Why this is not the person of another household who looks the same, in words.
    #[serde(default)]
    pub duplicate_why: Option<String>,
    /// Place on the form.
    #[ts(type = "number")]
    pub order: i64,
    /// The member of another household that this one was copied from.
    pub origin: Option<String>,
}

/// What one review observed of a household.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewRecord {
    /// Answers; a cleared one is absent.
    #[ts(type = "Record<string, Scalar>")]
    pub answers: BTreeMap<AnswerKey, Scalar>,
    /// The B1 total as entered from the paper form, in points.
    #[ts(type = "number | null")]
    pub b1_entered: Option<i64>,
    /// Visits.
    #[ts(type = "Record<string, Visit>")]
    pub visits: BTreeMap<VisitId, Visit>,
    /// Steps of the procedure.
    #[ts(type = "Record<string, Step>")]
    pub steps: BTreeMap<StepId, Step>,
    /// Comments.
    #[ts(type = "Record<string, Comment>")]
    pub comments: BTreeMap<CommentId, Comment>,
    /// Choices between contradicting values.
    #[ts(type = "Record<string, Choice>")]
    pub choices: BTreeMap<ChoiceId, Choice>,
}

/// A visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Visit {
    /// Who came.
    pub by: Option<UserId>,
    /// When, seconds since 1970, by the device's clock: a claim.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// Degrees × 10⁷.
    #[ts(type = "number | null")]
    pub lat: Option<i64>,
    /// Degrees × 10⁷.
    #[ts(type = "number | null")]
    pub lng: Option<i64>,
    /// The section of the form that was confirmed to be as in the review before.
    #[serde(default)]
    pub confirms: Option<String>,
    /// Taken back.
    pub removed: bool,
}

/// A step of the procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Step {
    /// Which one.
    pub step: Option<String>,
    /// Who took it.
    pub by: Option<UserId>,
    /// When: a claim.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// Why, in words.
    pub why: Option<String>,
    /// The steps that its author had seen, comma-separated ids.
    pub after: Option<String>,
}

/// A comment on a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Comment {
    /// The question's id.
    pub question: Option<String>,
    /// The member it is about.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// The comment that it replies to.
    #[serde(default)]
    pub to: Option<CommentId>,
    /// What was said.
    pub text: Option<String>,
    /// By whom.
    pub by: Option<UserId>,
    /// When: a claim.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// Dealt with.
    pub done: bool,
}

/// A person's choice between contradicting values of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// The field's path.
    pub field: Option<String>,
    /// Hash of the change whose value was chosen, hex.
    pub chosen: Option<String>,
    /// Hashes of the changes whose values were set aside, comma-separated hex.
    pub over: Option<String>,
    /// Why, in words.
    pub why: Option<String>,
    /// Who chose.
    pub by: Option<UserId>,
    /// When: a claim.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
}

/// A support that the household or one of its members received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Support {
    /// The policy's id in the registry.
    pub policy: Option<String>,
    /// The period it is for: `2017`, `2017-Q1`.
    pub period: Option<String>,
    /// What for, in words or coded by the policy.
    pub purpose: Option<String>,
    /// Integer đồng.
    #[ts(type = "number | null")]
    pub amount_dong: Option<i64>,
    /// The day, `YYYY[-MM[-DD]]`.
    pub date: Option<String>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// The member it went to, if to one.
    pub member: Option<MemberId>,
    /// Where it was read from.
    pub source: Option<String>,
    /// Taken back.
    pub removed: bool,
}

/// A photo's description; its bytes travel outside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Photo {
    /// Of the bytes, hex.
    pub sha256: Option<String>,
    /// Size.
    #[ts(type = "number | null")]
    pub bytes: Option<i64>,
    /// What it shows, coded.
    pub kind: Option<String>,
    /// When: a claim.
    #[ts(type = "number | null")]
    pub taken_at: Option<i64>,
    /// The review it belongs to.
    pub review: Option<ReviewId>,
    /// Taken back.
    pub removed: bool,
}
