//! Sync and its log.

use crate::app::App;
use crate::exchange::Exchange;
use crate::fault::Fault;
use crate::host::Host;
use crate::wire::Nothing;
use crate::wire::sync::{SyncLine, SyncLog, SyncReport};

/// Sends what waits and fetches what is new. Everything that went wrong is in the report.
pub(crate) fn run<H: Host>(app: &App<H>, _: Nothing) -> Result<SyncReport, Fault> {
    Exchange::run(app)
}

/// What sync did, newest first.
pub(crate) fn log<H: Host>(app: &App<H>, _: Nothing) -> Result<SyncLog, Fault> {
    app.with(|session| {
        let lines = session.store.sync_log()?.into_iter();
        let line = |line: store::LogLine| SyncLine { at: line.at, code: line.code, params: line.params };
        Ok(SyncLog { lines: lines.map(line).collect() })
    })
}
