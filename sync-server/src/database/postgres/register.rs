//! `recognitions`.

use domain::recognition::{Recognition, Register};

use super::cell::cell;
use super::people::configuration_changed;
use super::session::Session;
use super::{Postgres, session_of};
use crate::database::register::Recognitions;
use crate::database::value::{of_json, signed, to_json};
use crate::database::{DatabaseError, Outcome};

fn read(session: &mut Session) -> Outcome<Register> {
    let rows = session.rows("SELECT body FROM recognitions ORDER BY seq", &[])?;
    let rows = rows.iter().map(|row| of_json(cell(row, 0)?)).collect::<Outcome<Vec<Recognition>>>()?;
    Register::from_rows(rows).map_err(|error| DatabaseError::Damaged(error.code()))
}

impl Recognitions for Postgres {
    fn register(&self) -> Outcome<Register> {
        read(&mut *session_of(&self.town)?)
    }

    fn recognise(&self, rows: Vec<Recognition>, now: i64) -> Outcome<u64> {
        self.write(|session| {
            // the identity's row is what everything that devices are to learn of waits for
            configuration_changed(session)?;
            let mut register = read(session)?;
            let first = register.next_seq();
            for (at, row) in rows.iter().cloned().enumerate() {
                let row = Recognition { seq: register.next_seq(), ..row };
                let (household, seq, body) = (row.household, signed(row.seq)?, to_json(&row)?);
                let refused = |code: String| DatabaseError::Register { row: at + 1, code };
                register.append(row).map_err(|error| refused(error.code()))?;
                session.run(
                    "INSERT INTO recognitions (seq, household, body, recorded_at) VALUES ($1, $2, $3, $4)",
                    &[&seq, &household.bytes().as_slice(), &body, &now],
                )?;
            }
            Ok(first)
        })
    }
}
