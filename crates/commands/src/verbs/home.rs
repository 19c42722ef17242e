//! The home screen.

use store::Fact;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::Session;
use crate::wire::home::{HomeQuery, HomeSummary, StateCounts, SyncState};

/// How far the survey is, and how far behind the server.
pub(crate) fn summary<H: Host>(app: &App<H>, query: HomeQuery) -> Result<HomeSummary, Fault> {
    let running = app.is_talking();
    app.with(|session| {
        let review = session.review(query.review)?.map(|review| review.id);
        let counts = session.store.counts(review)?;
        Ok(HomeSummary {
            review,
            counts: StateCounts {
                not_started: counts.not_started,
                in_progress: counts.in_progress,
                returned: counts.returned,
                done: counts.done,
                waiting: counts.waiting,
            },
            sync: sync_state(session, running)?,
            conflicts: counts.conflicts,
        })
    })
}

fn sync_state(session: &Session, running: bool) -> Result<SyncState, Fault> {
    let waiting = session.store.waiting()?;
    let last_success = session.store.fact(Fact::LastSuccess)?;
    let last_success = last_success.map(|bytes| bytes.try_into().map(i64::from_be_bytes)).transpose();
    Ok(SyncState {
        last_success: last_success.map_err(|_| Fault::new(ErrorCode::StorageFailed))?,
        waiting: waiting.changes,
        oldest_unsent: waiting.oldest,
        set_aside: session.store.set_aside_count(None)?,
        running,
    })
}
