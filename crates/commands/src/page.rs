//! What the screens show of a document.

use std::collections::BTreeSet;

use domain::average::{AverageLiving, average_living};
use domain::classification::{Decision, LocalDecision, classify_locally};
use domain::configuration::Configuration;
use domain::constraint::{Broken, broken};
use domain::date::parse_day;
use domain::earlier::{Earlier, earlier};
use domain::household::Household;
use domain::id::{HouseholdId, ReviewId};
use domain::review::{Progress, Review};
use domain::rulebook::pinned;
use domain::unit::locality;
use records::{Document, Event, Kind};
use store::{DocumentRow, assess};

use crate::edits::head_texts;
use crate::fault::{ErrorCode, Fault};
use crate::procedure::standing;
use crate::session::Session;
use crate::told::{author, household_conflicts};
use crate::warnings::{member_warnings, support_warnings};
use crate::wire::earlier::Previous;
use crate::wire::household::{HistoryEdit, HistoryEvent, HouseholdPage};
use crate::wire::merging::Twin;

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
    let standing = match review.zip(assessment.as_ref()) {
        Some((review, found)) => {
            Some(standing(session, review, &found.state, household.reviews.get(&review.id))?)
        }
        None => None,
    };
    let (decision, completeness) =
        assessment.map(|assessment| (assessment.decision, assessment.completeness)).unzip();
    let local = review.zip(decision.as_ref()).and_then(|(review, found)| local(configuration, review, found));
    Ok(HouseholdPage {
        id: row.id,
        heads: head_texts(&document.heads()),
        village: row.scope,
        review: review.map(|review| review.id),
        decision,
        local,
        average: review.and_then(|review| average(configuration, row, &household, review)),
        completeness,
        progress,
        broken: review.map(|review| doubts(configuration, &household, review)).unwrap_or_default(),
        standing,
        member_warnings: member_warnings(&household, review),
        support_warnings: support_warnings(&household),
        conflicts: household_conflicts(session, row, document, review.map(|review| review.id))?,
        waiting: session.store.waiting_of(row.id)?,
        set_aside: session.store.set_aside_count(Some(row.id))?,
        merged_into: place_taken_by(session, row.id)?.map(|id| twin(session, id)).transpose()?,
        merged_from: twins(session, row.id)?,
        previous: review.and_then(|review| previous(configuration, row, &household, review)),
        household,
    })
}

/// The record that stays in the place of this one; none if it stays itself.
pub(crate) fn place_taken_by(session: &Session, id: HouseholdId) -> Result<Option<HouseholdId>, Fault> {
    Ok(session.store.keepers()?.get(&id).copied().filter(|kept| *kept != id))
}

/// The records in whose place this one stays.
fn twins(session: &Session, id: HouseholdId) -> Result<Vec<Twin>, Fault> {
    let kept = session.store.keepers()?;
    let from = kept.iter().filter(|(from, kept)| **kept == id && **from != id);
    from.map(|(from, _)| twin(session, *from)).collect()
}

fn twin(session: &Session, id: HouseholdId) -> Result<Twin, Fault> {
    Ok(Twin { id, name: session.store.household_name(id)? })
}

/// The class under the review's local standard, if it has one.
fn local(configuration: &Configuration, review: &Review, national: &Decision) -> Option<LocalDecision> {
    let rulebook = pinned(review, &configuration.b1_tables)?;
    let standard = review.local_standard.as_ref()?;
    Some(classify_locally(rulebook, standard, national))
}

/// The constraints that the review's answers break.
fn doubts(configuration: &Configuration, household: &Household, review: &Review) -> Vec<Broken> {
    let pinned = pinned(review, &configuration.b1_tables).zip(parse_day(&review.as_of).ok());
    pinned.map(|(rulebook, day)| broken(rulebook, household, review.id, day)).unwrap_or_default()
}

/// The average living standard by income, where it is asked for.
fn average(
    configuration: &Configuration,
    row: &DocumentRow,
    household: &Household,
    review: &Review,
) -> Option<AverageLiving> {
    let rulebook = pinned(review, &configuration.b1_tables)?;
    let area = locality(&configuration.units, row.scope)?.area;
    average_living(rulebook, area, household, review.id)
}

/// What the latest earlier review observed, beside the one that is looked at.
fn previous(
    configuration: &Configuration,
    row: &DocumentRow,
    household: &Household,
    review: &Review,
) -> Option<Previous> {
    let rulebook = pinned(review, &configuration.b1_tables)?;
    let Earlier { review: before, answers, b1_entered } =
        earlier(household, &configuration.reviews, review, rulebook)?;
    let class = assess(household, row.scope, before, configuration).and_then(|found| found.decision.class);
    let visits = household.reviews.get(&review.id).map(|record| &record.visits);
    let confirmed = visits.into_iter().flat_map(|visits| visits.values()).filter(|visit| !visit.removed);
    let confirmed: BTreeSet<String> = confirmed.filter_map(|visit| visit.confirms.clone()).collect();
    Some(Previous {
        review: before.id,
        name: before.name.clone(),
        class,
        answers,
        b1_entered,
        confirmed: confirmed.into_iter().collect(),
    })
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
