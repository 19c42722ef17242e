//! What the office does with a household as a whole: it moves to another village, or it is purged because a person asked
//! for it.
//!
//! **Invariant:** a household is in one log at a time; whoever edits it for the village that it has left makes proposals.
//! **Invariant:** a purge that was cut short is carried on, and one that an older copy of the log has undone is done again.

use domain::id::{DocumentId, HouseholdId, UnitId};
use domain::unit::UnitKind;
use records::Kind;
use serde::Serialize;

use crate::app::App;
use crate::clock;
use crate::database::access::COMMAND_LINE;
use crate::database::log::{Claim, Placed};
use crate::fault::{Code, Fault};
use crate::projection;

/// A household that was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The household.
    pub household: HouseholdId,
    /// The village that it left.
    pub from: UnitId,
    /// The village that it is in now.
    pub to: UnitId,
}

/// Moves a household to a village, which is named by id or name.
pub fn relocate(app: &App, household: &str, unit: &str) -> Result<Moved, Fault> {
    let (id, placed) = household_of(app, household)?;
    let unknown = Fault::of(Code::UnknownUnit).with("unit", unit);
    let unit = app.town.unit_named(unit).ok_or(unknown)?;
    if unit.kind != UnitKind::Village {
        return Err(Fault::of(Code::NotAVillage).with("unit", &unit.name));
    }
    if unit.id == placed.scope {
        return Err(Fault::of(Code::AlreadyThere).with("unit", &unit.name));
    }
    app.note(COMMAND_LINE, "move", &id.to_string())?;
    let mut moved = None;
    app.database.write(clock::now(), &[Claim { document: id, scope: unit.id }], &mut |ledger| {
        // as it is now that nobody else writes
        let Some(placed) = ledger.placed(id)?.filter(|it| !it.purged && it.scope != unit.id) else {
            return Ok(());
        };
        ledger.relocate(id, unit.id)?;
        moved = Some(Moved { household: id, from: placed.scope, to: unit.id });
        Ok(())
    })?;
    projection::catch_up(app)?;
    moved.ok_or(Fault::of(Code::ConfigurationChanged))
}

/// Purges a household: what it says is erased here and, with their next sync, on the devices. What was sealed or printed of
/// it as a number stays.
pub fn purge(app: &App, household: &str) -> Result<HouseholdId, Fault> {
    let (id, _) = household_of(app, household)?;
    app.note(COMMAND_LINE, "purge", &id.to_string())?;
    app.database.condemn(id, clock::now())?;
    complete(app)?;
    Ok(id)
}

/// Carries out every purge that is not carried out.
pub fn complete(app: &App) -> Result<(), Fault> {
    let mut erased = false;
    for id in app.database.condemned()? {
        let Some(placed) = app.database.placed(id)? else { continue };
        if !placed.purged {
            erase(app, id, placed.scope)?;
            erased = true;
        }
        app.database.destroy_key(id)?;
    }
    if erased {
        projection::catch_up(app)?;
        app.database.scrub()?;
    }
    Ok(())
}

fn erase(app: &App, id: DocumentId, scope: UnitId) -> Result<(), Fault> {
    // every log that it was in says that it is gone
    let scopes = app.database.former(id)?.into_iter().chain([scope]);
    let claims: Vec<Claim> = scopes.map(|scope| Claim { document: id, scope }).collect();
    Ok(app.database.write(clock::now(), &claims, &mut |ledger| match ledger.placed(id)? {
        Some(placed) if !placed.purged => ledger.erase(id),
        _ => Ok(()),
    })?)
}

fn household_of(app: &App, household: &str) -> Result<(HouseholdId, Placed), Fault> {
    let unknown = || Fault::of(Code::UnknownHousehold).with("household", household);
    let id: HouseholdId = household.parse().map_err(|_| unknown())?;
    let placed = app.database.placed(id)?.filter(|it| it.kind == Kind::Household).ok_or_else(unknown)?;
    if placed.purged { Err(Fault::of(Code::HouseholdPurged).with("household", id)) } else { Ok((id, placed)) }
}
