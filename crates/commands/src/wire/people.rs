//! People: citizen cards, who leaves, households that split or are taken out of the lists.

use domain::id::{HouseholdId, MemberId, UnitId};
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

/// Parameters of `card.scan`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CardScan {
    /// A picture of the card's QR code, JPEG or PNG, base64. It is not kept.
    pub image: String,
}

/// A person who might be known already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct Sought {
    /// Full name.
    pub name: Option<String>,
    /// `YYYY[-MM[-DD]]`.
    pub born: Option<String>,
    /// 12 digits.
    pub citizen_id: Option<String>,
}

/// Parameters of `household.duplicates`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DuplicateQuery {
    /// Look for names and years in this village alone; a citizen id is looked for in every village of the device.
    #[serde(default)]
    #[ts(optional)]
    pub village: Option<UnitId>,
    /// Who is looked for, at most 50.
    pub members: Vec<Sought>,
    /// Leave this household out.
    #[serde(default)]
    #[ts(optional)]
    pub except: Option<HouseholdId>,
}

/// Why two people are likely to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SameBy {
    /// The same citizen id.
    CitizenId,
    /// The same name, marks aside, and year of birth.
    NameAndYear,
}

/// A person on the device who is likely to be one of those looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Duplicate {
    /// The place of the one looked for in the question.
    pub sought: u32,
    /// The household.
    pub household: HouseholdId,
    /// The person in it.
    pub member: MemberId,
    /// Their name.
    pub name: Option<String>,
    /// What people call the household.
    pub head: Option<String>,
    /// House number, lane.
    pub address: Option<String>,
    /// The village it is in.
    pub village: UnitId,
    /// Why.
    pub why: SameBy,
}

/// Answer of `household.duplicates`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DuplicateList {
    /// Person by person as they were asked for, same citizen ids first.
    pub rows: Vec<Duplicate>,
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
    /// Nobody is the household's head; told of the first member.
    NoHead,
    /// Born after the day of the review.
    BornAfter,
}

/// A member and what does not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberWarning {
    /// The member.
    pub member: MemberId,
    /// What.
    pub code: MemberWarningCode,
}
