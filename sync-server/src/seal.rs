//! Seals (chốt số liệu): the office closes a review for a unit with everything under it.
//!
//! **Invariant:** a seal is never taken back or changed; a review is sealed for a unit once.
//! **Invariant:** what was answered as stored counts in what is sealed; what comes later counts when the office accepts it.

use domain::configuration::Seal;
use domain::id::{DocumentId, UnitId};
use domain::unit::under;

use crate::app::App;
use crate::clock;
use crate::database::Outcome;
use crate::database::access::COMMAND_LINE;
use crate::database::log::Claim;
use crate::fault::{Code, Fault};
use crate::town::{Pins, pins_fact, seal_fact};

/// A claim on a scope as such.
const NOBODY: DocumentId = DocumentId::new([0; 16]);

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
    pin(&app.current()?, &seal)?;
    Ok(seal)
}

/// Notes how far each log is. Who had begun to write before the seal is waited for; who begins after it makes proposals.
fn pin(app: &App, seal: &Seal) -> Result<(), Fault> {
    let scopes: Vec<UnitId> = under(&app.town.units, seal.unit);
    let claims: Vec<Claim> = scopes.iter().map(|scope| Claim { document: NOBODY, scope: *scope }).collect();
    let mut sequences = Vec::new();
    app.database.write(seal.at, &claims, &mut |ledger| {
        sequences = scopes.iter().map(|scope| Ok((*scope, ledger.head(*scope)?))).collect::<Outcome<_>>()?;
        Ok(())
    })?;
    app.append_anyway(&[pins_fact(seal, &Pins { review: seal.review, sequences })?])?;
    Ok(())
}
