//! What lists and search need to know of a household, computed from its document and the configuration.
//!
//! **Invariant:** a projection depends on nothing else, so it can be thrown away and computed again.

use std::collections::BTreeSet;

use domain::classification::{Class, Decision, classify};
use domain::completeness::{Completeness, completeness};
use domain::configuration::Configuration;
use domain::date::parse_day;
use domain::household::{Household, ReviewRecord};
use domain::id::{HouseholdId, ReviewId, UnitId};
use domain::review::{Progress, Review, progress};
use domain::rulebook::pinned;
use domain::state::{Stage, State, state};
use domain::unit::locality;
use domain::vietnamese::fold;
use records::Document;

use crate::people::{Person, people};
use crate::search::runs;

/// A household as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Projection {
    pub scope: UnitId,
    pub name: Option<String>,
    pub name_folded: String,
    pub address: Option<String>,
    /// Folded words to search in.
    pub text: String,
    /// Numbers to search inside of, separated by spaces.
    pub digits: String,
    pub members: u32,
    pub conflicts: u32,
    pub removed: bool,
    /// The record that stays in its place.
    pub merged_into: Option<HouseholdId>,
    pub people: Vec<Person>,
    pub reviews: Vec<ReviewProjection>,
}

/// How far one review of the household is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReviewProjection {
    pub review: ReviewId,
    pub progress: Progress,
    pub stage: Stage,
    pub class: Option<Class>,
    pub possible: Vec<Class>,
}

impl Projection {
    /// Computes the projection of a household in `scope`.
    pub(crate) fn of(document: &Document, scope: UnitId, configuration: Option<&Configuration>) -> Self {
        let snapshot = document.snapshot();
        let household = snapshot.household();
        let name = household.name().map(str::to_owned);
        let reviews = configuration.map(|known| reviews(&household, scope, known)).unwrap_or_default();
        let conflicts = u32::try_from(snapshot.conflicts().len()).unwrap_or(u32::MAX);
        let text = words(&household);
        Self {
            scope,
            name_folded: name.as_deref().map(fold).unwrap_or_default(),
            name,
            address: household.place.address.clone(),
            digits: numbers(&household, &text),
            text,
            members: u32::try_from(household.present().len()).unwrap_or(u32::MAX),
            conflicts,
            people: people(&household),
            removed: household.removed,
            merged_into: household.merged_into,
            reviews,
        }
    }
}

/// What a review makes of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The class, with its explanation.
    pub decision: Decision,
    /// What is asked, and what is missing.
    pub completeness: Completeness,
    /// How far the survey is.
    pub progress: Progress,
    /// Where the household stands in the procedure.
    pub state: State,
}

/// Assesses a household; `None` if this device does not have what the review pins or does not know the village.
pub fn assess(
    household: &Household,
    village: UnitId,
    review: &Review,
    configuration: &Configuration,
) -> Option<Assessment> {
    let (rulebook, as_of) = (pinned(review, &configuration.b1_tables)?, parse_day(&review.as_of).ok()?);
    let locality = locality(&configuration.units, village)?;
    let decision = classify(rulebook, locality, household, review.id, as_of);
    let completeness = completeness(rulebook, household, review.id, as_of);
    let record = household.reviews.get(&review.id);
    let progress = progress(record, &completeness, &decision);
    let owned = configuration.owned(household.id, village, review.id);
    let state = state(record.unwrap_or(&ReviewRecord::default()), owned, review.asks_opinion());
    Some(Assessment { decision, completeness, progress, state })
}

fn reviews(household: &Household, scope: UnitId, configuration: &Configuration) -> Vec<ReviewProjection> {
    let project = |review: &Review| {
        let Assessment { decision, progress, state, .. } = assess(household, scope, review, configuration)?;
        let (class, possible) = (decision.class, decision.possible);
        Some(ReviewProjection { review: review.id, progress, stage: state.stage, class, possible })
    };
    configuration.reviews.iter().filter_map(project).collect()
}

fn words(household: &Household) -> String {
    let names = household.members.values().filter_map(|member| member.name.as_deref());
    let words: Vec<&str> = names.chain(household.place.address.as_deref()).chain(codes(household)).collect();
    fold(&words.join(" "))
}

/// What a number is looked for inside of: whole codes, and the numbers that stand in words.
fn numbers(household: &Household, text: &str) -> String {
    let numbers: BTreeSet<&str> = codes(household).chain(runs(text)).collect();
    numbers.into_iter().collect::<Vec<_>>().join(" ")
}

fn codes(household: &Household) -> impl Iterator<Item = &str> {
    let ids = household.members.values().filter_map(|member| member.citizen_id.as_deref());
    ids.chain(household.place.code.as_deref()).chain(household.place.phone.as_deref())
}
