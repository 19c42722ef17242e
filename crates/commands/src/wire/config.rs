//! What the server owns and the screens need: units, people, reviews, the rulebook, the registries.

use domain::id::{ReviewId, UnitId};
use domain::indicator::{ProgrammeIndicator, ProgrammeTask};
use domain::policy::Policy;
use domain::review::Review;
use domain::rulebook::Rulebook;
use domain::unit::Unit;
use domain::user::User;
use serde::Serialize;
use ts_rs::TS;

/// Answer of `config.get`.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Config {
    /// Version of the configuration.
    pub version: u64,
    /// The unit that the server belongs to.
    pub town: UnitId,
    /// The person whose device this is.
    pub user: User,
    /// Units of the person's scopes and those above them.
    pub units: Vec<Unit>,
    /// People whose names may stand beside an edit.
    pub users: Vec<User>,
    /// Reviews, oldest first.
    pub reviews: Vec<Review>,
    /// The review that is open.
    pub current_review: Option<ReviewId>,
    /// The rulebook of the open review; null if this program does not have it.
    pub rulebook: Option<Rulebook>,
    /// The policy registry.
    pub policies: Vec<Policy>,
    /// Tasks of the programme.
    pub tasks: Vec<ProgrammeTask>,
    /// Indicators of the programme that do not come from households.
    pub indicators: Vec<ProgrammeIndicator>,
}
