//! Households: the list, the page, saving, choosing, history.

use domain::average::AverageLiving;
use domain::classification::{Class, Decision, LocalDecision};
use domain::completeness::Completeness;
use domain::constraint::Broken;
use domain::household::Household;
use domain::id::{HouseholdId, ReviewId, SupportId, UnitId, UserId, VisitId};
use domain::review::Progress;
use domain::scalar::Scalar;
use domain::state::Stage;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FieldEdit;
use super::earlier::Previous;
use super::merging::Twin;
use super::people::MemberWarning;
use super::procedure::Standing;

/// Which households to list by state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    /// Chưa rà soát.
    NotStarted,
    /// Đang làm.
    InProgress,
    /// Bị trả lại.
    Returned,
    /// Xong.
    Done,
    /// Chờ gửi.
    Waiting,
}

/// Parameters of `household.list`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Part of a name, address, code or citizen id; marks and đ do not matter.
    #[serde(default)]
    #[ts(optional)]
    pub search: Option<String>,
    /// Only those in this state.
    #[serde(default)]
    #[ts(optional)]
    pub state: Option<ListState>,
    /// Only those at this stage of the procedure.
    #[serde(default)]
    #[ts(optional)]
    pub stage: Option<Stage>,
    /// Only those of this village.
    #[serde(default)]
    #[ts(optional)]
    pub village: Option<UnitId>,
    /// Only those with contradicting values.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub conflicts_only: bool,
    /// The review whose state is meant; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HouseholdRow {
    /// The household.
    pub id: HouseholdId,
    /// What people call it: its head's name.
    pub name: Option<String>,
    /// House number, lane.
    pub address: Option<String>,
    /// The village it is in.
    pub village: UnitId,
    /// Members who live in it.
    pub members: u32,
    /// How far its survey is.
    pub progress: Progress,
    /// Where it stands in the procedure.
    pub stage: Stage,
    /// Its class, once it is decided.
    pub class: Option<Class>,
    /// The classes that it can still come to.
    pub possible: Vec<Class>,
    /// Its changes that the server has not acknowledged.
    pub waiting: u32,
    /// Its fields with contradicting values.
    pub conflicts: u32,
}

/// Answer of `household.list`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HouseholdList {
    /// Households that match.
    pub total: u32,
    /// The page that was asked for, in order of name.
    pub rows: Vec<HouseholdRow>,
}

/// Where a new household lives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
#[allow(missing_docs)]
pub struct NewPlace {
    pub address: Option<Scalar>,
    pub lat: Option<Scalar>,
    pub lng: Option<Scalar>,
    pub accuracy_m: Option<Scalar>,
    pub phone: Option<Scalar>,
    pub code: Option<Scalar>,
}

/// A new member, as on the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
#[allow(missing_docs)]
pub struct NewMember {
    pub name: Option<Scalar>,
    pub sex: Option<Scalar>,
    pub born: Option<Scalar>,
    pub citizen_id: Option<Scalar>,
    pub ethnicity: Option<Scalar>,
    pub relation: Option<Scalar>,
    pub merit: Option<Scalar>,
    /// Place on the form; after the others if absent.
    pub order: Option<Scalar>,
    pub origin: Option<Scalar>,
    /// Why they came after the household was first entered, coded.
    pub came_why: Option<Scalar>,
    /// The day they came.
    pub came_on: Option<Scalar>,
    /// Why this is not the person of another household who looks the same, in words.
    pub duplicate_why: Option<Scalar>,
    /// This member is the household's head.
    pub head: Option<bool>,
}

/// A new support, as on the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
#[allow(missing_docs)]
pub struct NewSupport {
    pub policy: Option<Scalar>,
    pub period: Option<Scalar>,
    pub purpose: Option<Scalar>,
    pub amount_dong: Option<Scalar>,
    pub date: Option<Scalar>,
    pub decision: Option<Scalar>,
    pub member: Option<Scalar>,
    pub source: Option<Scalar>,
}

/// Parameters of `household.create`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdCreate {
    /// The village it is in.
    pub village: UnitId,
    /// Where it lives.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<NewPlace>,
    /// Why it came to be listed, coded: `moved_in`, `split`, `newly_listed`.
    #[serde(default)]
    #[ts(optional)]
    pub came_why: Option<Scalar>,
    /// Its members, in the order of the form; the first is its head unless another says so.
    pub members: Vec<NewMember>,
}

/// Answer of `household.create`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HouseholdCreated {
    /// The new household.
    pub id: HouseholdId,
    /// Its heads.
    pub heads: Vec<String>,
}

/// Parameters of `household.open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdOpen {
    /// The household.
    pub id: HouseholdId,
    /// The review to look at; the open one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub review: Option<ReviewId>,
}

/// Parameters of `household.save`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdSave {
    /// The household.
    pub id: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// Touched fields only.
    pub edits: Vec<FieldEdit>,
    /// Record a visit of the current review with this save.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub visit: bool,
}

/// Parameters of `household.resolve`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdResolve {
    /// The household.
    pub id: HouseholdId,
    /// The field with contradicting values.
    pub field: String,
    /// Hash of the change whose value is chosen, hex.
    pub chosen: String,
    /// Why, in words.
    #[serde(default)]
    #[ts(optional)]
    pub why: Option<String>,
}

/// Parameters of `household.history`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdHistory {
    /// The household.
    pub id: HouseholdId,
}

/// Parameters of `member.add`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberAdd {
    /// The household.
    pub household: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The member.
    pub member: NewMember,
}

/// Parameters of `support.add`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SupportAdd {
    /// The household.
    pub household: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// The support.
    pub support: NewSupport,
}

/// How values came to contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Two people wrote without having seen each other's value.
    Concurrent,
    /// A later edit covered a value when the records were merged (đã bị ghi đè khi gộp).
    Covered,
}

/// A value and who told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Told {
    /// Hash of the change, hex.
    pub hash: String,
    /// The value.
    pub value: Scalar,
    /// Who, if known.
    pub user: Option<UserId>,
    /// Their name, if known.
    pub by: Option<String>,
    /// When, seconds since 1970: a claim of their device.
    pub at: i64,
    /// On which visit.
    pub visit: Option<VisitId>,
    /// The class of the household if this value is chosen; null while it is open.
    pub class: Option<Class>,
    /// The classes that it can still come to if this value is chosen; empty where the field decides about none.
    pub possible: Vec<Class>,
}

/// Contradicting values of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Conflict {
    /// The field's path.
    pub field: String,
    /// How it came about.
    pub kind: ConflictKind,
    /// The values; the one that counts until someone chooses is the first.
    pub values: Vec<Told>,
}

/// A support that looks the same as another one of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportWarning {
    /// The support.
    pub support: SupportId,
    /// The one that it looks like.
    pub same_as: SupportId,
}

/// Answer of everything that shows or changes a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HouseholdPage {
    /// The household.
    pub id: HouseholdId,
    /// To be sent back with a save.
    pub heads: Vec<String>,
    /// The village it is in.
    pub village: UnitId,
    /// As it stands.
    pub household: Household,
    /// The review that is looked at.
    pub review: Option<ReviewId>,
    /// Its class in the review, with its explanation; null if this program does not have the review's rulebook.
    pub decision: Option<Decision>,
    /// Its class under the review's local standard; null if the review has none.
    pub local: Option<LocalDecision>,
    /// Its average living standard by the income of twelve months, beside the class and apart from it; null where it does
    /// not live on farming, forestry, fishery or salt, as far as was told.
    pub average: Option<AverageLiving>,
    /// What the review asks, and what is missing.
    pub completeness: Option<Completeness>,
    /// How far its survey is.
    pub progress: Progress,
    /// Answers that hardly fit together; nothing that forbids to go on.
    pub broken: Vec<Broken>,
    /// What does not fit together about its members; nothing that forbids to go on.
    pub member_warnings: Vec<MemberWarning>,
    /// Supports that look as if they were recorded twice; nothing that forbids to go on.
    pub support_warnings: Vec<SupportWarning>,
    /// Where it stands in the procedure; null without a review whose rulebook is here.
    pub standing: Option<Standing>,
    /// Contradicting values.
    pub conflicts: Vec<Conflict>,
    /// Its changes that the server has not acknowledged.
    pub waiting: u32,
    /// Its changes that the server refused.
    pub set_aside: u32,
    /// What the latest earlier review observed.
    pub previous: Option<Previous>,
    /// It was entered twice, and this record stays in its place.
    pub merged_into: Option<Twin>,
    /// It was entered twice, and it stays in the place of these records.
    pub merged_from: Vec<Twin>,
}

/// One field of a change in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HistoryEdit {
    /// The field's path.
    pub field: String,
    /// What it became.
    pub value: Scalar,
    /// What it was for the person who changed it; null if it was absent.
    pub before: Option<Scalar>,
}

/// A change in the history: who changed what, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HistoryEvent {
    /// Hash of the change, hex.
    pub hash: String,
    /// When, seconds since 1970: a claim of their device.
    pub at: i64,
    /// Who, if known.
    pub user: Option<UserId>,
    /// Their name, if known.
    pub by: Option<String>,
    /// On which visit.
    pub visit: Option<VisitId>,
    /// What was changed.
    pub edits: Vec<HistoryEdit>,
    /// The server has it.
    pub sent: bool,
}

/// Answer of `household.history`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct History {
    /// Newest first.
    pub events: Vec<HistoryEvent>,
}
