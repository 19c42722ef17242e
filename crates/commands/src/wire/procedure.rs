//! The procedure of a review: where a household stands, the steps that people take, the comments on questions.

use std::collections::BTreeMap;

use domain::id::{CommentId, HouseholdId, MemberId, ReviewId, StepId, UnitId, UserId};
use domain::scalar::Scalar;
use domain::state::Stage;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A comment on a question, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// The question's id; absent where the comment is about the whole record.
    #[serde(default)]
    #[ts(optional)]
    pub question: Option<String>,
    /// The member it is about.
    #[serde(default)]
    #[ts(optional)]
    pub member: Option<MemberId>,
    /// The comment that it replies to.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<CommentId>,
    /// What is said.
    pub text: Scalar,
}

/// Parameters of `procedure.take`: one step at one or many households, each whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StepTake {
    /// The households, at most 500.
    pub households: Vec<HouseholdId>,
    /// The step: `submitted`, `returned`, `posted` …
    pub step: String,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// Why, in words; a complaint says what it is about.
    #[serde(default)]
    #[ts(optional)]
    pub why: Option<Scalar>,
    /// What has to be looked at again, question by question; of one household only.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<NewComment>>")]
    pub comments: Vec<NewComment>,
}

/// A household at which a step was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepRefused {
    /// The household.
    pub household: HouseholdId,
    /// Why, coded like an error.
    pub code: String,
    /// What the words speak of.
    pub params: BTreeMap<String, String>,
}

/// Answer of `procedure.take`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepsTaken {
    /// Where the step was taken.
    pub taken: Vec<HouseholdId>,
    /// Where it was not; nothing was written there.
    pub refused: Vec<StepRefused>,
}

/// Parameters of `comment.add`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CommentAdd {
    /// The household.
    pub household: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The comment.
    pub comment: NewComment,
}

/// Parameters of `comment.done`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CommentDone {
    /// The household.
    pub household: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The comment.
    pub comment: CommentId,
    /// Dealt with, or not after all.
    pub done: bool,
}

/// A step that somebody recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordedStep {
    /// Its id.
    pub id: StepId,
    /// Which one.
    pub step: String,
    /// Who took it, if known.
    pub user: Option<UserId>,
    /// Their name, if known.
    pub by: Option<String>,
    /// When, seconds since 1970: a claim of their device.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// Why, in words.
    pub why: Option<String>,
    /// It was allowed when it was taken.
    pub counts: bool,
}

/// Where a household stands in the procedure of the review that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Standing {
    /// The stage.
    pub stage: Stage,
    /// People took different last steps without having seen each other's.
    pub concurrent: bool,
    /// The steps that this person may take next; those of the village meeting are taken there.
    pub next: Vec<String>,
    /// Every recorded step, each after those that its author had seen.
    pub steps: Vec<RecordedStep>,
}

/// Parameters of `procedure.stages`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StageQuery {
    /// Only this village.
    #[serde(default)]
    #[ts(optional)]
    pub village: Option<UnitId>,
    /// The review; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
}

/// How many households are at a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StageCount {
    /// The stage.
    pub stage: Stage,
    /// How many.
    pub households: u32,
    /// The steps that this person may take from there; those of the village meeting are taken there.
    pub next: Vec<String>,
}

/// Answer of `procedure.stages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StageCounts {
    /// Stages at which somebody is, in the order of the procedure.
    pub stages: Vec<StageCount>,
}
