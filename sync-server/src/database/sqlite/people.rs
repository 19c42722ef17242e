//! `codes`, `enrolments`, `actors`, `office_users` and `sessions`.

use domain::id::{EnrolmentId, UserId};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::Sqlite;
use crate::database::live::{Notice, tell};
use crate::database::people::{Enrolment, NewCode, NewEnrolment, People, Redeemed, Session};
use crate::database::{DatabaseError, Outcome};
use crate::secret::SecretHash;

/// The start of every query that reads enrolments with [`enrolment`].
pub const ENROLMENT: &str = "SELECT id, user, public_key, revoked_at FROM enrolments";

/// An enrolment from a row of [`ENROLMENT`].
pub fn enrolment(row: &Row<'_>) -> rusqlite::Result<Enrolment> {
    Ok(Enrolment {
        id: EnrolmentId::new(row.get(0)?),
        user: UserId::new(row.get(1)?),
        public_key: row.get(2)?,
        revoked_at: row.get(3)?,
    })
}

fn take_code(transaction: &Transaction<'_>, code: &SecretHash, now: i64) -> Outcome<Redeemed> {
    let row = transaction
        .query_row("SELECT user, expires_at, used_at FROM codes WHERE hash = ?", [code], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<i64>>(2)?))
        })
        .optional()?;
    Ok(match row {
        None => Redeemed::Unknown,
        Some((_, _, Some(_))) => Redeemed::Used,
        Some((_, expires_at, None)) if expires_at <= now => Redeemed::Expired,
        Some((user, _, None)) => {
            transaction.execute("UPDATE codes SET used_at = ? WHERE hash = ?", params![now, code])?;
            let user = user.parse().map_err(|_| DatabaseError::Damaged("a code's user".to_owned()))?;
            Redeemed::Enrolled(user)
        }
    })
}

/// Devices know each other's keys from the configuration.
fn configuration_changed(transaction: &Transaction<'_>) -> Outcome<()> {
    let sql = "UPDATE identity SET configuration_version = configuration_version + 1";
    transaction.execute(sql, [])?;
    Ok(())
}

impl People for Sqlite {
    fn add_code(&self, code: &NewCode) -> Outcome<()> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO codes (hash, user, made_at, expires_at) VALUES (?, ?, ?, ?)",
                params![code.hash, code.user.to_string(), code.made_at, code.expires_at],
            )?;
            Ok(())
        })
    }

    fn redeem(&self, code: &SecretHash, new: &NewEnrolment, now: i64) -> Outcome<Redeemed> {
        let redeemed = self.write(|transaction| {
            let redeemed = take_code(transaction, code, now)?;
            if let Redeemed::Enrolled(user) = redeemed {
                transaction.execute(
                    "INSERT INTO enrolments (id, user, token_hash, public_key, device, code, made_at)
                     VALUES (?, ?, ?, ?, ?, ?, ?)",
                    params![
                        new.id.bytes(),
                        user.bytes(),
                        new.token_hash,
                        new.public_key,
                        new.device,
                        code,
                        now
                    ],
                )?;
                configuration_changed(transaction)?;
            }
            Ok(redeemed)
        })?;
        if matches!(redeemed, Redeemed::Enrolled(_)) {
            tell(&self.teller, Notice::Look);
        }
        Ok(redeemed)
    }

    fn enrolment_of(&self, token: &SecretHash) -> Outcome<Option<Enrolment>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{ENROLMENT} WHERE token_hash = ?"))?;
            Ok(query.query_row([token], enrolment).optional()?)
        })
    }

    fn enrolment(&self, id: EnrolmentId) -> Outcome<Option<Enrolment>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{ENROLMENT} WHERE id = ?"))?;
            Ok(query.query_row([id.bytes()], enrolment).optional()?)
        })
    }

    fn enrolments(&self) -> Outcome<Vec<Enrolment>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{ENROLMENT} ORDER BY id"))?;
            Ok(query.query_map([], enrolment)?.collect::<Result<_, _>>()?)
        })
    }

    fn revoke(&self, id: EnrolmentId, now: i64) -> Outcome<bool> {
        let revoked = self.write(|transaction| {
            let sql = "UPDATE enrolments SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL";
            let revoked = transaction.execute(sql, params![now, id.bytes()])? == 1;
            if revoked {
                configuration_changed(transaction)?;
            }
            Ok(revoked)
        })?;
        tell(&self.teller, Notice::Look);
        Ok(revoked)
    }

    fn set_office_user(&self, name: &str, password: &str, now: i64) -> Outcome<()> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM sessions WHERE name = ?", [name])?;
            transaction.execute(
                "INSERT INTO office_users (name, password, made_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET password = ?2",
                params![name, password, now],
            )?;
            Ok(())
        })
    }

    fn office_password(&self, name: &str) -> Outcome<Option<String>> {
        self.read(|connection| {
            let sql = "SELECT password FROM office_users WHERE name = ?";
            Ok(connection.query_row(sql, [name], |row| row.get(0)).optional()?)
        })
    }

    fn open_session(&self, session: &Session, now: i64) -> Outcome<()> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM sessions WHERE expires_at <= ?", [now])?;
            transaction.execute(
                "INSERT INTO sessions (token_hash, name, csrf, expires_at) VALUES (?, ?, ?, ?)",
                params![session.token_hash, session.name, session.csrf, session.expires_at],
            )?;
            Ok(())
        })
    }

    fn session(&self, token: &SecretHash, now: i64) -> Outcome<Option<Session>> {
        self.read(|connection| {
            let sql = "SELECT name, csrf, expires_at FROM sessions WHERE token_hash = ? AND expires_at > ?";
            let row = connection.query_row(sql, params![token, now], |row| {
                Ok(Session {
                    token_hash: *token,
                    name: row.get(0)?,
                    csrf: row.get(1)?,
                    expires_at: row.get(2)?,
                })
            });
            Ok(row.optional()?)
        })
    }

    fn close_session(&self, token: &SecretHash) -> Outcome<()> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM sessions WHERE token_hash = ?", [token])?;
            Ok(())
        })
    }
}
