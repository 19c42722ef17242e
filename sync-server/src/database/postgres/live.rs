//! Notices of every process's commits: who committed notifies ([`Session::tell`](super::session::Session::tell)), and one
//! connection of each process listens.
//!
//! **Invariant:** after every connecting everybody is told to look: nothing was heard before it.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Config, NoTls};
use sync::live::News;
use tokio::sync::broadcast::Receiver;

use super::Postgres;
use crate::database::live::{Live, Notice, Teller, tell};

/// How long one listens before the connection is tried: a dead one may be silent.
const TRIED_EVERY: Duration = Duration::from_secs(10);
/// How long the connection has to answer then.
const ANSWERS_IN: Duration = Duration::from_secs(5);
/// Between two tries to connect, at first and at most.
const RETRY_FIRST: Duration = Duration::from_millis(250);
const RETRY_MAX: Duration = Duration::from_secs(15);

/// The channel of the notices.
pub const CHANNEL: &str = "rasoat";
/// A notice that says to look.
const LOOK: &str = "look";

/// A notice as it is sent: an event of the protocol with its data, or none.
pub fn spelt(notice: Notice) -> String {
    match notice {
        Notice::News(news) => format!("{} {}", news.event(), news.data()),
        Notice::Look => LOOK.to_owned(),
    }
}

impl Live for Postgres {
    fn listen(&self) -> Receiver<Notice> {
        self.listened.call_once(|| {
            let (config, teller) = (self.config.clone(), Arc::downgrade(&self.teller));
            thread::spawn(move || listen(&config, &teller));
        });
        self.teller.subscribe()
    }
}

/// Listens until the database is closed, on one connection after the other.
fn listen(config: &Config, teller: &Weak<Teller>) {
    let mut pause = RETRY_FIRST;
    while teller.strong_count() > 0 {
        match connected(config) {
            Ok(client) => {
                pause = RETRY_FIRST;
                let ended = hear(client, teller);
                tracing::warn!(reason = ended.err().map(|it| it.to_string()), "listening was cut off");
            }
            Err(error) => tracing::warn!(reason = error.to_string(), "cannot listen"),
        }
        thread::sleep(pause);
        pause = (pause * 2).min(RETRY_MAX);
    }
}

fn connected(config: &Config) -> Result<Client, postgres::Error> {
    let mut client = config.connect(NoTls)?;
    client.batch_execute(&format!("LISTEN {CHANNEL}"))?;
    Ok(client)
}

/// Hears until the connection ends or nobody is left to tell.
fn hear(mut client: Client, teller: &Weak<Teller>) -> Result<(), postgres::Error> {
    let mut notice = Some(Notice::Look);
    while let Some(teller) = teller.upgrade() {
        match notice {
            Some(notice) => tell(&teller, notice),
            None => client.is_valid(ANSWERS_IN)?,
        }
        drop(teller);
        let heard = client.notifications().timeout_iter(TRIED_EVERY).next()?;
        notice = heard.map(|heard| read(heard.payload()));
    }
    Ok(())
}

/// A notice that is not understood is one to look for.
fn read(payload: &str) -> Notice {
    let news = payload.split_once(' ').and_then(|(event, data)| News::of(event, data));
    news.map_or(Notice::Look, Notice::News)
}
