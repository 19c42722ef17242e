//! The app between two calls: a host, and the open session if the PIN was given.
//!
//! **Invariant:** the session is held for reading and writing the database, never while a request is on its way.
//! **Invariant:** one enrolment or sync at a time.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use sync::version::AppVersion;

use crate::enrolment::Enrolment;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::live::Live;
use crate::router;
use crate::session::Session;

/// The app on one machine, for one enrolment.
pub struct App<H: Host> {
    host: H,
    session: Mutex<Option<Session>>,
    talking: AtomicBool,
    wanted: Mutex<Option<AppVersion>>,
    syncs: AtomicU32,
    pub(crate) live: Live,
}

/// The turn to talk with the server.
pub(crate) struct Turn<'a>(&'a AtomicBool);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl<H: Host> App<H> {
    /// The app on this host, locked.
    pub fn new(host: H) -> Self {
        Self {
            host,
            session: Mutex::new(None),
            talking: AtomicBool::new(false),
            wanted: Mutex::new(None),
            syncs: AtomicU32::new(0),
            live: Live::default(),
        }
    }

    /// The machine it runs on.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// Does what the method says. Safe to call from several threads at once.
    pub fn rpc(&self, method: &str, params: Value) -> Result<Value, Fault> {
        router::call(self, method, params)
    }

    /// The session, open or not. A panic while it was held has rolled back its transaction.
    pub(crate) fn held(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works with the open session.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Session) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut held = self.held();
        let Some(session) = held.as_mut() else {
            let enrolled = Enrolment::read(&self.host)?.is_some();
            return Err(if enrolled { ErrorCode::Locked } else { ErrorCode::NotEnrolled }.into());
        };
        let done = work(session);
        if std::mem::take(&mut session.saved) {
            self.live.ring();
        }
        done
    }

    /// The turn to talk with the server; given back when it is dropped.
    pub(crate) fn turn(&self) -> Result<Turn<'_>, Fault> {
        let taken = self.talking.swap(true, Ordering::Acquire);
        if taken { Err(ErrorCode::SyncRunning.into()) } else { Ok(Turn(&self.talking)) }
    }

    /// Notes the version of the app that the town wants, as an answer of the server said it.
    pub(crate) fn hears(&self, wanted: Option<AppVersion>) {
        if wanted.is_some() {
            *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = wanted;
        }
    }

    /// The version that the town wants, if the server has said it since this app was started.
    pub(crate) fn wanted(&self) -> Option<AppVersion> {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a sync that has ended.
    pub(crate) fn has_synced(&self) {
        self.syncs.fetch_add(1, Ordering::Release);
    }

    /// How many syncs have ended since the app was started.
    pub(crate) fn syncs(&self) -> u32 {
        self.syncs.load(Ordering::Acquire)
    }

    /// True while someone has the turn.
    pub(crate) fn is_talking(&self) -> bool {
        self.talking.load(Ordering::Acquire)
    }
}
