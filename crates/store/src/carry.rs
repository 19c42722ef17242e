//! Changes that a file brings: kept with their signers' batches, and carried to the server.
//!
//! **Invariant:** what one file brings is stored in one transaction, all of it or nothing; each change waits until the server
//! names it, or a log brings it.

use std::collections::BTreeSet;

use domain::id::{ActorId, DocumentId, UnitId};
use records::{Applied, Hash, Kind};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::actors::{self, Holder};
use crate::batches::{self, Batch};
use crate::changes::{self, NewChange};
use crate::error::StoreError;
use crate::{Store, documents, merged, outbox, set_aside};

/// A change of somebody's signed batch, checked by the caller.
#[derive(Clone, Copy, Debug)]
pub struct Carried<'a> {
    /// Its document.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// Where the document is, if it is not known here.
    pub scope: UnitId,
    /// Recomputed from the bytes.
    pub hash: Hash,
    /// The chunk.
    pub bytes: &'a [u8],
    /// The batch that it travels in.
    pub batch: &'a Batch,
    /// Whose actor made it; none for a derived one.
    pub holder: Option<(ActorId, Holder)>,
}

/// The transaction that takes a file.
pub struct Carrier<'a> {
    store: &'a Store,
    db: &'a Connection,
    at: i64,
    touched: BTreeSet<DocumentId>,
}

impl Carrier<'_> {
    /// The database, with everything kept so far.
    pub fn store(&self) -> &Store {
        self.store
    }

    /// Keeps a change, which waits to be sent from now on.
    pub fn keep(&mut self, carried: &Carried<'_>) -> Result<(), StoreError> {
        let Carried { document, kind, scope, hash, bytes, batch, holder } = *carried;
        documents::write(self.db, document, kind, scope)?;
        batches::add(self.db, batch, None)?;
        let new = NewChange { hash, document, bytes, batch: Some(batch.id), sequence: None };
        if changes::add(self.db, new)? {
            outbox::add(self.db, &hash, document, self.at)?;
        }
        if let Some((actor, holder)) = holder {
            actors::add(self.db, actor, holder)?;
        }
        self.touched.insert(document);
        Ok(())
    }
}

/// A log has brought what changes of others build on that were set aside here: they wait for the server again.
pub(crate) fn go_on(db: &Connection, document: DocumentId, at: i64) -> Result<(), StoreError> {
    let orphans = set_aside::orphans(db, document)?;
    let (false, Some(row)) = (orphans.is_empty(), documents::find(db, document)?) else { return Ok(()) };
    let Some(mut known) = changes::document(db, document, row.kind)? else { return Ok(()) };
    for (hash, bytes, batch) in orphans {
        // in the order in which they were set aside, which is that of what they build on
        if let Ok(Applied::New) = known.apply(&bytes) {
            let new = NewChange { hash, document, bytes: &bytes, batch: Some(batch), sequence: None };
            changes::add(db, new)?;
            outbox::add(db, &hash, document, at)?;
            set_aside::remove(db, &hash)?;
        }
    }
    Ok(())
}

impl Store {
    /// Takes a file: everything that `work` keeps, or nothing if it fails. `at` is now, by the device's clock.
    pub fn carry<T, E: From<StoreError>>(
        &mut self,
        at: i64,
        work: impl FnOnce(&mut Carrier<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate);
        let transaction = begun.map_err(StoreError::from)?;
        let mut carrier = Carrier { store: self, db: &transaction, at, touched: BTreeSet::new() };
        let done = work(&mut carrier)?;
        carrier.touched.into_iter().try_for_each(|document| self.project_again(&transaction, document))?;
        merged::settle(&transaction)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(done)
    }
}
