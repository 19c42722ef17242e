//! Holds what the device keeps against itself.
//!
//! **Invariant:** nothing is written; what is damaged is named and never hidden.

use records::Document;
use store::DocumentRow;
use sync::gate::preparse;

use crate::app::App;
use crate::fault::Fault;
use crate::host::Host;
use crate::session::Session;
use crate::wire::Nothing;
use crate::wire::verify::{Damage, DamageCode, Verified};

/// Verifies everything: the file, each change against its hash, each document against the rules, lists against changes.
pub(crate) fn verify<H: Host>(app: &App<H>, _: Nothing) -> Result<Verified, Fault> {
    app.with(|session| {
        let mut verified = Verified::default();
        if !session.store.is_whole()? {
            verified.damages.push(Damage { code: DamageCode::File, document: None, hash: None });
        }
        for row in session.store.documents()? {
            verified.documents += 1;
            document(session, &mut verified, &row)?;
        }
        // what cannot be read cannot be compared with what is shown of it
        verified.compared = verified.damages.iter().all(|it| it.code != DamageCode::Document);
        if verified.compared {
            for id in session.store.misshown()? {
                verified.damages.push(Damage { code: DamageCode::List, document: Some(id), hash: None });
            }
        }
        verified.sound = verified.damages.is_empty();
        Ok(verified)
    })
}

fn document(session: &Session, verified: &mut Verified, row: &DocumentRow) -> Result<(), Fault> {
    let changes = session.store.stored(row.id)?;
    for change in &changes {
        verified.changes += 1;
        if preparse(&change.bytes).ok().is_none_or(|outline| outline.hash != change.hash) {
            let hash = Some(hex::encode(change.hash));
            verified.damages.push(Damage { code: DamageCode::Change, document: Some(row.id), hash });
        }
    }
    let read = Document::load(row.kind, row.id, changes.iter().map(|change| change.bytes.as_slice()));
    if read.is_err() {
        verified.damages.push(Damage { code: DamageCode::Document, document: Some(row.id), hash: None });
    }
    Ok(())
}
