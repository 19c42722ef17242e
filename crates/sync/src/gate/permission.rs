//! What a role may write, judged on the signer of the batch.
//!
//! **Invariant:** an entry with an author is written by its author alone; only `done` of a comment is everyone's.
//! **Invariant:** a step is taken once, by a role that takes it, where its author's own records allowed it. What other
//! people recorded at the same time is no reason to refuse.

use domain::field::{CommentKey, Field, StepKey};
use domain::household::{Household, ReviewRecord};
use domain::id::{EnrolmentId, ReviewId, StepId, UnitId, UserId};
use domain::scalar::Scalar;
use domain::state::{counts, may_take};
use domain::user::Role;
use records::{Document, Kind};

use crate::code::RefusalCode;
use crate::limits::STEPS_MAX;

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
    /// The scopes whose documents they wrote until their posting changed.
    pub former: Vec<UnitId>,
    /// The public key of the enrolment.
    pub key: [u8; 32],
}

/// How a person reaches a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It is in one of the person's scopes.
    Now,
    /// It was: it left that scope, or the person's posting was changed. What they wrote there is still brought.
    Before,
    /// It never was.
    Never,
}

/// How somebody with these scopes, who was `posted` to those before, reaches a document that is in `scope` and was in the
/// `former` ones.
pub fn reach(scopes: &[UnitId], posted: &[UnitId], scope: UnitId, former: &[UnitId]) -> Reach {
    if scopes.contains(&scope) {
        return Reach::Now;
    }
    let left = former.iter().any(|unit| scopes.contains(unit));
    let elsewhere = former.iter().chain([&scope]).any(|unit| posted.contains(unit));
    if left || elsewhere { Reach::Before } else { Reach::Never }
}

/// What the gate knows of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownReview {
    /// The review.
    pub id: ReviewId,
    /// The level above gives its opinion.
    pub opinion: bool,
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
    reviews: &[KnownReview],
) -> Result<(), RefusalCode> {
    role_writes(signer.role, after.kind())?;
    match has_author(touched) {
        true => judge_entries(signer, touched, &before.household(), &after.household(), reviews),
        false => Ok(()),
    }
}

/// True if a change touches an entry that has an author.
pub fn has_author(touched: &[(Field, Scalar)]) -> bool {
    touched.iter().any(|(field, _)| is_authored(field))
}

/// Refuses what the signer may not write in entries that have an author, given the fields that a change touches.
pub fn judge_entries(
    signer: &Signer,
    touched: &[(Field, Scalar)],
    before: &Household,
    after: &Household,
    reviews: &[KnownReview],
) -> Result<(), RefusalCode> {
    touched.iter().try_for_each(|(field, _)| judge_entry(signer, field, before, after))?;
    touched.iter().try_for_each(|(field, _)| judge_step(signer, field, (before, after), reviews))
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
    Ok(())
}

fn judge_step(
    signer: &Signer,
    field: &Field,
    (before, after): (&Household, &Household),
    reviews: &[KnownReview],
) -> Result<(), RefusalCode> {
    let Field::Step(review, id, key) = field else { return Ok(()) };
    let taken = |household| record(household, *review).is_some_and(|record| record.steps.contains_key(id));
    if taken(before) {
        // What others built on stays what it was; the reason may be put into better words.
        return if *key == StepKey::Why { Ok(()) } else { Err(RefusalCode::ForbiddenPath) };
    }
    let record = record(after, *review).ok_or(RefusalCode::Unstable)?;
    if record.steps.len() > STEPS_MAX {
        return Err(RefusalCode::OverLimit);
    }
    judge_taken(signer, record, *id, reviews.iter().any(|known| known.id == *review && known.opinion))
}

fn judge_taken(signer: &Signer, record: &ReviewRecord, id: StepId, opinion: bool) -> Result<(), RefusalCode> {
    let step = record.steps.get(&id).and_then(|step| step.step.as_deref());
    if !step.is_some_and(|step| may_take(signer.role, step)) {
        return Err(RefusalCode::ForbiddenPath);
    }
    if counts(record, id, opinion) { Ok(()) } else { Err(RefusalCode::StepNotAllowed) }
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
