//! What left this device's villages: shown nowhere, offered so that nothing is only here, and erased in the end.
//!
//! **Invariant:** nothing is erased that was not offered a last time when its time was over.

use domain::id::{DocumentId, UnitId};
use rusqlite::Connection;

use crate::documents::Strays;
use crate::error::StoreError;
use crate::write::{erase, gap, offer, offer_pictures};
use crate::{Store, changes, cursors, documents, households, merged};

impl Store {
    /// Offers a last time what left this device's villages at this time or before, by the server's clock, and erases what was
    /// offered so and answered: the server may have been put back since it left. What waits stays, and a document of which
    /// something was refused.
    pub fn evict(&mut self, until: i64, at: i64) -> Result<(), StoreError> {
        self.transaction(|_, db| {
            for document in documents::to_be_erased(db, until)? {
                erase(db, document)?;
            }
            for document in documents::to_be_offered(db, until)? {
                offer_hidden(db, document, at)?;
                documents::offered_last(db, document)?;
            }
            Ok(())
        })
    }

    /// Every log has been read to its end. A document that none of them has spoken of since they were read from their
    /// beginnings is in none of this device's villages, the server was put back to before it came here; nor is one whose scope
    /// has no log here. What left with a village that is this device's again, and of which its log does not speak, the server
    /// may not have at all.
    pub fn read_through(&mut self, at: i64) -> Result<(), StoreError> {
        let Strays { unspoken, elsewhere, hidden } = documents::strays(&self.db)?;
        if unspoken.is_empty() && elsewhere.is_empty() && hidden.is_empty() {
            return Ok(());
        }
        self.transaction(|store, db| {
            for (document, scope) in unspoken {
                documents::depart(db, document, scope, at)?;
                store.project_again(db, document)?;
            }
            for (document, scope) in elsewhere {
                leave(db, document, scope, at)?;
                store.project_again(db, document)?;
            }
            for (document, _) in hidden {
                offer_hidden(db, document, at)?;
                documents::read_enough(db, document)?;
            }
            merged::settle(db)
        })
    }
}

/// The document is shown nowhere any more, and offered once more: no digest that this device compares counts it from now on, so
/// nothing else would tell that the server was put back to before it had all of it.
pub(crate) fn leave(db: &Connection, document: DocumentId, scope: UnitId, at: i64) -> Result<(), StoreError> {
    if documents::depart(db, document, scope, at)? { offer_hidden(db, document, at) } else { Ok(()) }
}

/// Offers a document that is not shown, with its pictures. One that is damaged here is for `verify`, and holds up nothing.
fn offer_hidden(db: &Connection, id: DocumentId, at: i64) -> Result<(), StoreError> {
    let Some(row) = documents::find(db, id)? else { return Ok(()) };
    match changes::document(db, row.id, row.kind).map_err(gap) {
        Ok(Some(document)) => {
            offer(db, &document, at)?;
            offer_pictures(db, &document, at)
        }
        Ok(None) | Err(StoreError::Record(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

/// A scope that was not read before: what is hidden of it waits for a word of its log.
pub(crate) fn gain(db: &Connection, new: &[(UnitId, u64)]) -> Result<(), StoreError> {
    let old = cursors::all(db)?;
    let gained = new.iter().filter(|(scope, _)| !old.iter().any(|(known, _)| known == scope));
    gained.into_iter().try_for_each(|(scope, _)| documents::unread_again(db, *scope))
}

/// A scope that was read before and is not named any more is lost, and every document of it leaves.
pub(crate) fn lose(db: &Connection, new: &[(UnitId, u64)], at: i64) -> Result<(), StoreError> {
    for (scope, _) in cursors::all(db)? {
        if !new.iter().any(|(kept, _)| *kept == scope) {
            households::remove_all(db, scope)?;
            let own = documents::all(db)?.into_iter().filter(|row| row.scope == scope);
            own.into_iter().try_for_each(|row| leave(db, row.id, scope, at))?;
        }
    }
    Ok(())
}
