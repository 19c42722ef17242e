//! Listening to the server while the app is open, and knowing when a sync is due before its time: the server has something
//! that is not here yet, or something was saved here while the server is known to be there.
//!
//! **Invariant:** nothing depends on it: an app that hears nothing syncs now and then as ever.
//! **Invariant:** what is told here is never stored; a sync alone brings records.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::id::UnitId;
use sync::live::{Hearing, News};

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::server::{Path, hear};
use crate::session::Session;

/// What was told, and who waits for it.
#[derive(Default)]
pub(crate) struct Live {
    listening: AtomicBool,
    told: Mutex<Told>,
    rung: Mutex<bool>,
    bell: Condvar,
}

/// How the server stands, as it was last told.
#[derive(Default)]
struct Told {
    heads: BTreeMap<UnitId, u64>,
    version: Option<u64>,
}

/// Listening has an end, however it comes.
struct Listening<'a>(&'a Live);

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        self.0.listening.store(false, Ordering::Release);
        *held(&self.0.told) = Told::default();
    }
}

/// What is behind these locks is whole after every statement, so it is sound after a panic too.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Live {
    /// True while the server can be heard.
    pub fn is_listening(&self) -> bool {
        self.listening.load(Ordering::Acquire)
    }

    /// Something was saved or told. Without the server there is nothing to be done about it.
    pub fn ring(&self) {
        if self.is_listening() {
            *held(&self.rung) = true;
            self.bell.notify_all();
        }
    }

    /// Waits for as long as `pause` for the bell; says whether it rang.
    fn waits(&self, pause: Duration) -> bool {
        let waited = self.bell.wait_timeout_while(held(&self.rung), pause, |rung| !*rung);
        let (mut rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *rung)
    }

    fn begins(&self) -> Listening<'_> {
        self.listening.store(true, Ordering::Release);
        Listening(self)
    }

    fn note(&self, news: News) {
        let mut told = held(&self.told);
        match news {
            News::Head(scope, head) => drop(told.heads.insert(scope, head)),
            News::Configuration(version) => told.version = Some(version),
        }
    }
}

impl Told {
    /// True if the server has something that is not here: another configuration, older as well.
    fn is_ahead_of(&self, session: &Session) -> Result<bool, Fault> {
        let cursors: BTreeMap<UnitId, u64> = session.store.cursors()?.into_iter().collect();
        let ahead =
            self.heads.iter().any(|(scope, head)| cursors.get(scope).copied().unwrap_or_default() < *head);
        let own = session.configuration()?.version;
        Ok(ahead || self.version.is_some_and(|version| version != own))
    }
}

impl<H: Host> App<H> {
    /// Listens to the server until it says no more, or the app is closed. The fault is for a server that could not be heard at
    /// all.
    pub fn listen(&self) -> Result<(), Fault> {
        let (server, token) = self.with(|session| Ok((session.server.clone(), session.token()?)))?;
        let mut hearing = Hearing::default();
        let mut listening = None;
        let ended = hear(self.host(), &server, Path::Live, &token, &mut |piece| {
            let Ok(told) = hearing.take(piece) else { return false };
            for news in told {
                listening.get_or_insert_with(|| self.live.begins());
                self.live.note(news);
                self.live.ring();
            }
            self.held().is_some()
        });
        match listening {
            Some(_) => Ok(()),
            // whatever it was that answered, it was not the server
            None => ended.and(Err(ErrorCode::DamagedAnswer.into())),
        }
    }

    /// True while the server can be heard.
    pub fn is_listening(&self) -> bool {
        self.live.is_listening()
    }

    /// Waits for as long as `pause` for something that may make a sync due; says whether it came.
    pub fn waits(&self, pause: Duration) -> bool {
        self.live.waits(pause)
    }

    /// Has whoever waits look again whether a sync is due.
    pub fn ring(&self) {
        self.live.ring();
    }

    /// True if the server is there and has something that is not here, or something waits here that it does not have.
    pub fn is_due(&self) -> bool {
        let due = |session: &mut Session| {
            Ok(session.store.waiting()?.changes > 0 || held(&self.live.told).is_ahead_of(session)?)
        };
        self.live.is_listening() && self.with(due).unwrap_or(false)
    }
}
