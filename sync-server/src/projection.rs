//! The views: what the log says, computed and kept for lists and reports.
//!
//! **Invariant:** a view depends on the document's changes, the units and the reviews alone, so that a rebuild gives the
//! same one.

use std::collections::BTreeMap;

use domain::classification::classify;
use domain::completeness::completeness;
use domain::date::parse_day;
use domain::household::Household;
use domain::id::{DocumentId, HouseholdId, ReviewId, UnitId};
use domain::merging::keeper;
use domain::review::{Review, progress};
use domain::rulebook::pinned;
use domain::unit::locality;
use records::Kind;

use crate::api::v1::push::load;
use crate::app::App;
use crate::database::log::Logged;
use crate::database::views::{Content, Standing, View, ViewWriter};
use crate::database::{DatabaseError, Outcome};
use crate::fault::Fault;
use crate::town::Town;

/// Takes in what the logs have and the views do not. With other units or reviews, or a log that was restored from an
/// older copy, everything is computed anew.
pub fn catch_up(app: &App) -> Result<(), Fault> {
    Ok(app.database.update(&mut |views| {
        let applied = views.applied()?;
        let heads = app.database.heads(&app.town.scopes())?;
        let ahead = heads.iter().any(|it| applied.get(&it.unit).is_some_and(|applied| *applied > it.head));
        if ahead || views.basis()? != app.town.basis() {
            views.clear(app.town.basis())?;
        }
        advance(app, views)
    })?)
}

/// Throws the views away and computes them anew.
pub fn rebuild(app: &App) -> Result<(), Fault> {
    Ok(app.database.update(&mut |views| {
        views.clear(app.town.basis())?;
        advance(app, views)
    })?)
}

fn advance(app: &App, views: &mut dyn ViewWriter) -> Outcome<()> {
    let applied = views.applied()?;
    for head in app.database.heads(&app.town.scopes())? {
        let after = applied.get(&head.unit).copied().unwrap_or(0);
        if after == head.head {
            continue;
        }
        for document in app.database.touched(head.unit, after, head.head)? {
            let logged = app.database.logged(document)?;
            let logged = logged.ok_or_else(|| DatabaseError::Damaged(format!("document {document}")))?;
            if logged.placed.purged {
                views.remove(document)?;
            } else {
                views.put(&view(&app.town, document, &logged)?)?;
            }
        }
        views.set_applied(head.unit, head.head)?;
    }
    settle(views)
}

/// Takes out of the lists the merged records that do not stay themselves.
fn settle(views: &mut dyn ViewWriter) -> Outcome<()> {
    let merged = views.merged()?;
    let spoken_of: Vec<HouseholdId> = merged.iter().flat_map(|(from, into)| [*from, *into]).collect();
    let listed = views.listed(&spoken_of)?;
    merged.keys().try_for_each(|id| views.set_merged(*id, keeper(&merged, &listed, *id) != *id))
}

/// The view of a document.
pub fn view(town: &Town, id: DocumentId, logged: &Logged) -> Outcome<View> {
    let document = load(logged.placed.kind, id, &logged.changes)?;
    let snapshot = document.snapshot();
    let (content, standings) = match logged.placed.kind {
        Kind::Household => {
            let household = snapshot.household();
            let standings = standings(town, logged.placed.scope, &household);
            (Content::Household(Box::new(household)), standings)
        }
        Kind::Meeting => (Content::Meeting(Box::new(snapshot.meeting())), BTreeMap::new()),
        Kind::Programme => (Content::Programme(Box::new(snapshot.programme())), BTreeMap::new()),
    };
    let conflicts = snapshot.conflicts().len() as u64;
    let merged = matches!(&content, Content::Household(household) if household.merged_into.is_some());
    Ok(View {
        document: id,
        scope: logged.placed.scope,
        content,
        merged,
        conflicts,
        last_at: logged.last_at,
        standings,
    })
}

fn standings(town: &Town, scope: UnitId, household: &Household) -> BTreeMap<ReviewId, Standing> {
    let reviews = town.reviews.iter().map(|(_, review)| review);
    let known = reviews.filter(|review| household.reviews.contains_key(&review.id));
    known.filter_map(|review| Some((review.id, standing(town, review, scope, household)?))).collect()
}

/// Where a household stands in a review under the rulebook that the review pins; none if this program does not ship it.
pub fn standing(town: &Town, review: &Review, scope: UnitId, household: &Household) -> Option<Standing> {
    let Some(rulebook) = pinned(review, &town.b1.tables) else {
        tracing::error!(review = %review.id, "the review pins a rulebook or table that is not here");
        return None;
    };
    let as_of = parse_day(&review.as_of).ok()?;
    let decision = classify(rulebook, locality(&town.units, scope)?, household, review.id, as_of);
    let complete = completeness(rulebook, household, review.id, as_of);
    let progress = progress(household.reviews.get(&review.id), &complete, &decision);
    Some(Standing { progress, class: decision.class })
}
