//! Changes that the server refused.

use records::Kind;
use store::SetAside;

use crate::app::App;
use crate::fault::Fault;
use crate::host::Host;
use crate::session::Session;
use crate::wire::sync::{RefusedList, RefusedRow};
use crate::wire::{FieldEdit, Nothing};

/// What was refused and why, newest first.
pub(crate) fn list<H: Host>(app: &App<H>, _: Nothing) -> Result<RefusedList, Fault> {
    app.with(|session| {
        let rows = session.store.set_aside()?.into_iter().map(|one| row(session, one));
        Ok(RefusedList { rows: rows.collect::<Result<_, _>>()? })
    })
}

fn row(session: &Session, one: SetAside) -> Result<RefusedRow, Fault> {
    let edits = one.edits.into_iter().map(|(field, value)| FieldEdit { field: field.to_string(), value });
    let is_household = session.find(one.document, Kind::Household)?.is_some();
    let name = if is_household { session.store.household_name(one.document)? } else { None };
    Ok(RefusedRow {
        hash: hex::encode(one.hash),
        document: one.document,
        name,
        code: one.code,
        at: one.at,
        edits: edits.collect(),
    })
}
