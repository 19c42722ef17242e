//! Contradicting values as people see them: who told each, and what class the household has if it is chosen.
//!
//! **Invariant:** the class beside a value is that of the whole household with nothing but this value changed.

use domain::field::{Field, MemberKey};
use domain::household::Household;
use domain::id::{ActorId, ReviewId, UserId};
use records::{Document, supposing};
use store::{DocumentRow, assess};

use crate::fault::Fault;
use crate::session::Session;
use crate::wire::household::{Conflict, ConflictKind, Told};

/// The contradictions of a document, with the names of those who wrote.
pub(crate) fn conflicts(session: &Session, document: &Document) -> Result<Vec<Conflict>, Fault> {
    document.conflicts().into_iter().map(|conflict| one_conflict(session, conflict)).collect()
}

/// The contradictions of a household, each value with the class that it makes: in its own review, or in `review`
/// where the field belongs to none.
pub(crate) fn household_conflicts(
    session: &Session,
    row: &DocumentRow,
    document: &Document,
    review: Option<ReviewId>,
) -> Result<Vec<Conflict>, Fault> {
    let snapshot = document.snapshot();
    let household = snapshot.household();
    let found = snapshot.conflicts().into_iter().map(|conflict| {
        let field = conflict.field.clone();
        let mut shown = one_conflict(session, conflict)?;
        for told in shown.values.iter_mut().filter(|_| decides(&field)) {
            suppose(session, row, &household, (&field, field.review().or(review)), told)?;
        }
        Ok(shown)
    });
    found.collect()
}

/// Fields that a class is computed from.
fn decides(field: &Field) -> bool {
    matches!(
        field,
        Field::Answer(..) | Field::B1Entered(_) | Field::Member(_, MemberKey::Born | MemberKey::Left)
    )
}

fn suppose(
    session: &Session,
    row: &DocumentRow,
    household: &Household,
    (field, review): (&Field, Option<ReviewId>),
    told: &mut Told,
) -> Result<(), Fault> {
    let configuration = session.configuration()?;
    let review = configuration.reviews.iter().find(|known| Some(known.id) == review);
    let supposed = supposing(household, field, &told.value);
    let assessed = review.and_then(|review| assess(&supposed, row.scope, review, configuration));
    if let Some(assessment) = assessed {
        told.class = assessment.decision.class;
        told.possible = assessment.decision.possible;
    }
    Ok(())
}

fn one_conflict(session: &Session, conflict: records::Conflict) -> Result<Conflict, Fault> {
    let told = |told: records::Told| {
        let (user, by) = author(session, told.actor)?;
        let (hash, at, visit) = (hex::encode(told.hash), told.time, told.visit);
        Ok(Told { hash, value: told.value, user, by, at, visit, class: None, possible: Vec::new() })
    };
    Ok(Conflict {
        field: conflict.field.to_string(),
        kind: match conflict.kind {
            records::ConflictKind::Concurrent => ConflictKind::Concurrent,
            records::ConflictKind::Covered => ConflictKind::Covered,
        },
        values: conflict.values.into_iter().map(told).collect::<Result<_, Fault>>()?,
    })
}

/// The person behind an actor and their name, as far as this device may know them.
pub(crate) fn author(session: &Session, actor: ActorId) -> Result<(Option<UserId>, Option<String>), Fault> {
    let Some(holder) = session.store.holder(actor)? else { return Ok((None, None)) };
    let configuration = session.configuration()?;
    let known = std::iter::once(&configuration.user).chain(&configuration.users);
    let name = known.into_iter().find(|user| user.id == holder.user).map(|user| user.name.clone());
    Ok((Some(holder.user), name))
}
