//! Table `documents`: which documents are here, and in which scope.

use domain::id::{DocumentId, UnitId};
use records::{Hash, Kind};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::StoreError;

/// A document's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// The document.
    pub id: DocumentId,
    /// What it is about.
    pub kind: Kind,
    /// The scope that it is in.
    pub scope: UnitId,
    /// It left this device's scopes; kept until it is evicted, and shown nowhere.
    pub departed: bool,
}

fn read(row: &Row<'_>) -> rusqlite::Result<(DocumentId, u8, UnitId, bool)> {
    Ok((DocumentId(row.get(0)?), row.get(1)?, UnitId(row.get(2)?), row.get(3)?))
}

fn typed((id, kind, scope, departed): (DocumentId, u8, UnitId, bool)) -> Result<DocumentRow, StoreError> {
    let kind = Kind::of_number(kind).ok_or(StoreError::Row("documents.kind"))?;
    Ok(DocumentRow { id, kind, scope, departed })
}

const COLUMNS: &str = "SELECT id, kind, scope, departed FROM documents";

/// The document's row.
pub(crate) fn find(db: &Connection, id: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
    let mut query = db.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    query.query_row([id.0], read).optional()?.map(typed).transpose()
}

/// All documents.
pub(crate) fn all(db: &Connection) -> Result<Vec<DocumentRow>, StoreError> {
    let mut query = db.prepare(&format!("{COLUMNS} ORDER BY id"))?;
    let rows = query.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(typed).collect()
}

/// The document was made or written here. One that is known stays where the server says that it is, or was.
pub(crate) fn write(db: &Connection, id: DocumentId, kind: Kind, scope: UnitId) -> Result<(), StoreError> {
    let sql = "INSERT INTO documents (id, kind, scope) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING";
    db.prepare_cached(sql)?.execute((id.0, kind.number(), scope.0))?;
    Ok(())
}

/// The server says that the document is in this scope, whether or not it was known before.
pub(crate) fn place(db: &Connection, id: DocumentId, kind: Kind, scope: UnitId) -> Result<(), StoreError> {
    let sql = "INSERT INTO documents (id, kind, scope) VALUES (?1, ?2, ?3)
               ON CONFLICT (id) DO UPDATE SET scope = ?3, departed = 0, departed_at = NULL, unread = 0";
    db.prepare_cached(sql)?.execute((id.0, kind.number(), scope.0))?;
    Ok(())
}

/// The document left this scope; nothing happens if it is in another one by now. Says whether it was there.
pub(crate) fn depart(db: &Connection, id: DocumentId, scope: UnitId, at: i64) -> Result<bool, StoreError> {
    db.execute("UPDATE documents SET unread = 0 WHERE id = ?1 AND scope = ?2", (id.0, scope.0))?;
    let sql =
        "UPDATE documents SET departed = 1, departed_at = ?3 WHERE id = ?1 AND scope = ?2 AND departed = 0";
    Ok(db.execute(sql, (id.0, scope.0, at))? == 1)
}

/// The document came to this scope; nothing happens if it is not here, its changes will place it.
pub(crate) fn enter(db: &Connection, id: DocumentId, scope: UnitId) -> Result<(), StoreError> {
    db.execute(
        "UPDATE documents SET scope = ?2, departed = 0, departed_at = NULL, unread = 0 WHERE id = ?1",
        (id.0, scope.0),
    )?;
    Ok(())
}

/// Every log is read from its beginning from now on.
pub(crate) fn unread(db: &Connection) -> Result<(), StoreError> {
    db.execute("UPDATE documents SET unread = 1", [])?;
    Ok(())
}

/// The server has put this change into the scope's log: as good as an entry, which may not come any more. Gives the document if
/// that is one of this device's and the document was hidden, or taken to be in another: it is there, and shown.
pub(crate) fn spoken_of(
    db: &Connection,
    change: &Hash,
    scope: UnitId,
) -> Result<Option<DocumentId>, StoreError> {
    let of = "id = (SELECT document FROM changes WHERE hash = ?1)
              AND EXISTS (SELECT 1 FROM cursors WHERE scope = ?2)";
    let sql = format!(
        "UPDATE documents SET scope = ?2, departed = 0, departed_at = NULL
         WHERE (departed > 0 OR scope <> ?2) AND {of} RETURNING id"
    );
    let mut back = db.prepare_cached(&sql)?;
    let back = back.query_row((change, scope.0), |row| row.get(0).map(DocumentId)).optional()?;
    let sql = format!("UPDATE documents SET unread = 0 WHERE scope = ?2 AND {of}");
    db.prepare_cached(&sql)?.execute((change, scope.0))?;
    Ok(back)
}

/// The scope is this device's again: its log will say what of it is there.
pub(crate) fn unread_again(db: &Connection, scope: UnitId) -> Result<(), StoreError> {
    db.execute("UPDATE documents SET unread = 1 WHERE departed > 0 AND scope = ?1", [scope.0])?;
    Ok(())
}

/// Nothing more is expected of the logs about this document.
pub(crate) fn read_enough(db: &Connection, id: DocumentId) -> Result<(), StoreError> {
    db.execute("UPDATE documents SET unread = 0 WHERE id = ?1", [id.0])?;
    Ok(())
}

/// What is to be done about documents when every log was read to its end.
pub(crate) struct Strays {
    /// Shown, nothing of them waits, and no log has spoken of them: they are in none of the scopes.
    pub unspoken: Vec<(DocumentId, UnitId)>,
    /// Shown, in a scope that is not this device's.
    pub elsewhere: Vec<(DocumentId, UnitId)>,
    /// Hidden, in a scope that is this device's again, whose log has not spoken of them.
    pub hidden: Vec<(DocumentId, UnitId)>,
}

pub(crate) fn strays(db: &Connection) -> Result<Strays, StoreError> {
    let own = "EXISTS (SELECT 1 FROM cursors WHERE scope = d.scope)";
    let find = |which: &str| -> Result<Vec<(DocumentId, UnitId)>, StoreError> {
        let mut query = db.prepare_cached(&format!("SELECT id, scope FROM documents d WHERE {which}"))?;
        let read = |row: &Row<'_>| Ok((DocumentId(row.get(0)?), UnitId(row.get(1)?)));
        Ok(query.query_map([], read)?.collect::<Result<_, _>>()?)
    };
    Ok(Strays {
        unspoken: find(&format!(
            "unread = 1 AND departed = 0 AND {own} AND NOT EXISTS (SELECT 1 FROM outbox WHERE document = d.id)"
        ))?,
        elsewhere: find(&format!("departed = 0 AND NOT {own}"))?,
        hidden: find(&format!("unread = 1 AND departed > 0 AND {own}"))?,
    })
}

/// Hidden documents that departed at this time or before, and of which nothing waits: those that were not offered a last time
/// since (`departed` is 1).
pub(crate) fn to_be_offered(db: &Connection, until: i64) -> Result<Vec<DocumentId>, StoreError> {
    departed(db, until, "departed = 1")
}

/// Those that were offered a last time (2), and of which nothing was refused.
pub(crate) fn to_be_erased(db: &Connection, until: i64) -> Result<Vec<DocumentId>, StoreError> {
    departed(db, until, "departed = 2 AND NOT EXISTS (SELECT 1 FROM set_aside WHERE document = d.id)")
}

fn departed(db: &Connection, until: i64, which: &str) -> Result<Vec<DocumentId>, StoreError> {
    let sql = format!(
        "SELECT id FROM documents d WHERE {which} AND departed_at <= ?1
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE document = d.id)
         AND NOT EXISTS (SELECT 1 FROM photo_outbox JOIN photos ON photos.id = photo WHERE household = d.id)"
    );
    let mut query = db.prepare_cached(&sql)?;
    Ok(query.query_map([until], |row| row.get(0).map(DocumentId))?.collect::<Result<_, _>>()?)
}

/// The document was offered a last time: when the server has answered, it is erased.
pub(crate) fn offered_last(db: &Connection, id: DocumentId) -> Result<(), StoreError> {
    db.execute("UPDATE documents SET departed = 2 WHERE id = ?1", [id.0])?;
    Ok(())
}

/// Removes the document with its changes, outbox rows and projections.
pub(crate) fn remove(db: &Connection, id: DocumentId) -> Result<(), StoreError> {
    crate::households::remove(db, id)?;
    db.execute("DELETE FROM documents WHERE id = ?1", [id.0])?;
    Ok(())
}
