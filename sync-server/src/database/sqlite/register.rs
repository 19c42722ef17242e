//! `recognitions`.

use domain::recognition::{Recognition, Register};
use rusqlite::{Connection, params};

use super::Sqlite;
use crate::database::live::{Notice, tell};
use crate::database::register::Recognitions;
use crate::database::value::{of_json, to_json};
use crate::database::{DatabaseError, Outcome};

fn read(connection: &Connection) -> Outcome<Register> {
    let mut query = connection.prepare_cached("SELECT body FROM recognitions ORDER BY seq")?;
    let bodies = query.query_map([], |row| row.get::<_, String>(0))?;
    let rows: Vec<Recognition> = bodies.map(|body| of_json(&body?)).collect::<Outcome<_>>()?;
    Register::from_rows(rows).map_err(|error| DatabaseError::Damaged(error.code()))
}

impl Recognitions for Sqlite {
    fn register(&self) -> Outcome<Register> {
        self.read(read)
    }

    fn recognise(&self, rows: Vec<Recognition>, now: i64) -> Outcome<u64> {
        let first = self.write(|transaction| {
            let mut register = read(transaction)?;
            let first = register.next_seq();
            for (at, row) in rows.into_iter().enumerate() {
                let row = Recognition { seq: register.next_seq(), ..row };
                let (household, body) = (row.household, to_json(&row)?);
                let refused = |code: String| DatabaseError::Register { row: at + 1, code };
                register.append(row).map_err(|error| refused(error.code()))?;
                transaction.execute(
                    "INSERT INTO recognitions (household, body, recorded_at) VALUES (?, ?, ?)",
                    params![household.bytes(), body, now],
                )?;
            }
            let sql = "UPDATE identity SET configuration_version = configuration_version + 1";
            transaction.execute(sql, [])?;
            Ok(first)
        })?;
        tell(&self.teller, Notice::Look);
        Ok(first)
    }
}
