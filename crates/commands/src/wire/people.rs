//! People: citizen cards, who leaves, households that split or are taken out of the lists.

use domain::id::{HouseholdId, MemberId};
use domain::scalar::Scalar;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Parameters of `card.read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CardRead {
    /// The text of the card's QR code, as a keyboard scanner types it.
    pub text: String,
}

/// Parameters of `household.split`: some members become a household of their own in the same village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdSplit {
    /// The household.
    pub id: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// Who leaves; not everybody.
    pub members: Vec<MemberId>,
    /// Which of them is the head of the new household.
    pub head: MemberId,
    /// Where the new one lives; the old address if absent.
    #[serde(default)]
    #[ts(optional)]
    pub address: Option<Scalar>,
    /// The day, `YYYY[-MM[-DD]]`; today if absent.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<Scalar>,
}

/// Parameters of `household.remove`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdRemove {
    /// The household.
    pub id: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// `moved_out`, `died`, `split`, `mistake`.
    pub why: Scalar,
    /// The day, `YYYY[-MM[-DD]]`.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<Scalar>,
}

/// Parameters of `household.restore`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdRestore {
    /// The household.
    pub id: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
}

/// Parameters of `member.leave`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberLeave {
    /// The household.
    pub household: HouseholdId,
    /// The heads that the form was opened on.
    pub heads: Vec<String>,
    /// Who leaves.
    pub member: MemberId,
    /// `moved_out`, `died`, `split`, `mistake`.
    pub why: Scalar,
    /// The day, `YYYY[-MM[-DD]]`.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<Scalar>,
    /// The new head; needed when the head leaves and somebody stays.
    #[serde(default)]
    #[ts(optional)]
    pub new_head: Option<MemberId>,
}

/// What does not fit together about a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberWarningCode {
    /// The citizen id is one of the other sex.
    SexDiffers,
    /// The citizen id is one of another century.
    CenturyDiffers,
    /// The citizen id is one of another year of birth.
    YearDiffers,
    /// Another member is head by the relations as well.
    TwoHeads,
    /// The household's head does not live in it.
    HeadLeft,
}

/// A member and what does not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberWarning {
    /// The member.
    pub member: MemberId,
    /// What.
    pub code: MemberWarningCode,
}
