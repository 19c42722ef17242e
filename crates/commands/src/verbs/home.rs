//! The home screen.

use chrono::NaiveDate;
use domain::date::parse_day;
use store::Fact;
use sync::version::AppVersion;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::server::APP_VERSION;
use crate::session::Session;
use crate::wire::home::{HomeQuery, HomeSummary, StateCounts, SyncState};

/// Seconds of a day.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// How far the survey is, and how far behind the server.
pub(crate) fn summary<H: Host>(app: &App<H>, query: HomeQuery) -> Result<HomeSummary, Fault> {
    let (running, syncs, live) = (app.is_talking(), app.syncs(), app.is_listening());
    app.with(|session| {
        let review = session.review(query.review)?;
        let deadline = review.and_then(|review| review.deadline.clone());
        let review = review.map(|review| review.id);
        let counts = session.store.counts(review)?;
        let sync = SyncState { running, syncs, live, ..sync_state(session)? };
        Ok(HomeSummary {
            review,
            counts: StateCounts {
                not_started: counts.not_started,
                in_progress: counts.in_progress,
                returned: counts.returned,
                done: counts.done,
                waiting: counts.waiting,
            },
            conflicts: counts.conflicts,
            days_left: deadline.as_deref().and_then(|deadline| days_until(deadline, app.host().today())),
            deadline,
            unsent_days: sync.oldest_unsent.map(|since| whole_days(since, app.host().now())),
            photos_waiting: session.store.photos_waiting()?,
            newer_app: newer_app(session)?,
            sync,
        })
    })
}

/// What the town wants, if it is newer than this program.
fn newer_app(session: &Session) -> Result<Option<String>, Fault> {
    let wanted = session.store.fact(Fact::AppWanted)?.and_then(|text| String::from_utf8(text).ok());
    let version = |text: &str| text.parse::<AppVersion>().ok();
    Ok(wanted.filter(|wanted| version(wanted) > version(APP_VERSION)))
}

/// Days from today to a day of the calendar; below zero once it has passed.
fn days_until(deadline: &str, today: NaiveDate) -> Option<i64> {
    let last = parse_day(deadline).ok()?;
    Some(last.signed_duration_since(today).num_days())
}

/// A clock that was set back makes nothing wait for less than no time.
fn whole_days(since: i64, now: i64) -> i64 {
    now.saturating_sub(since).max(0) / DAY_SECONDS
}

fn sync_state(session: &Session) -> Result<SyncState, Fault> {
    let waiting = session.store.waiting()?;
    let last_success = session.store.fact(Fact::LastSuccess)?;
    let last_success = last_success.map(|bytes| bytes.try_into().map(i64::from_be_bytes)).transpose();
    Ok(SyncState {
        last_success: last_success.map_err(|_| Fault::new(ErrorCode::StorageFailed))?,
        waiting: waiting.changes,
        oldest_unsent: waiting.oldest,
        set_aside: session.store.set_aside_count(None)?,
        ..SyncState::default()
    })
}
