//! The schemas' versions: dated migrations, each carried out once and as a whole, by one process at a time.

use super::cell::cell;
use super::session::Session;
use crate::database::{DatabaseError, Outcome};

/// A step from one version of a schema to the next.
pub struct Migration {
    /// Its file's name.
    pub name: &'static str,
    /// What it does.
    pub sql: &'static str,
}

/// Names the file of a migration and reads it.
macro_rules! migration {
    ($schema:literal, $name:literal) => {
        Migration {
            name: $name,
            sql: include_str!(concat!("../../../migrations/postgres/", $schema, "/", $name, ".sql")),
        }
    };
}

/// The town's migrations.
pub const TOWN: &[Migration] =
    &[migration!("town", "2026-11-27-first"), migration!("town", "2026-11-29-photo-pieces")];
/// The key store's.
pub const KEYS: &[Migration] = &[migration!("keys", "2026-11-27-first")];

/// Brings a schema up to date, making it where there is none. One that a newer program wrote, or that is not ours, is
/// refused untouched.
pub fn migrate(session: &mut Session, schema: &str, migrations: &[Migration]) -> Outcome<()> {
    session.write(|session| {
        session.run("SELECT pg_advisory_xact_lock(hashtext('rasoat migrations'))", &[])?;
        let there = session.row("SELECT 1 FROM pg_namespace WHERE nspname = $1", &[&schema])?.is_some();
        if !there {
            session.batch(&format!(
                "CREATE SCHEMA {schema};
                 CREATE TABLE {schema}.migrations (name TEXT PRIMARY KEY, done_at TIMESTAMPTZ NOT NULL DEFAULT now())"
            ))?;
        }
        let done = done(session, schema)?;
        if done.iter().any(|name| migrations.iter().all(|it| it.name != name)) {
            return Err(DatabaseError::Newer);
        }
        for migration in migrations.iter().filter(|it| !done.iter().any(|name| name == it.name)) {
            session.batch(migration.sql)?;
            session.run("INSERT INTO migrations (name) VALUES ($1)", &[&migration.name])?;
        }
        Ok(())
    })
}

fn done(session: &mut Session, schema: &str) -> Outcome<Vec<String>> {
    let sql = "SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'migrations'";
    if session.row(sql, &[&schema])?.is_none() {
        return Err(DatabaseError::Damaged(format!("the schema {schema} is not ours")));
    }
    let rows = session.rows("SELECT name FROM migrations ORDER BY name", &[])?;
    rows.iter().map(|row| cell(row, 0)).collect()
}
