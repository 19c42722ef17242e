//! Tables `photos` and `photo_outbox`: the pictures themselves, and those that the server does not have.
//!
//! What a photo is of is in its household's document; here are only its bytes. Text goes first: a picture is offered
//! for sending when no change of any document waits, so that a photo never holds back an answer.
//!
//! **Invariant:** a picture is stored in the transaction of the change that describes it, or not at all.

use domain::id::{HouseholdId, PhotoId};
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// A picture to be kept.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// The photo that it is the picture of.
    pub id: PhotoId,
    /// Of the bytes.
    pub sha256: [u8; 32],
    /// The bytes.
    pub jpeg: &'a [u8],
}

/// A picture that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsentPhoto {
    /// The photo.
    pub id: PhotoId,
    /// Its household.
    pub household: HouseholdId,
    /// Of the bytes.
    pub sha256: [u8; 32],
    /// The bytes.
    pub jpeg: Vec<u8>,
    /// How many of them the server had when it last answered; all of them if it is only asked.
    pub held: u64,
    /// Its household left this device's villages.
    pub hidden: bool,
}

/// Keeps a picture that the server has.
pub(crate) fn keep(db: &Connection, household: HouseholdId, picture: &Picture<'_>) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO photos (id, household, sha256, jpeg) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?.execute((picture.id.0, household.0, picture.sha256, picture.jpeg))?;
    Ok(())
}

/// Keeps the picture; it waits to be sent from now on.
pub(crate) fn add(
    db: &Connection,
    household: HouseholdId,
    picture: &Picture<'_>,
    since: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO photos (id, household, sha256, jpeg) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?.execute((picture.id.0, household.0, picture.sha256, picture.jpeg))?;
    let sql = "INSERT INTO photo_outbox (photo, since) VALUES (?1, ?2)";
    db.prepare_cached(sql)?.execute((picture.id.0, since))?;
    Ok(())
}

/// The picture of a household's photo, if it is here.
pub(crate) fn jpeg(
    db: &Connection,
    household: HouseholdId,
    id: PhotoId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT jpeg FROM photos WHERE id = ?1 AND household = ?2";
    Ok(db.prepare_cached(sql)?.query_row((id.0, household.0), |row| row.get(0)).optional()?)
}

/// True if the picture waits to be sent.
pub(crate) fn waits(db: &Connection, id: PhotoId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM photo_outbox WHERE photo = ?1)";
    Ok(db.prepare_cached(sql)?.query_row([id.0], |row| row.get(0))?)
}

/// The picture waits again, if it is here with this hash (in hex). The server most likely has it, so what is sent first is no
/// more than the question.
pub(crate) fn offer(db: &Connection, id: PhotoId, sha256: &str, since: i64) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO photo_outbox (photo, since, held)
               SELECT id, ?1, length(jpeg) FROM photos WHERE id = ?2 AND lower(hex(sha256)) = ?3";
    db.prepare_cached(sql)?.execute((since, id.0, sha256))?;
    Ok(())
}

/// How many pictures wait to be sent.
pub(crate) fn waiting(db: &Connection) -> Result<u32, StoreError> {
    Ok(db.query_row("SELECT count(*) FROM photo_outbox", [], |row| row.get(0))?)
}

/// The picture that has waited longest; none while any text waits.
pub(crate) fn next(db: &Connection) -> Result<Option<UnsentPhoto>, StoreError> {
    let sql = "SELECT p.id, p.household, p.sha256, p.jpeg, o.held,
                      EXISTS (SELECT 1 FROM documents WHERE id = p.household AND departed > 0)
               FROM photo_outbox o JOIN photos p ON p.id = o.photo WHERE NOT EXISTS (SELECT 1 FROM outbox) ORDER BY o.position LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(UnsentPhoto {
            id: PhotoId(row.get(0)?),
            household: HouseholdId::new(row.get(1)?),
            sha256: row.get(2)?,
            jpeg: row.get(3)?,
            held: row.get::<_, i64>(4)?.unsigned_abs(),
            hidden: row.get(5)?,
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([], read).optional()?)
}

/// Notes how much of the picture the server has.
pub(crate) fn held(db: &Connection, id: PhotoId, bytes: u64) -> Result<(), StoreError> {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    db.prepare_cached("UPDATE photo_outbox SET held = ?2 WHERE photo = ?1")?.execute((id.0, bytes))?;
    Ok(())
}

/// The picture waits again behind all others, and is sent from its beginning.
pub(crate) fn put_back(db: &Connection, id: PhotoId) -> Result<(), StoreError> {
    let sql = "UPDATE photo_outbox SET held = 0, position = (SELECT max(position) + 1 FROM photo_outbox) WHERE photo = ?1";
    db.prepare_cached(sql)?.execute([id.0])?;
    Ok(())
}

/// The picture no longer waits.
pub(crate) fn sent(db: &Connection, id: PhotoId) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM photo_outbox WHERE photo = ?1")?.execute([id.0])?;
    Ok(())
}

/// Erases the pictures of a household: a person asked for it.
pub(crate) fn remove_household(db: &Connection, household: HouseholdId) -> Result<(), StoreError> {
    db.execute("DELETE FROM photos WHERE household = ?1", [household.0])?;
    Ok(())
}
