//! What the screens show of a document.

use domain::id::{ActorId, HouseholdId, ReviewId, UserId};
use domain::review::Progress;
use records::{Document, Event, Kind};
use store::{DocumentRow, assess};

use crate::edits::head_texts;
use crate::fault::{ErrorCode, Fault};
use crate::session::Session;
use crate::wire::household::{Conflict, ConflictKind, HistoryEdit, HistoryEvent, HouseholdPage, Told};

/// The household's row and document.
pub(crate) fn household(session: &Session, id: HouseholdId) -> Result<(DocumentRow, Document), Fault> {
    let unknown = || Fault::new(ErrorCode::UnknownHousehold);
    let row = session.find(id, Kind::Household)?.ok_or_else(unknown)?;
    let document = session.store.document(&row)?.ok_or_else(unknown)?;
    Ok((row, document))
}

/// The page of a household.
pub(crate) fn household_page(
    session: &Session,
    row: &DocumentRow,
    document: &Document,
    review: Option<ReviewId>,
) -> Result<HouseholdPage, Fault> {
    let household = document.household();
    let review = session.review(review)?;
    let configuration = session.configuration()?;
    let assessment = review.and_then(|review| assess(&household, row.scope, review, configuration));
    let progress = assessment.as_ref().map_or(Progress::NotStarted, |assessment| assessment.progress);
    let (decision, completeness) =
        assessment.map(|assessment| (assessment.decision, assessment.completeness)).unzip();
    Ok(HouseholdPage {
        id: row.id,
        heads: head_texts(&document.heads()),
        village: row.scope,
        review: review.map(|review| review.id),
        decision,
        completeness,
        progress,
        conflicts: conflicts(session, document)?,
        waiting: session.store.waiting_of(row.id)?,
        set_aside: session.store.set_aside_count(Some(row.id))?,
        household,
    })
}

/// The contradictions of a document, with the names of those who wrote.
pub(crate) fn conflicts(session: &Session, document: &Document) -> Result<Vec<Conflict>, Fault> {
    document.conflicts().into_iter().map(|conflict| one_conflict(session, conflict)).collect()
}

fn one_conflict(session: &Session, conflict: records::Conflict) -> Result<Conflict, Fault> {
    let told = |told: records::Told| {
        let (user, by) = author(session, told.actor)?;
        let (at, visit) = (told.time, told.visit);
        Ok(Told { hash: hex::encode(told.hash), value: told.value, user, by, at, visit })
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
fn author(session: &Session, actor: ActorId) -> Result<(Option<UserId>, Option<String>), Fault> {
    let Some(holder) = session.store.holder(actor)? else { return Ok((None, None)) };
    let configuration = session.configuration()?;
    let known = std::iter::once(&configuration.user).chain(&configuration.users);
    let name = known.into_iter().find(|user| user.id == holder.user).map(|user| user.name.clone());
    Ok((Some(holder.user), name))
}

/// One event of a document's history.
pub(crate) fn event(session: &Session, event: Event) -> Result<HistoryEvent, Fault> {
    let (user, by) = author(session, event.actor)?;
    let edit = |edit: records::Rewrite| HistoryEdit {
        field: edit.field.to_string(),
        value: edit.value,
        before: edit.before,
    };
    Ok(HistoryEvent {
        hash: hex::encode(event.hash),
        at: event.time,
        user,
        by,
        visit: event.visit,
        edits: event.edits.into_iter().map(edit).collect(),
        sent: !session.store.is_waiting(&event.hash)?,
    })
}
