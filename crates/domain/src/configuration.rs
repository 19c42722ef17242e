//! What the server owns and a device needs: sent as one signed JSON text with a version.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{ReviewId, TownId, UnitId};
use crate::policy::Policy;
use crate::review::Review;
use crate::unit::Unit;
use crate::user::User;

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
    /// Reviews, oldest first.
    pub reviews: Vec<Review>,
    /// The review that is open.
    pub current_review: Option<ReviewId>,
    /// The policy registry.
    pub policies: Vec<Policy>,
}
