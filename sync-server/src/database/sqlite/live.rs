//! Notices of this process's commits, and a watch for those of others: the command line beside a server.

use std::sync::{Arc, Mutex, Weak};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::broadcast::Receiver;

use super::{Sqlite, lock};
use crate::database::live::{Live, Notice, Teller, tell};

/// How often the file is looked at for what other processes committed.
const OTHERS_EVERY: Duration = Duration::from_secs(1);

impl Live for Sqlite {
    fn listen(&self) -> Receiver<Notice> {
        self.watched.call_once(|| {
            // before anybody looks: what is committed from now on is seen
            let known = others(&lock(&self.writer));
            let (writer, teller) = (Arc::downgrade(&self.writer), self.teller.clone());
            thread::spawn(move || watch(known, &writer, &teller));
        });
        self.teller.subscribe()
    }
}

/// Watches until the database is closed. The writer's own commits do not count.
fn watch(mut known: Option<i64>, writer: &Weak<Mutex<Connection>>, teller: &Teller) {
    loop {
        thread::sleep(OTHERS_EVERY);
        let Some(writer) = writer.upgrade() else { return };
        let version = others(&lock(&writer));
        if version != known {
            tell(teller, Notice::Look);
        }
        known = version;
    }
}

/// A number that changes when another connection has committed.
fn others(writer: &Connection) -> Option<i64> {
    writer.pragma_query_value(None, "data_version", |row| row.get(0)).ok()
}
