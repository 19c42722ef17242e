//! Table `actors`: who stands behind a change.
//!
//! **Invariant:** an actor never changes hands; the first one who is known to hold it keeps it.

use domain::id::{ActorId, EnrolmentId, UserId};
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// A user on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub user: UserId,
    /// The person on this device.
    pub enrolment: EnrolmentId,
}

/// The actor belongs to this holder.
pub(crate) fn add(db: &Connection, actor: ActorId, holder: Holder) -> Result<(), StoreError> {
    let sql = "INSERT INTO actors (id, user, enrolment) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING";
    db.prepare_cached(sql)?.execute((actor.0, holder.user.0, holder.enrolment.0))?;
    Ok(())
}

/// Who holds the actor.
pub(crate) fn find(db: &Connection, actor: ActorId) -> Result<Option<Holder>, StoreError> {
    let mut query = db.prepare_cached("SELECT user, enrolment FROM actors WHERE id = ?1")?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Holder { user: UserId(row.get(0)?), enrolment: EnrolmentId(row.get(1)?) })
    };
    Ok(query.query_row([actor.0], read).optional()?)
}

/// Every actor that the enrolment has ever used.
pub(crate) fn of(db: &Connection, enrolment: EnrolmentId) -> Result<Vec<ActorId>, StoreError> {
    let mut query = db.prepare_cached("SELECT id FROM actors WHERE enrolment = ?1")?;
    Ok(query.query_map([enrolment.0], |row| Ok(ActorId(row.get(0)?)))?.collect::<Result<_, _>>()?)
}
