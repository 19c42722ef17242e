//! One connection: statements are prepared once, transactions are carried through or undone as a whole.
//!
//! **Invariant:** a statement that failed undoes its transaction, also where its error was passed over: the engine
//! answers the COMMIT of such a transaction like any other.
//! **Invariant:** what listeners are told of a transaction is told after its commit, never before.

use std::collections::HashMap;

use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Row, Statement};

use super::live::{CHANNEL, spelt};
use crate::database::live::Notice;
use crate::database::{DatabaseError, Outcome};

/// What every connection asks for: a commit is on disk before it is told; nobody waits for ever, and a process that
/// hangs inside a transaction does not hold others up.
const MANNERS: &str = "SET synchronous_commit = on; SET lock_timeout = '20s'; SET statement_timeout = '60s';
    SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = warning;";
/// How often a transaction is tried that other writers are in the way of.
const ATTEMPTS: usize = 8;

/// Begins a transaction that writes.
const WRITING: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// Begins a transaction that reads one moment.
const READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The parameters of a statement.
pub type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// How the open transaction stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    /// Another writer was in the way: the same again may succeed.
    InTheWay,
    Failed,
}

/// A connection.
pub struct Session {
    client: Client,
    statements: HashMap<&'static str, Statement>,
    trouble: Trouble,
    open: bool,
    /// What the open transaction has to tell.
    notices: Vec<String>,
}

impl Session {
    fn connect(config: &Config, schemas: &str) -> Result<Self, postgres::Error> {
        let mut client = config.connect(NoTls)?;
        client.batch_execute(MANNERS)?;
        client.batch_execute(&format!("SET search_path = {schemas}"))?;
        Ok(Self {
            client,
            statements: HashMap::new(),
            trouble: Trouble::None,
            open: false,
            notices: Vec::new(),
        })
    }

    fn note<T>(&mut self, result: Result<T, postgres::Error>) -> Outcome<T> {
        result.map_err(|error| {
            self.trouble = if in_the_way(&error) { Trouble::InTheWay } else { Trouble::Failed };
            error.into()
        })
    }

    fn prepared(&mut self, sql: &'static str) -> Outcome<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql);
        let statement = self.note(statement)?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    /// The rows of a query.
    pub fn rows(&mut self, sql: &'static str, params: Params<'_>) -> Outcome<Vec<Row>> {
        let statement = self.prepared(sql)?;
        let rows = self.client.query(&statement, params);
        self.note(rows)
    }

    /// The row of a query that has one at most.
    pub fn row(&mut self, sql: &'static str, params: Params<'_>) -> Outcome<Option<Row>> {
        Ok(self.rows(sql, params)?.into_iter().next())
    }

    /// Runs a statement; gives how many rows it changed.
    pub fn run(&mut self, sql: &'static str, params: Params<'_>) -> Outcome<u64> {
        let statement = self.prepared(sql)?;
        let changed = self.client.execute(&statement, params);
        self.note(changed)
    }

    /// Runs statements without parameters.
    pub fn batch(&mut self, sql: &str) -> Outcome<()> {
        let done = self.client.batch_execute(sql);
        self.note(done)
    }

    /// Has every process told of something once the transaction is committed; see [`super::live`].
    pub fn tell(&mut self, notice: Notice) {
        self.notices.push(spelt(notice));
    }

    /// Tells in a transaction of its own: one that notifies holds a lock over its commit that all of them share, and would
    /// let the others wait for the disk. A process that dies in between has told nothing; its listeners look now and then.
    fn tell_all(&mut self) {
        let notices = std::mem::take(&mut self.notices);
        if notices.is_empty() {
            return;
        }
        let told = self.client.transaction().and_then(|mut telling| {
            telling.batch_execute("SET LOCAL synchronous_commit = off")?;
            telling.execute(
                "SELECT pg_notify($1, notice) FROM unnest($2::text[]) AS notice",
                &[&CHANNEL, &notices],
            )?;
            telling.commit()
        });
        if let Err(error) = told {
            tracing::warn!(reason = error.to_string(), "nobody was told of a commit");
        }
    }

    /// Gives up what was done so far for the sake of another writer: the transaction is tried again.
    pub fn yields<T>(&mut self, why: &str) -> Outcome<T> {
        self.trouble = Trouble::InTheWay;
        Err(DatabaseError::Failed(why.to_owned()))
    }

    /// Runs `work` in a transaction that reads one moment.
    pub fn moment<T>(&mut self, work: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        self.transaction(READING, work)
    }

    /// Runs `work` in a transaction: all of it is kept, or nothing. It is run again where another writer was in the way.
    pub fn write<T>(&mut self, mut work: impl FnMut(&mut Self) -> Outcome<T>) -> Outcome<T> {
        for attempt in 1..ATTEMPTS {
            match self.transaction(WRITING, &mut work) {
                Err(why) if self.trouble == Trouble::InTheWay => tracing::info!(%why, attempt, "once more"),
                done => return done,
            }
        }
        self.transaction(WRITING, work)
    }

    fn transaction<T>(
        &mut self,
        begin: &'static str,
        work: impl FnOnce(&mut Self) -> Outcome<T>,
    ) -> Outcome<T> {
        self.open = true;
        self.batch(begin)?;
        self.trouble = Trouble::None;
        self.notices.clear();
        let done = work(self);
        if done.is_ok() && self.trouble == Trouble::None {
            self.batch("COMMIT")?;
            self.open = false;
            self.tell_all();
            return done;
        }
        if self.client.batch_execute("ROLLBACK").is_ok() {
            self.open = false;
        }
        done.and_then(|_| Err(DatabaseError::Failed("a statement that failed was passed over".to_owned())))
    }
}

/// Whether the same again may succeed: a writer that was faster, or a deadlock that the engine has resolved.
fn in_the_way(error: &postgres::Error) -> bool {
    let again =
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::UNIQUE_VIOLATION];
    error.code().is_some_and(|code| again.contains(code))
}

/// What the engine says of an error beside its message may hold a row, and with it what people entered: only codes and
/// names of tables and rules are passed on.
impl From<postgres::Error> for DatabaseError {
    fn from(error: postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else { return Self::Failed(error.to_string()) };
        let place = [db.table(), db.constraint()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let why = format!("{} {} {place}", db.code().code(), db.message()).trim_end().to_owned();
        match db.code() {
            &SqlState::DISK_FULL => Self::Full,
            &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => Self::Damaged(why),
            _ => Self::Failed(why),
        }
    }
}

/// Opens connections for a pool. One that was left inside a transaction is not given out again.
pub struct Opening {
    /// Where to.
    pub config: Config,
    /// The schemas that names are looked up in.
    pub schemas: &'static str,
}

impl r2d2::ManageConnection for Opening {
    type Connection = Session;
    type Error = postgres::Error;

    fn connect(&self) -> Result<Session, postgres::Error> {
        Session::connect(&self.config, self.schemas)
    }

    fn is_valid(&self, session: &mut Session) -> Result<(), postgres::Error> {
        session.client.batch_execute("")
    }

    fn has_broken(&self, session: &mut Session) -> bool {
        session.open || session.client.is_closed()
    }
}
