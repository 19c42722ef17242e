//! What a role may write, judged on the signer of the batch.
//!
//! **Invariant:** an entry with an author is written by its author alone; only `done` of a comment is everyone's.

use domain::field::{CommentKey, Field};
use domain::household::{Household, ReviewRecord};
use domain::id::{EnrolmentId, ReviewId, UnitId, UserId};
use domain::scalar::Scalar;
use domain::user::Role;
use records::{Document, Kind};

use crate::code::RefusalCode;

/// The steps that a collector takes; the others are the commune's and the office's.
pub const COLLECTOR_STEPS: &[&str] = &["surveyed", "submitted", "resubmitted"];

/// Who signed a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person.
    pub user: UserId,
    /// What they are for.
    pub role: Role,
    /// The scopes whose documents they write.
    pub scopes: Vec<UnitId>,
    /// The public key of the enrolment.
    pub key: [u8; 32],
}

/// Refuses a role that does not write documents of this kind at all.
pub fn role_writes(role: Role, kind: Kind) -> Result<(), RefusalCode> {
    let writes = match (role, kind) {
        (Role::Viewer, _) | (Role::Collector, Kind::Programme) => false,
        (Role::Collector | Role::CommuneOfficer | Role::Office, _) => true,
    };
    if writes { Ok(()) } else { Err(RefusalCode::ForbiddenRole) }
}

/// Refuses what the signer may not write, given the fields that a change touches.
pub fn judge(
    signer: &Signer,
    touched: &[(Field, Scalar)],
    before: &Document,
    after: &Document,
) -> Result<(), RefusalCode> {
    role_writes(signer.role, after.kind())?;
    let authored = touched.iter().any(|(field, _)| is_authored(field));
    if !authored {
        return Ok(());
    }
    let (before, after) = (before.household(), after.household());
    touched.iter().try_for_each(|(field, _)| judge_entry(signer, field, &before, &after))
}

fn is_authored(field: &Field) -> bool {
    matches!(field, Field::Visit(..) | Field::Step(..) | Field::Comment(..) | Field::Choice(..))
}

fn judge_entry(
    signer: &Signer,
    field: &Field,
    before: &Household,
    after: &Household,
) -> Result<(), RefusalCode> {
    if !is_authored(field) || matches!(field, Field::Comment(_, _, CommentKey::Done)) {
        return Ok(());
    }
    if author(before, field).is_some_and(|author| author != signer.user) {
        return Err(RefusalCode::ForbiddenPath);
    }
    if author(after, field) != Some(signer.user) {
        return Err(RefusalCode::ForgedAuthor);
    }
    match field {
        Field::Step(review, id, _) if signer.role == Role::Collector => {
            let step = record(after, *review).and_then(|record| record.steps.get(id)?.step.as_deref());
            let own = step.is_some_and(|step| COLLECTOR_STEPS.contains(&step));
            if own { Ok(()) } else { Err(RefusalCode::ForbiddenPath) }
        }
        _ => Ok(()),
    }
}

fn record(household: &Household, review: ReviewId) -> Option<&ReviewRecord> {
    household.reviews.get(&review)
}

/// The author of the entry that a field belongs to.
fn author(household: &Household, field: &Field) -> Option<UserId> {
    match field {
        Field::Visit(review, id, _) => record(household, *review)?.visits.get(id)?.by,
        Field::Step(review, id, _) => record(household, *review)?.steps.get(id)?.by,
        Field::Comment(review, id, _) => record(household, *review)?.comments.get(id)?.by,
        Field::Choice(review, id, _) => record(household, *review)?.choices.get(id)?.by,
        _ => None,
    }
}
