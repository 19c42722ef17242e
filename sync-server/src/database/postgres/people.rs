//! `codes`, `enrolments`, `office_users` and `sessions`.

use domain::id::{EnrolmentId, UserId};
use postgres::Row;

use super::cell::{bytes, cell};
use super::session::Session;
use super::{Postgres, session_of};
use crate::database::live::Notice;
use crate::database::people::{Enrolment, NewCode, NewEnrolment, People, Redeemed, Session as Login};
use crate::database::{DatabaseError, Outcome};
use crate::secret::SecretHash;

/// An enrolment from a row of its id, user, key and when it was revoked.
pub fn enrolment(row: &Row) -> Outcome<Enrolment> {
    Ok(Enrolment {
        id: EnrolmentId::new(bytes(row, 0)?),
        user: UserId::new(bytes(row, 1)?),
        public_key: bytes(row, 2)?,
        revoked_at: cell(row, 3)?,
    })
}

/// Takes a code. Who comes second waits for the first one's transaction and finds it used.
fn take_code(session: &mut Session, code: &SecretHash, now: i64) -> Outcome<Redeemed> {
    let sql = "SELECT user_id, expires_at, used_at FROM codes WHERE hash = $1 FOR UPDATE";
    let Some(row) = session.row(sql, &[&code.as_slice()])? else { return Ok(Redeemed::Unknown) };
    if cell::<Option<i64>>(&row, 2)?.is_some() {
        return Ok(Redeemed::Used);
    }
    if cell::<i64>(&row, 1)? <= now {
        return Ok(Redeemed::Expired);
    }
    session.run("UPDATE codes SET used_at = $1 WHERE hash = $2", &[&now, &code.as_slice()])?;
    let user = cell::<&str>(&row, 0)?.parse();
    user.map(Redeemed::Enrolled).map_err(|_| DatabaseError::Damaged("a code's user".to_owned()))
}

/// Raises the version of the configuration, and has listeners look: devices know each other's keys from it, and who is on which
/// list.
pub fn configuration_changed(session: &mut Session) -> Outcome<()> {
    session.run("UPDATE identity SET configuration_version = configuration_version + 1", &[])?;
    session.tell(Notice::Look);
    Ok(())
}

impl People for Postgres {
    fn add_code(&self, code: &NewCode) -> Outcome<()> {
        session_of(&self.town)?.run(
            "INSERT INTO codes (hash, user_id, made_at, expires_at) VALUES ($1, $2, $3, $4)",
            &[&code.hash.as_slice(), &code.user.to_string(), &code.made_at, &code.expires_at],
        )?;
        Ok(())
    }

    fn redeem(&self, code: &SecretHash, new: &NewEnrolment, now: i64) -> Outcome<Redeemed> {
        self.write(|session| {
            let redeemed = take_code(session, code, now)?;
            if let Redeemed::Enrolled(user) = redeemed {
                session.run(
                    "INSERT INTO enrolments (id, user_id, token_hash, public_key, device, code, made_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    &[
                        &new.id.bytes().as_slice(),
                        &user.bytes().as_slice(),
                        &new.token_hash.as_slice(),
                        &new.public_key.as_slice(),
                        &new.device,
                        &code.as_slice(),
                        &now,
                    ],
                )?;
                configuration_changed(session)?;
            }
            Ok(redeemed)
        })
    }

    fn enrolment_of(&self, token: &SecretHash) -> Outcome<Option<Enrolment>> {
        let sql = "SELECT id, user_id, public_key, revoked_at FROM enrolments WHERE token_hash = $1";
        let row = session_of(&self.town)?.row(sql, &[&token.as_slice()])?;
        row.as_ref().map(enrolment).transpose()
    }

    fn enrolment(&self, id: EnrolmentId) -> Outcome<Option<Enrolment>> {
        let sql = "SELECT id, user_id, public_key, revoked_at FROM enrolments WHERE id = $1";
        let row = session_of(&self.town)?.row(sql, &[&id.bytes().as_slice()])?;
        row.as_ref().map(enrolment).transpose()
    }

    fn enrolments(&self) -> Outcome<Vec<Enrolment>> {
        let sql = "SELECT id, user_id, public_key, revoked_at FROM enrolments ORDER BY id";
        session_of(&self.town)?.rows(sql, &[])?.iter().map(enrolment).collect()
    }

    fn revoke(&self, id: EnrolmentId, now: i64) -> Outcome<bool> {
        self.write(|session| {
            let sql = "UPDATE enrolments SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
            let revoked = session.run(sql, &[&now, &id.bytes().as_slice()])? == 1;
            if revoked {
                configuration_changed(session)?;
            }
            Ok(revoked)
        })
    }

    fn set_office_user(&self, name: &str, password: &str, now: i64) -> Outcome<()> {
        self.write(|session| {
            session.run("DELETE FROM sessions WHERE name = $1", &[&name])?;
            session.run(
                "INSERT INTO office_users (name, password, made_at) VALUES ($1, $2, $3)
                 ON CONFLICT (name) DO UPDATE SET password = $2",
                &[&name, &password, &now],
            )?;
            Ok(())
        })
    }

    fn office_password(&self, name: &str) -> Outcome<Option<String>> {
        // text here cannot hold this letter, so nobody has such a name
        if name.contains('\0') {
            return Ok(None);
        }
        let row =
            session_of(&self.town)?.row("SELECT password FROM office_users WHERE name = $1", &[&name])?;
        row.map(|row| cell(&row, 0)).transpose()
    }

    fn open_session(&self, login: &Login, now: i64) -> Outcome<()> {
        self.write(|session| {
            session.run("DELETE FROM sessions WHERE expires_at <= $1", &[&now])?;
            session.run(
                "INSERT INTO sessions (token_hash, name, csrf, expires_at) VALUES ($1, $2, $3, $4)",
                &[&login.token_hash.as_slice(), &login.name, &login.csrf, &login.expires_at],
            )?;
            Ok(())
        })
    }

    fn session(&self, token: &SecretHash, now: i64) -> Outcome<Option<Login>> {
        let sql = "SELECT name, csrf, expires_at FROM sessions WHERE token_hash = $1 AND expires_at > $2";
        let row = session_of(&self.town)?.row(sql, &[&token.as_slice(), &now])?;
        let login = |row: Row| {
            Ok(Login {
                token_hash: *token,
                name: cell(&row, 0)?,
                csrf: cell(&row, 1)?,
                expires_at: cell(&row, 2)?,
            })
        };
        row.map(login).transpose()
    }

    fn close_session(&self, token: &SecretHash) -> Outcome<()> {
        session_of(&self.town)?.run("DELETE FROM sessions WHERE token_hash = $1", &[&token.as_slice()])?;
        Ok(())
    }
}
