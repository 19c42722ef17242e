//! Seals (chốt số liệu): the office closes a review for a unit with everything under it.
//!
//! **Invariant:** a seal is never taken back or changed; a review is sealed for a unit once.

use domain::configuration::Seal;

use crate::app::App;
use crate::clock;
use crate::database::access::COMMAND_LINE;
use crate::fault::{Code, Fault};
use crate::town::seal_fact;

/// Seals a review for a unit, both by id or as people name them.
pub fn seal(app: &App, review: &str, unit: &str) -> Result<Seal, Fault> {
    let unknown = Fault::of(Code::UnknownReview).with("review", review);
    let review = app.town.review_named(review).ok_or(unknown)?.id;
    let unknown = Fault::of(Code::UnknownUnit).with("unit", unit);
    let unit = app.town.unit_named(unit).ok_or(unknown)?.id;
    if app.town.is_sealed(unit, review) {
        return Err(Fault::of(Code::AlreadySealed));
    }
    let seal = Seal { unit, review, at: clock::now() };
    app.note(COMMAND_LINE, "seal", &unit.to_string())?;
    app.append(&[seal_fact(&seal)?])?;
    Ok(seal)
}
