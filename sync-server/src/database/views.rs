//! Views: what lists and reports read. Computed from the log, never a source of anything.
//!
//! **Invariant:** the views equal those of a rebuild from the log at the same sequences (a test compares them).

use std::collections::{BTreeMap, BTreeSet};

use domain::classification::Class;
use domain::household::Household;
use domain::id::{DocumentId, HouseholdId, ReviewId, UnitId};
use domain::meeting::Meeting;
use domain::merging::Merged;
use domain::programme::Programme;
use domain::review::Progress;
use records::Kind;
use serde::{Deserialize, Serialize};

use super::Outcome;

/// What a document says, read into plain types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A household.
    Household(Box<Household>),
    /// A programme.
    Programme(Box<Programme>),
    /// A village's meeting.
    Meeting(Box<Meeting>),
}

impl Content {
    /// What the document is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Household(_) => Kind::Household,
            Self::Programme(_) => Kind::Programme,
            Self::Meeting(_) => Kind::Meeting,
        }
    }
}

/// Where a household stands in one review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far its survey has come.
    pub progress: Progress,
    /// Its class, if decided.
    pub class: Option<Class>,
}

/// The view of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The document.
    pub document: DocumentId,
    /// The scope it is in.
    pub scope: UnitId,
    /// What it says.
    pub content: Content,
    /// A record of a household that was entered twice, and another one stays in its place.
    pub merged: bool,
    /// Fields whose values contradict each other.
    pub conflicts: u64,
    /// When its last change arrived, by the server's clock.
    pub last_at: i64,
    /// Where it stands in each review; empty for a programme.
    pub standings: BTreeMap<ReviewId, Standing>,
}

impl View {
    /// The household, if the document is one.
    pub fn household(&self) -> Option<&Household> {
        match &self.content {
            Content::Household(household) => Some(household),
            Content::Programme(_) | Content::Meeting(_) => None,
        }
    }

    /// True for a household in the review's lists: neither taken out nor merged into another.
    pub fn is_listed(&self) -> bool {
        self.household().is_some_and(|household| !household.removed && !self.merged)
    }
}

/// The views of some scopes at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The sequence of each scope up to which its log was taken in.
    pub sequences: BTreeMap<UnitId, u64>,
    /// The views, by document.
    pub views: Vec<View>,
}

/// How the households of one scope stand in a review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Households that are there and were not taken out.
    pub households: u64,
    /// Of them, by progress.
    pub not_started: u64,
    /// Being surveyed.
    pub in_progress: u64,
    /// Sent back.
    pub returned: u64,
    /// Surveyed completely.
    pub done: u64,
    /// Of them, by class: poor by income.
    pub poor_income: u64,
    /// Poor by deprivation.
    pub poor_deprived: u64,
    /// Poor, by a rulebook that does not tell the two kinds apart.
    pub poor: u64,
    /// Near-poor.
    pub near_poor: u64,
    /// Not poor.
    pub not_poor: u64,
    /// Fields whose values contradict each other.
    pub conflicts: u64,
    /// When the last change arrived, by the server's clock.
    pub last_at: Option<i64>,
}

impl Tally {
    /// Poor households of every kind.
    pub fn all_poor(&self) -> u64 {
        self.poor_income + self.poor_deprived + self.poor
    }

    /// Counts one household's standing.
    pub fn add(&mut self, standing: Standing) {
        *match standing.progress {
            Progress::NotStarted => &mut self.not_started,
            Progress::InProgress => &mut self.in_progress,
            Progress::Returned => &mut self.returned,
            Progress::Done => &mut self.done,
        } += 1;
        if let (Progress::Done, Some(class)) = (standing.progress, standing.class) {
            *match class {
                Class::PoorIncome => &mut self.poor_income,
                Class::PoorDeprived => &mut self.poor_deprived,
                Class::Poor => &mut self.poor,
                Class::NearPoor => &mut self.near_poor,
                Class::NotPoor => &mut self.not_poor,
            } += 1;
        }
    }

    /// This tally and another one together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            households: self.households + other.households,
            not_started: self.not_started + other.not_started,
            in_progress: self.in_progress + other.in_progress,
            returned: self.returned + other.returned,
            done: self.done + other.done,
            poor_income: self.poor_income + other.poor_income,
            poor_deprived: self.poor_deprived + other.poor_deprived,
            poor: self.poor + other.poor,
            near_poor: self.near_poor + other.near_poor,
            not_poor: self.not_poor + other.not_poor,
            conflicts: self.conflicts + other.conflicts,
            last_at: self.last_at.max(other.last_at),
        }
    }
}

/// The views inside one write transaction.
pub trait ViewWriter {
    /// What the views were computed with, as a number; 0 for none.
    fn basis(&mut self) -> Outcome<u64>;

    /// Throws everything away and starts anew with this basis.
    fn clear(&mut self, basis: u64) -> Outcome<()>;

    /// How far each scope's log has been taken in.
    fn applied(&mut self) -> Outcome<BTreeMap<UnitId, u64>>;

    /// Notes how far a scope's log has been taken in.
    fn set_applied(&mut self, scope: UnitId, seq: u64) -> Outcome<()>;

    /// Keeps a view in place of the document's older one.
    fn put(&mut self, view: &View) -> Outcome<()>;

    /// Forgets the view of a document.
    fn remove(&mut self, document: DocumentId) -> Outcome<()>;

    /// The households that name another record as the one that stays.
    fn merged(&mut self) -> Outcome<Merged>;

    /// Of these households those that are there and that nobody took out of the lists.
    fn listed(&mut self, of: &[HouseholdId]) -> Outcome<BTreeSet<HouseholdId>>;

    /// Notes whether another record stays in the household's place.
    fn set_merged(&mut self, household: HouseholdId, merged: bool) -> Outcome<()>;
}

/// What is done inside a transaction.
pub type Work<'a> = &'a mut dyn FnMut(&mut dyn ViewWriter) -> Outcome<()>;

/// The views of a server.
pub trait Views: Send + Sync {
    /// Runs `work` in one write transaction: all of it is kept, or nothing. Another one waits, in whichever process.
    fn update(&self, work: Work<'_>) -> Outcome<()>;

    /// How far each scope's log has been taken in.
    fn applied(&self) -> Outcome<BTreeMap<UnitId, u64>>;

    /// Every view of these scopes, with the sequences that they hold.
    fn snapshot(&self, scopes: &[UnitId]) -> Outcome<Snapshot>;

    /// The view of a document.
    fn view(&self, document: DocumentId) -> Outcome<Option<View>>;

    /// How each scope's households stand in a review; scopes without households are left out.
    fn tallies(&self, review: ReviewId) -> Outcome<BTreeMap<UnitId, Tally>>;
}
