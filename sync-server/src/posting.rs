//! Postings: a person works in other villages from now on.
//!
//! **Invariant:** what a person wrote for a village before they heard that it is theirs no more is not refused: it is a
//! proposal. They receive nothing of that village from then on.

use domain::id::{UnitId, UserId};
use domain::unit::under;
use serde::Serialize;

use crate::app::App;
use crate::database::access::COMMAND_LINE;
use crate::database::facts::FactKind;
use crate::fault::{Code, Fault};
use crate::town::{Former, fact};

/// A person who was posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Posted {
    /// The person.
    pub user: UserId,
    /// Where they work from now on.
    pub units: Vec<UnitId>,
    /// Where they worked before, at any time.
    pub former: Vec<UnitId>,
    /// The configuration from which it holds.
    pub configuration_version: u64,
}

/// Posts a person, by id or key, to units with everything under them, each by id or name. Posted where they are already,
/// nothing changes.
pub fn post(app: &App, name: &str, units: &[String]) -> Result<Posted, Fault> {
    let unknown = || Fault::of(Code::UnknownUser).with("user", name);
    let (key, user) = app
        .town
        .users
        .iter()
        .find(|(key, user)| key == name || user.id.to_string() == name)
        .ok_or_else(unknown)?;
    let mut to = units.iter().map(|unit| unit_of(app, unit)).collect::<Result<Vec<_>, _>>()?.concat();
    to.sort_unstable();
    to.dedup();
    let known = app.town.former.get(&user.id).cloned().unwrap_or_default();
    let posted = |former: Vec<UnitId>, configuration_version| Posted {
        user: user.id,
        units: to.clone(),
        former,
        configuration_version,
    };
    if to == user.scopes {
        return Ok(posted(known, app.identity.configuration_version));
    }
    let mut former = [known, user.scopes.clone()].concat();
    former.sort_unstable();
    former.dedup();
    app.note(COMMAND_LINE, "post", &user.id.to_string())?;
    let moved = domain::user::User { scopes: to.clone(), ..user.clone() };
    let before = Former { user: user.id, units: former.clone() };
    let version =
        app.append(&[fact(FactKind::User, key, &moved)?, fact(FactKind::Former, user.id, &before)?])?;
    Ok(posted(former, version))
}

fn unit_of(app: &App, name: &str) -> Result<Vec<UnitId>, Fault> {
    let unknown = || Fault::of(Code::UnknownUnit).with("unit", name);
    let unit = app.town.unit_named(name).ok_or_else(unknown)?;
    Ok(under(&app.town.units, unit.id))
}
