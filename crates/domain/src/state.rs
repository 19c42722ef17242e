//! Where a household stands in the procedure of a review, folded from the steps that people recorded.
//!
//! Each step lists the steps that its author had seen (`after`). A step counts if it was allowed in the state that
//! those steps, and the ones they list in turn, give by themselves; any other is ignored. The last of the counted
//! steps tell the stage; where people took different ones without having seen each other's, [`PRECEDENCE`] settles.
//! Recognitions and seals are the server's own facts and come in as [`Owned`]. `docs/procedure.md` prints the tables.
//!
//! **Invariant:** the state depends on the set of steps alone: neither on the order of arrival nor on any clock.
//! **Invariant:** whether a step counts is settled when it is taken; no step that comes later changes it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::classification::Class;
use crate::configuration::{Configuration, Recognised};
use crate::household::{ReviewRecord, Step};
use crate::id::{HouseholdId, ReviewId, StepId, UnitId};
use crate::user::Role;

/// A stage of the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Chưa lập danh sách.
    Unlisted,
    /// Trong danh sách rà soát.
    Listed,
    /// Đã rà soát.
    Surveyed,
    /// Đã nộp lên xã.
    Submitted,
    /// Bị trả lại.
    Returned,
    /// Đã nộp lại.
    Resubmitted,
    /// Họp thôn thống nhất.
    Met,
    /// Họp thôn không thống nhất.
    NotAgreed,
    /// Đã niêm yết.
    Posted,
    /// Có khiếu nại.
    Complained,
    /// Đã phúc tra.
    Rechecked,
    /// Cấp trên đã có ý kiến.
    Opinion,
    /// Đã công nhận.
    Recognised,
    /// Đã chốt số liệu.
    Sealed,
}

/// Which of several last steps settles the stage, the strongest first. What asks people to work again stands before
/// what goes on; what was found anew stands before what was said of the old findings.
pub const PRECEDENCE: [Stage; 11] = [
    Stage::Returned,
    Stage::Complained,
    Stage::NotAgreed,
    Stage::Rechecked,
    Stage::Resubmitted,
    Stage::Opinion,
    Stage::Posted,
    Stage::Met,
    Stage::Submitted,
    Stage::Surveyed,
    Stage::Listed,
];

impl Stage {
    /// The stage that a step leads to.
    pub fn of_step(step: &str) -> Option<Self> {
        PRECEDENCE.into_iter().find(|stage| stage.step() == Some(step))
    }

    /// The step that leads to the stage; none for what no person records in a household.
    pub const fn step(self) -> Option<&'static str> {
        Some(match self {
            Self::Listed => "listed",
            Self::Surveyed => "surveyed",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Resubmitted => "resubmitted",
            Self::Met => "met",
            Self::NotAgreed => "not_agreed",
            Self::Posted => "posted",
            Self::Complained => "complained",
            Self::Rechecked => "rechecked",
            Self::Opinion => "opinion",
            Self::Unlisted | Self::Recognised | Self::Sealed => return None,
        })
    }

    /// True while the household has to be surveyed again.
    pub const fn is_sent_back(self) -> bool {
        matches!(self, Self::Returned | Self::NotAgreed | Self::Complained)
    }

    fn rank(self) -> usize {
        PRECEDENCE.iter().position(|stage| *stage == self).unwrap_or(PRECEDENCE.len())
    }
}

/// The steps that may follow a stage. `opinion` says whether the level above gives its opinion in this review.
pub fn allowed(stage: Stage, opinion: bool) -> &'static [&'static str] {
    match (stage, opinion) {
        (Stage::Unlisted, _) => &["listed", "surveyed"],
        (Stage::Listed, _) => &["surveyed"],
        (Stage::Surveyed, _) => &["submitted"],
        (Stage::Submitted | Stage::Resubmitted, _) => &["returned", "met", "not_agreed"],
        (Stage::Returned | Stage::NotAgreed, _) => &["resubmitted"],
        (Stage::Met, _) => &["returned", "posted"],
        (Stage::Posted, true) => &["complained", "opinion"],
        (Stage::Posted, false) => &["complained"],
        (Stage::Complained, _) => &["rechecked"],
        (Stage::Rechecked, true) => &["posted", "opinion"],
        (Stage::Rechecked, false) => &["posted"],
        (Stage::Opinion, _) => &["rechecked"],
        (Stage::Recognised | Stage::Sealed, _) => &[],
    }
}

/// Whether a person of this role takes the step.
pub fn may_take(role: Role, step: &str) -> bool {
    let village = ["listed", "surveyed", "submitted", "resubmitted", "met", "not_agreed"];
    let commune = ["returned", "posted", "complained", "rechecked"];
    match role {
        Role::Viewer => false,
        Role::Collector => village.contains(&step),
        Role::CommuneOfficer => village.contains(&step) || commune.contains(&step),
        Role::Office => Stage::of_step(step).is_some(),
    }
}

/// What the server owns of a household's procedure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Owned {
    /// It is on the opening list.
    pub listed: bool,
    /// The review's result is recognised.
    pub recognised: bool,
    /// The review is sealed for its village.
    pub sealed: bool,
}

/// Where a household stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct State {
    /// The stage.
    pub stage: Stage,
    /// The counted steps that no other counted step had seen: what the next step is taken after.
    pub last: Vec<StepId>,
    /// The last steps lead to different stages: people did not see each other's.
    pub concurrent: bool,
    /// Steps that were not allowed when they were taken.
    pub ignored: Vec<StepId>,
}

/// Folds the steps of a review.
pub fn state(record: &ReviewRecord, owned: Owned, opinion: bool) -> State {
    let first = if owned.listed { Stage::Listed } else { Stage::Unlisted };
    let fold = Fold::of(record, first, opinion);
    let last = fold.last(|_| true);
    let stage = match owned {
        Owned { sealed: true, .. } => Stage::Sealed,
        Owned { recognised: true, .. } => Stage::Recognised,
        _ => fold.stage(&last),
    };
    let stages: BTreeSet<Stage> = last.iter().filter_map(|id| fold.counted.get(id)).copied().collect();
    let ignored = record.steps.keys().filter(|id| !fold.counted.contains_key(id));
    State { stage, concurrent: stages.len() > 1, ignored: ignored.copied().collect(), last }
}

/// True if the step was allowed when its author took it, as far as the household's own records tell.
pub fn counts(record: &ReviewRecord, step: StepId, opinion: bool) -> bool {
    Fold::of(record, Stage::Unlisted, opinion).counted.contains_key(&step)
}

/// Every recorded step, each after those that its author had seen; the same order in whatever order they arrived.
pub fn in_order(record: &ReviewRecord) -> Vec<StepId> {
    let mut steps: Vec<(usize, StepId)> =
        record.steps.keys().map(|id| (past(record, *id).len(), *id)).collect();
    steps.sort_unstable();
    steps.into_iter().map(|(_, id)| id).collect()
}

struct Fold {
    first: Stage,
    /// What each step's author had seen, themselves or through what they had seen.
    past: BTreeMap<StepId, BTreeSet<StepId>>,
    /// Steps that count, with the stage that each leads to.
    counted: BTreeMap<StepId, Stage>,
}

impl Fold {
    fn of(record: &ReviewRecord, first: Stage, opinion: bool) -> Self {
        let past: BTreeMap<StepId, BTreeSet<StepId>> =
            record.steps.keys().map(|id| (*id, past(record, *id))).collect();
        // Nobody has seen their own step before they took it: steps that list each other in a circle do not count.
        let sound = past.iter().filter(|(id, seen)| !seen.contains(*id));
        let mut order: Vec<(usize, StepId)> = sound.map(|(id, seen)| (seen.len(), *id)).collect();
        // A step's past is larger than that of every step in it.
        order.sort_unstable();
        let mut fold = Self { first, past, counted: BTreeMap::new() };
        for (_, id) in order {
            fold.take(record, id, opinion);
        }
        fold
    }

    fn take(&mut self, record: &ReviewRecord, id: StepId, opinion: bool) {
        let name = record.steps.get(&id).and_then(|step| step.step.as_deref());
        let Some((name, leads_to)) = name.and_then(|name| Some((name, Stage::of_step(name)?))) else {
            return;
        };
        let Some(seen) = self.past.get(&id) else { return };
        let before = self.stage(&self.last(|other| seen.contains(other)));
        if allowed(before, opinion).contains(&name) {
            self.counted.insert(id, leads_to);
        }
    }

    /// The counted steps among some that none of the counted ones among them had seen.
    fn last(&self, among: impl Fn(&StepId) -> bool) -> Vec<StepId> {
        let counted: Vec<&StepId> = self.counted.keys().filter(|id| among(id)).collect();
        let seen: BTreeSet<&StepId> = counted.iter().filter_map(|id| self.past.get(*id)).flatten().collect();
        counted.into_iter().filter(|id| !seen.contains(id)).copied().collect()
    }

    /// The stage that these last steps give.
    fn stage(&self, last: &[StepId]) -> Stage {
        let stages = last.iter().filter_map(|id| self.counted.get(id)).copied();
        stages.min_by_key(|stage| stage.rank()).unwrap_or(self.first)
    }
}

/// Everything that a step's author had seen; itself, if the steps list each other in a circle.
fn past(record: &ReviewRecord, id: StepId) -> BTreeSet<StepId> {
    let mut past = BTreeSet::new();
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        let Some(step) = record.steps.get(&next) else { continue };
        for seen in seen_by(next, step) {
            if record.steps.contains_key(&seen) && past.insert(seen) {
                open.push(seen);
            }
        }
    }
    past
}

/// The steps that a step lists, itself left out.
fn seen_by(id: StepId, step: &Step) -> impl Iterator<Item = StepId> {
    let listed = step.after.as_deref().unwrap_or_default().split(',');
    listed.filter_map(|seen| seen.parse().ok()).filter(move |seen| *seen != id)
}

impl Configuration {
    /// What the server owns of a household's procedure in a review, as far as this device was told.
    pub fn owned(&self, household: HouseholdId, village: UnitId, review: ReviewId) -> Owned {
        let rows = || self.recognised.iter().filter(|row| row.household == household);
        let as_of = self.reviews.iter().find(|known| known.id == review).map(|known| known.as_of.as_str());
        Owned {
            listed: as_of.is_some_and(|day| self.opening(household, review, day).is_some()),
            recognised: rows().any(|row| row.review == Some(review)),
            sealed: self.is_sealed(village, review),
        }
    }

    /// The class of a household on the opening list of a review whose ages are those of `day`: the list that held then,
    /// without what the review itself found.
    pub fn opening(&self, household: HouseholdId, review: ReviewId, day: &str) -> Option<Class> {
        let before = |row: &&Recognised| {
            row.household == household && row.review != Some(review) && row.from.as_str() <= day
        };
        // The later day wins; of two rows with one day, the later one, which corrects the other.
        let held = self.recognised.iter().filter(before).max_by(|a, b| a.from.cmp(&b.from))?;
        let holds = held.to.as_deref().is_none_or(|to| day <= to) && held.class != Class::NotPoor;
        holds.then_some(held.class)
    }

    /// True if the review is sealed for the unit or one above it.
    pub fn is_sealed(&self, unit: UnitId, review: ReviewId) -> bool {
        let mut above = vec![unit];
        while let Some(parent) = self.units.iter().find(|known| above.last() == Some(&known.id)) {
            match parent.parent.filter(|parent| !above.contains(parent)) {
                Some(next) => above.push(next),
                None => break,
            }
        }
        self.seals.iter().any(|seal| seal.review == review && above.contains(&seal.unit))
    }
}

#[cfg(test)]
mod tests;
