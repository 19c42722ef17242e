//! `access_log`.

use super::cell::cell;
use super::{Postgres, session_of};
use crate::database::Outcome;
use crate::database::access::{Access, AccessLog};
use crate::database::value::signed;

impl AccessLog for Postgres {
    fn note(&self, access: &Access) -> Outcome<()> {
        session_of(&self.town)?.run(
            "INSERT INTO access_log (at, who, what, subject) VALUES ($1, $2, $3, $4)",
            &[&access.at, &access.who, &access.what, &access.subject],
        )?;
        Ok(())
    }

    fn accesses(&self, limit: usize) -> Outcome<Vec<Access>> {
        let sql = "SELECT at, who, what, subject FROM access_log ORDER BY seq DESC LIMIT $1";
        let rows = session_of(&self.town)?.rows(sql, &[&signed(limit as u64)?])?;
        rows.iter()
            .map(|row| {
                Ok(Access {
                    at: cell(row, 0)?,
                    who: cell(row, 1)?,
                    what: cell(row, 2)?,
                    subject: cell(row, 3)?,
                })
            })
            .collect()
    }
}
