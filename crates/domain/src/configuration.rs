//! What the server owns and a device needs: sent as one signed JSON text with a version.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::b1::B1Table;
use crate::classification::Class;
use crate::id::{HouseholdId, ReviewId, TownId, UnitId};
use crate::policy::Policy;
use crate::recognition::Change;
use crate::review::Review;
use crate::unit::Unit;
use crate::user::{Enrolled, User};

/// The configuration as one device receives it: only the units and users of its own scopes, and those above them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Configuration {
    /// Grows by one with each change of anything in it.
    #[ts(type = "number")]
    pub version: u64,
    /// The data set.
    pub town: TownId,
    /// The unit that the server belongs to.
    pub town_unit: UnitId,
    /// The person that the device was enrolled for.
    pub user: User,
    /// Units of the scopes and those above them.
    pub units: Vec<Unit>,
    /// People whose names may stand beside an edit in these scopes.
    pub users: Vec<User>,
    /// The devices of those people who work in these scopes.
    #[serde(default)]
    pub enrolled: Vec<Enrolled>,
    /// Reviews, oldest first.
    pub reviews: Vec<Review>,
    /// The review that is open.
    pub current_review: Option<ReviewId>,
    /// The policy registry.
    pub policies: Vec<Policy>,
    /// The B1 tables that the office supplied and a review pins.
    #[serde(default)]
    pub b1_tables: Vec<B1Table>,
    /// Rows of the register about households of the scopes, oldest first.
    #[serde(default)]
    pub recognised: Vec<Recognised>,
    /// What the office has closed.
    #[serde(default)]
    pub seals: Vec<Seal>,
}

/// A row of the register, as a device needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recognised {
    /// The household.
    pub household: HouseholdId,
    /// The review that found it.
    pub review: Option<ReviewId>,
    /// The list that it is on; not poor for a row that takes it off the lists.
    pub class: Class,
    /// What kind of change it is.
    pub change: Change,
    /// Number and symbol of the decision.
    pub decision: String,
    /// First day that it holds, `YYYY-MM-DD`.
    pub from: String,
    /// Last day that it holds.
    pub to: Option<String>,
}

/// A unit's records of a review are closed (chốt số liệu).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Seal {
    /// The unit, with everything under it.
    pub unit: UnitId,
    /// The review.
    pub review: ReviewId,
    /// When, seconds since 1970 by the server's clock.
    #[ts(type = "number")]
    pub at: i64,
}
