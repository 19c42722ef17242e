//! What is kept, as it lies there, and what lists show held against what the changes make.
//!
//! **Invariant:** nothing is written.

use std::collections::BTreeMap;

use domain::id::DocumentId;
use records::Hash;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::StoreError;
use crate::rebuild::project_all;
use crate::{DocumentRow, Store, documents};

/// A change as it lies there, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChange {
    /// The hash that it is named by.
    pub hash: Hash,
    /// The chunk.
    pub bytes: Vec<u8>,
}

impl Store {
    /// Every document, departed ones included.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, StoreError> {
        documents::all(&self.db)
    }

    /// A document's changes in order of arrival.
    pub fn stored(&self, id: DocumentId) -> Result<Vec<StoredChange>, StoreError> {
        let sql = "SELECT hash, bytes FROM changes WHERE document = ?1 ORDER BY position";
        let mut query = self.db.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok(StoredChange { hash: row.get(0)?, bytes: row.get(1)? });
        Ok(query.query_map([id.0], read)?.collect::<Result<_, _>>()?)
    }

    /// Whether the file itself is whole, as the engine checks it.
    pub fn is_whole(&self) -> Result<bool, StoreError> {
        let said: String = self.db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok(said == "ok")
    }

    /// The documents of which lists and search show something else than the changes make. Fails where a document cannot
    /// be read at all.
    pub fn misshown(&self) -> Result<Vec<DocumentId>, StoreError> {
        // everything is computed anew, compared, and undone
        let scratch = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let shown = shown(&scratch)?;
        project_all(&scratch, self.configuration.as_ref())?;
        let made = self::shown(&scratch)?;
        let ids = shown.keys().chain(made.keys()).collect::<std::collections::BTreeSet<_>>();
        Ok(ids.into_iter().filter(|id| shown.get(*id) != made.get(*id)).copied().collect())
    }
}

/// What lists and search have of each household, as one text.
pub(crate) fn shown(db: &Connection) -> Result<BTreeMap<DocumentId, String>, StoreError> {
    let sql = "SELECT h.id, coalesce(name, '-') || '|' || name_folded || '|' || coalesce(address, '-') || '|' || hex(scope)
                   || '|' || members || '|' || conflicts || '|' || shown || removed || coalesce(hex(merged_into), '-')
                   || '|' || s.text || '|' || d.digits
                   || '|' || coalesce((SELECT group_concat(hex(review) || progress || stage || coalesce(class, '-') || possible)
                                       FROM household_reviews WHERE household = h.id), '-')
                   || '|' || coalesce((SELECT group_concat(hex(member) || name_folded || coalesce(year, '-') || coalesce(citizen_id, '-'))
                                       FROM people WHERE household = h.id), '-')
               FROM households h LEFT JOIN household_search s ON s.rowid = h.row
                   LEFT JOIN household_digits d ON d.rowid = h.row ORDER BY h.id";
    let mut query = db.prepare_cached(sql)?;
    // a row without its search rows gives no text, which is no text of a rebuild
    let read = |row: &rusqlite::Row<'_>| {
        Ok((DocumentId(row.get(0)?), row.get::<_, Option<String>>(1)?.unwrap_or_default()))
    };
    Ok(query.query_map([], read)?.collect::<Result<_, _>>()?)
}
