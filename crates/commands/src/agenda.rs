//! The agenda of a village's meeting: which households are spoken of, and in which order.
//!
//! **Invariant:** made of the device's own records, so it is there without a network.

use std::cmp::Reverse;

use domain::classification::Class;
use domain::id::UnitId;
use domain::review::Review;
use domain::state::{Stage, allowed};
use store::{HouseholdQuery, HouseholdRow, assess};

use crate::fault::Fault;
use crate::page::household;
use crate::procedure::MEETING_STEPS;
use crate::session::Session;
use crate::wire::meeting::AgendaLine;

/// Households whose results are there to be spoken of.
const STAGES: [Stage; 4] = [Stage::Surveyed, Stage::Submitted, Stage::Resubmitted, Stage::NotAgreed];

/// The agenda: every household whose results are there, or whose class is another one than on the opening list.
pub(crate) fn agenda(session: &Session, village: UnitId, review: &Review) -> Result<Vec<AgendaLine>, Fault> {
    let query = HouseholdQuery {
        review: Some(review.id),
        village: Some(village),
        limit: u32::MAX,
        ..HouseholdQuery::default()
    };
    let (_, rows) = session.store.list(&query)?;
    let configuration = session.configuration()?;
    let mut agenda = Vec::new();
    for row in rows {
        let opening = configuration.opening(row.id, review.id, &review.as_of);
        if STAGES.contains(&row.stage) || is_changed(opening, row.class) {
            agenda.push(line(session, row, opening, review)?);
        }
    }
    // Within one kind of change they stay in the order of names.
    agenda.sort_by_key(|line| Reverse(weight(line.opening, line.class)));
    Ok(agenda)
}

fn is_listed(class: Option<Class>) -> bool {
    class.is_some_and(|class| class != Class::NotPoor)
}

/// True if the household comes to a list, leaves one or moves to another.
fn is_changed(opening: Option<Class>, class: Option<Class>) -> bool {
    let near = |class: Option<Class>| class == Some(Class::NearPoor);
    class.is_some() && (is_listed(opening) != is_listed(class) || near(opening) != near(class))
}

/// How much there is to speak of: coming to a list, leaving the lists, moving between them, nothing new.
fn weight(opening: Option<Class>, class: Option<Class>) -> u8 {
    match (is_listed(opening), is_listed(class)) {
        (false, true) => 3,
        (true, false) if class.is_some() => 2,
        _ if is_changed(opening, class) => 1,
        _ => 0,
    }
}

fn line(
    session: &Session,
    row: HouseholdRow,
    opening: Option<Class>,
    review: &Review,
) -> Result<AgendaLine, Fault> {
    let (placed, document) = household(session, row.id)?;
    let assessed = assess(&document.household(), placed.scope, review, session.configuration()?);
    Ok(AgendaLine {
        household: row.id,
        name: row.name,
        address: row.address,
        opening,
        class: row.class,
        possible: row.possible,
        stage: row.stage,
        votable: MEETING_STEPS.iter().all(|step| allowed(row.stage, review.asks_opinion()).contains(step)),
        complete: assessed.as_ref().is_some_and(|assessed| assessed.completeness.is_complete()),
        reason: assessed.map(|assessed| assessed.decision.reason).unwrap_or_default(),
        conflicts: row.conflicts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_come_to_a_list_or_leave_one_are_first() {
        let (poor, near, not) = (Some(Class::PoorIncome), Some(Class::NearPoor), Some(Class::NotPoor));
        let cases = [
            ((None, poor), 3),
            ((None, near), 3),
            ((poor, not), 2),
            ((near, not), 2),
            ((poor, near), 1),
            ((near, poor), 1),
            ((poor, poor), 0),
            ((Some(Class::PoorDeprived), poor), 0),
            ((None, not), 0),
            ((poor, None), 0),
            ((None, None), 0),
        ];
        for ((opening, class), expected) in cases {
            assert_eq!(weight(opening, class), expected, "{opening:?} {class:?}");
            assert_eq!(is_changed(opening, class), expected > 0, "{opening:?} {class:?}");
        }
    }
}
