//! The contradictions of a village. `household.resolve` settles one.

use store::HouseholdQuery;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::household;
use crate::session::Session;
use crate::told::household_conflicts;
use crate::wire::conflict::{ConflictList, ConflictQuery, ConflictRow};

/// Households of one page: each is merged from its changes to be read.
pub const CONFLICT_HOUSEHOLDS_MAX: u32 = 50;

/// The contradictions of one page of the households that have any, in order of their names.
pub(crate) fn list<H: Host>(app: &App<H>, query: ConflictQuery) -> Result<ConflictList, Fault> {
    let limit = query.limit.unwrap_or(CONFLICT_HOUSEHOLDS_MAX);
    if limit > CONFLICT_HOUSEHOLDS_MAX {
        return Err(Fault::new(ErrorCode::OverLimit).at("limit").with("limit", CONFLICT_HOUSEHOLDS_MAX));
    }
    app.with(|session| {
        let review = session.review(query.review)?.map(|review| review.id);
        let (households, found) = session.store.list(&HouseholdQuery {
            review,
            village: query.village,
            conflicts_only: true,
            offset: query.offset,
            limit,
            ..HouseholdQuery::default()
        })?;
        let mut rows = Vec::new();
        for one in found {
            rows.extend(of_household(session, one, review)?);
        }
        Ok(ConflictList { households, rows })
    })
}

fn of_household(
    session: &Session,
    listed: store::HouseholdRow,
    review: Option<domain::id::ReviewId>,
) -> Result<Vec<ConflictRow>, Fault> {
    let (row, document) = household(session, listed.id)?;
    let conflicts = household_conflicts(session, &row, &document, review)?.into_iter();
    let place = |conflict| ConflictRow {
        household: listed.id,
        name: listed.name.clone(),
        village: listed.village,
        conflict,
    };
    Ok(conflicts.map(place).collect())
}
