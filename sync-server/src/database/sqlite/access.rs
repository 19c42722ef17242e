//! `access_log`.

use rusqlite::params;

use super::Sqlite;
use crate::database::Outcome;
use crate::database::access::{Access, AccessLog};
use crate::database::value::signed;

impl AccessLog for Sqlite {
    fn note(&self, access: &Access) -> Outcome<()> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO access_log (at, who, what, subject) VALUES (?, ?, ?, ?)",
                params![access.at, access.who, access.what, access.subject],
            )?;
            Ok(())
        })
    }

    fn accesses(&self, limit: usize) -> Outcome<Vec<Access>> {
        self.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT at, who, what, subject FROM access_log ORDER BY seq DESC LIMIT ?")?;
            let rows = query.query_map([signed(limit as u64)?], |row| {
                Ok(Access { at: row.get(0)?, who: row.get(1)?, what: row.get(2)?, subject: row.get(3)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
