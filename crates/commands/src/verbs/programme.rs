//! The programme of a unit in a year.

use domain::id::{DocumentId, UnitId};
use records::{Document, Kind};
use sync::gate::role_writes;

use crate::app::App;
use crate::edits::{check_programme, head_texts, heads, parse};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::saving::{own_scope, save as keep};
use crate::session::Session;
use crate::told::conflicts;
use crate::wire::programme::{ProgrammeOpen, ProgrammePage, ProgrammeSave};

/// Years that a programme can be of.
pub const PROGRAMME_YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

fn document(session: &Session, unit: UnitId, year: i32) -> Result<(Document, bool), Fault> {
    own_scope(session, unit, ErrorCode::UnknownUnit)?;
    if !PROGRAMME_YEARS.contains(&year) {
        return Err(Fault::new(ErrorCode::OutOfRange).at("year"));
    }
    let id: DocumentId = Document::programme_id(unit, year);
    let stored = match session.of_unit(id, Kind::Programme)? {
        Some(row) => session.store.document(&row)?,
        None => None,
    };
    Ok(stored.map_or_else(|| (Document::create(Kind::Programme, id), true), |document| (document, false)))
}

fn page(session: &Session, unit: UnitId, year: i32, document: &Document) -> Result<ProgrammePage, Fault> {
    Ok(ProgrammePage {
        id: document.id(),
        unit,
        year,
        heads: head_texts(&document.heads()),
        programme: document.programme(),
        conflicts: conflicts(session, document)?,
        waiting: session.store.waiting_of(document.id())?,
    })
}

/// The programme as it stands; an empty one if nobody wrote to it yet.
pub(crate) fn open<H: Host>(app: &App<H>, form: ProgrammeOpen) -> Result<ProgrammePage, Fault> {
    app.with(|session| {
        let (document, _) = document(session, form.unit, form.year)?;
        page(session, form.unit, form.year, &document)
    })
}

/// Saves tasks and indicators, all of them or none.
pub(crate) fn save<H: Host>(app: &App<H>, form: ProgrammeSave) -> Result<ProgrammePage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (mut document, is_new) = document(session, form.unit, form.year)?;
        role_writes(session.user()?.role, Kind::Programme)
            .map_err(|code| Fault::new(ErrorCode::NotPermitted).with("reason", code))?;
        let opened_on = heads(&form.heads)?;
        let edits = check_programme(parse(&form.edits)?, host.today())?;
        let first =
            if is_new { vec![Document::skeleton(Kind::Programme, document.id())] } else { Vec::new() };
        let author = session.author(host, None);
        keep(session, &mut document, first, form.unit, (&opened_on, &edits, &author))?;
        page(session, form.unit, form.year, &document)
    })
}
