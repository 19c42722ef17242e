//! Cells of a row as our types. A cell that is not what the schema says is a damage, not a panic.

use postgres::Row;
use postgres::types::FromSql;

use crate::database::value::unsigned;
use crate::database::{DatabaseError, Outcome};

/// The cell at `at`.
pub fn cell<'a, T: FromSql<'a>>(row: &'a Row, at: usize) -> Outcome<T> {
    row.try_get(at).map_err(|_| DatabaseError::Damaged(format!("column {at} has another type")))
}

/// Raw bytes of one length.
pub fn bytes<const N: usize>(row: &Row, at: usize) -> Outcome<[u8; N]> {
    some_bytes(row, at)?.ok_or_else(|| DatabaseError::Damaged(format!("column {at} is empty")))
}

/// Raw bytes of one length, or nothing.
pub fn some_bytes<const N: usize>(row: &Row, at: usize) -> Outcome<Option<[u8; N]>> {
    let Some(cell) = cell::<Option<&[u8]>>(row, at)? else { return Ok(None) };
    let exact =
        cell.try_into().map_err(|_| DatabaseError::Damaged(format!("column {at} has another length")));
    exact.map(Some)
}

/// A count.
pub fn count(row: &Row, at: usize) -> Outcome<u64> {
    unsigned(cell(row, at)?)
}
