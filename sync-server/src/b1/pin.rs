//! Which table a review uses.

use domain::b1::B1Table;
use domain::review::Review;
use domain::unit::{Unit, UnitKind};

use super::supply::{append, with_table};
use crate::app::App;
use crate::database::facts::{Fact, FactKind};
use crate::fault::{Code, Fault};
use crate::projection;
use crate::town;

/// Most villages that a refusal names.
const UNITS_NAMED: usize = 20;

fn find<'a>(app: &'a App, name: &str) -> Result<(&'a str, &'a Review), Fault> {
    let found = app.town.reviews.iter().find(|(key, review)| key == name || review.id.to_string() == name);
    let (key, review) = found.ok_or_else(|| Fault::of(Code::UnknownReview).with("review", name))?;
    Ok((key, review))
}

/// The review that shall use a table, and its newer version; no version if it uses the table already.
pub(super) fn pinned_fact<'a>(
    app: &'a App,
    name: &str,
    table: &B1Table,
    hash: &str,
) -> Result<(&'a Review, Option<Fact>), Fault> {
    let (key, review) = find(app, name)?;
    if review.rulebook != table.rulebook {
        return Err(Fault::of(Code::B1ReviewRulebook)
            .with("review", name)
            .with("rulebook", &review.rulebook));
    }
    if review.b1_table.as_deref() == Some(hash) {
        return Ok((review, None));
    }
    check_open(app, name, review)?;
    check_regions(app, review, table)?;
    Ok((review, Some(town::fact(FactKind::Review, key, &with_table(review, Some(hash)))?)))
}

/// Lets a review go back to totals that are entered from paper.
pub fn unpin(app: &App, name: &str) -> Result<u64, Fault> {
    let (key, review) = find(app, name)?;
    if review.b1_table.is_none() {
        return Ok(app.identity.configuration_version);
    }
    check_open(app, name, review)?;
    let fact = town::fact(FactKind::Review, key, &with_table(review, None))?;
    append(app, "b1_unpin", key, &[fact])
}

/// What was decided about people with one table is never computed with another.
fn check_open(app: &App, name: &str, review: &Review) -> Result<(), Fault> {
    let register = app.database.register()?;
    if register.rows().iter().any(|row| row.review == Some(review.id)) {
        return Err(Fault::of(Code::B1ReviewRecognised).with("review", name));
    }
    if app.town.seals.iter().any(|seal| seal.review == review.id) {
        return Err(Fault::of(Code::B1ReviewSealed).with("review", name));
    }
    Ok(())
}

/// Every village that is there at the review's day has a region that the table has a column for.
fn check_regions(app: &App, review: &Review, table: &B1Table) -> Result<(), Fault> {
    let known = |unit: &&Unit| unit.b1_region.as_ref().is_some_and(|region| table.regions.contains(region));
    let is_now = |unit: &&Unit| unit.valid_to.as_deref().is_none_or(|to| to >= review.as_of.as_str());
    let villages = app.town.units.iter().filter(|unit| unit.kind == UnitKind::Village).filter(is_now);
    let without: Vec<&Unit> = villages.filter(|unit| !known(unit)).collect();
    if without.is_empty() {
        return Ok(());
    }
    let fault = Fault::of(Code::B1NoRegion).with("count", without.len());
    let named = without.iter().take(UNITS_NAMED).map(|unit| {
        let region = unit.b1_region.as_deref().unwrap_or("–");
        Fault::of(Code::B1UnitRegion).with("unit", &unit.name).with("region", region)
    });
    Err(named.fold(fault, Fault::because))
}

/// Households of a review that have a total entered from paper.
pub(super) fn entered(app: &App, review: &Review) -> Result<usize, Fault> {
    projection::catch_up(app)?;
    let views = app.database.snapshot(&app.town.scopes())?.views;
    let total = |record: &domain::household::ReviewRecord| record.b1_entered.is_some();
    let households = views.iter().filter_map(|view| view.household());
    Ok(households.filter(|it| it.reviews.get(&review.id).is_some_and(total)).count())
}
