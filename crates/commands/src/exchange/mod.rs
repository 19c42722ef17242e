//! One sync with the server: push until nothing waits, pull until nothing is left, then send pictures. The last push asks for
//! the pull, so that a day's sync is one request.
//!
//! Requests are made without holding the session, so that people go on working; between two requests the database may
//! have changed, and every step starts from what it holds then.
//!
//! **Invariant:** stopping anywhere, for any reason, loses nothing: what was not acknowledged still waits.
//! **Invariant:** a batch is stored before it is sent for the first time; sending it again comes to the same.

mod photos;
mod pull;
mod push;
mod rebuild;

pub(crate) use push::{enclose_all, offer, signed_batch};

use std::collections::BTreeSet;

use domain::id::DocumentId;
use store::{Fact, LogLine};
use zeroize::Zeroizing;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::wire::sync::{Problem, SyncReport};

/// Requests of one sync. A device that is so far behind goes on with the next sync.
pub const ROUNDS_MAX: u32 = 2_000;
/// Seconds for which a household that left the device's villages stays, hidden: as long as everything that was sent is kept
/// for a server that comes back from an older copy.
const KEPT_FOR: i64 = 60 * 24 * 60 * 60;
/// The line of the log for a sync that came to its end.
const DONE: &str = "sync_done";

/// One sync.
pub(crate) struct Exchange<'a, H: Host> {
    app: &'a App<H>,
    server: String,
    token: Zeroizing<String>,
    report: SyncReport,
    /// Documents that were offered whole in this sync: a second time would not help.
    offered: BTreeSet<DocumentId>,
    /// The server lost something that is to be offered again.
    reoffer: bool,
    /// The server was asked whether it stands as the device does: once a sync, since it costs a look at every change.
    compared: bool,
    server_time: Option<i64>,
}

impl<'a, H: Host> Exchange<'a, H> {
    /// Syncs. What went wrong is in the report and in the log; the fault is only for an app that is not open.
    pub fn run(app: &'a App<H>) -> Result<SyncReport, Fault> {
        let _turn = app.turn()?;
        let (server, token) = app.with(|session| Ok((session.server.clone(), session.token()?)))?;
        let (report, offered) = (SyncReport::default(), BTreeSet::new());
        let mut exchange =
            Self { app, server, token, report, offered, reoffer: false, compared: false, server_time: None };
        let went = exchange.steps();
        exchange.finish(went)
    }

    fn steps(&mut self) -> Result<(), Fault> {
        self.meet()?;
        // The server lost something, or what came freed changes that had waited for it.
        let waits = self.app.with(|session| Ok(session.store.waiting()?.changes > 0))?;
        if std::mem::take(&mut self.reoffer) || (waits && self.report.problems.is_empty()) {
            self.meet()?;
        }
        self.photos()?;
        let Some(now) = self.server_time else { return Ok(()) };
        self.app.with(|session| Ok(session.store.evict(now - KEPT_FOR, now)?))
    }

    /// Pushes what waits and pulls what is new: in one request where there is little of both.
    fn meet(&mut self) -> Result<(), Fault> {
        if self.push()? { Ok(()) } else { self.pull() }
    }

    fn finish(mut self, went: Result<(), Fault>) -> Result<SyncReport, Fault> {
        if let Err(fault) = went {
            if matches!(fault.code, ErrorCode::Locked | ErrorCode::NotEnrolled) {
                return Err(fault);
            }
            self.problem(fault);
        }
        let at = self.app.host().now();
        // What was entered since the last push waits for the next sync; this one has done all it could.
        self.report.complete = self.report.problems.is_empty();
        let problems =
            self.report.problems.iter().map(|problem| (problem.code.clone(), problem.params.clone()));
        let mut lines: Vec<LogLine> = problems.map(|(code, params)| LogLine { at, code, params }).collect();
        lines.push(LogLine { at, code: DONE.to_owned(), params: self.counts() });
        self.app.has_synced();
        let success = self.server_time.filter(|_| self.report.complete);
        let wanted = self.app.wanted().map(|version| version.to_string());
        self.app.with(|session| {
            lines.iter().try_for_each(|line| session.store.log(line))?;
            if let Some(version) = &wanted {
                session.store.remember(&[(Fact::AppWanted, version.as_bytes())])?;
            }
            match success {
                Some(time) => Ok(session.store.remember(&[(Fact::LastSuccess, &time.to_be_bytes())])?),
                None => Ok(()),
            }
        })?;
        Ok(self.report)
    }

    fn counts(&self) -> std::collections::BTreeMap<String, String> {
        let report = &self.report;
        let counts = [
            ("pushed", report.pushed),
            ("stored", report.stored),
            ("already", report.already),
            ("proposals", report.proposals),
            ("refused", report.refused),
            ("pulled", report.pulled),
            ("photos", report.photos),
        ];
        counts.into_iter().map(|(name, count)| (name.to_owned(), count.to_string())).collect()
    }

    /// Notes what went wrong.
    fn problem(&mut self, fault: Fault) {
        let problem = Problem { code: fault.code.text().to_owned(), params: fault.params };
        if !self.report.problems.contains(&problem) {
            self.report.problems.push(problem);
        }
    }

    /// Counts a request.
    fn round(&mut self) -> Result<(), Fault> {
        self.report.rounds += 1;
        if self.report.rounds > ROUNDS_MAX { Err(ErrorCode::NoProgress.into()) } else { Ok(()) }
    }
}
