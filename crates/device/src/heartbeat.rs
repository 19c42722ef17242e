//! Sync without being asked: while the app is unlocked, every now and then, slower while there is no network; and soon after
//! something was saved here or told by the server, while the server can be heard.
//!
//! **Invariant:** nothing waits for it and it asks nobody anything.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use commands::{App, Host};
use serde_json::json;

use crate::answer::Rpc;

/// Pause after a sync that came to its end.
pub const SYNC_EVERY: Duration = Duration::from_secs(30);
/// Longest pause after syncs that did not.
pub const SYNC_AT_LEAST_EVERY: Duration = Duration::from_secs(300);
/// How long what was saved or told settles before it is synced: what comes in between goes along. Not all devices of a village
/// ask at once: each waits up to twice as long. While syncs fail, it grows as the pause does.
pub const SETTLES_IN: Duration = Duration::from_millis(400);

/// What syncs, and says when it is due before its time.
pub trait Syncs: Rpc {
    /// Waits for as long as `pause` for something that may make a sync due; says whether it came.
    fn waits(&self, pause: Duration) -> bool;
    /// True if a sync is due.
    fn is_due(&self) -> bool;
    /// Has whoever waits look again.
    fn ring(&self);
    /// An unpredictable byte.
    fn dice(&self) -> u8;
}

impl<H: Host> Syncs for App<H> {
    fn waits(&self, pause: Duration) -> bool {
        App::waits(self, pause)
    }

    fn is_due(&self) -> bool {
        App::is_due(self)
    }

    fn ring(&self) {
        App::ring(self);
    }

    fn dice(&self) -> u8 {
        let mut byte = [0];
        self.host().random(&mut byte);
        byte[0]
    }
}

/// Syncs in a thread of its own for as long as the process lives. What came of it is in the sync log.
pub fn start<S: Syncs>(app: Arc<S>) {
    thread::spawn(move || {
        let mut pause = SYNC_EVERY;
        loop {
            wait(&*app, pause);
            pause = next_pause(&*app, pause);
        }
    });
}

/// Waits until the pause is over or a sync is due.
#[allow(clippy::disallowed_methods, reason = "the device is where time passes")]
fn wait(app: &impl Syncs, pause: Duration) {
    let until = Instant::now() + pause;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if !app.waits(left) {
            return;
        }
        thread::sleep(settles_in(pause, app.dice()));
        if app.is_due() {
            return;
        }
    }
}

fn settles_in(pause: Duration, dice: u8) -> Duration {
    let failures = pause.as_secs() / SYNC_EVERY.as_secs();
    let least = SETTLES_IN * u32::try_from(failures).unwrap_or(1);
    least + least * u32::from(dice) / u32::from(u8::MAX)
}

/// Syncs if the app is open; says how long to wait until the next time.
fn next_pause(app: &impl Syncs, pause: Duration) -> Duration {
    let open = app.call("app.status", json!({})).is_ok_and(|status| status["phase"] == "open");
    if !open {
        return SYNC_EVERY;
    }
    match app.call("sync.run", json!({})) {
        Ok(report) if report["complete"] == true => SYNC_EVERY,
        // another one is under way, which may have begun too early for what is due
        Err(fault) if fault.code == commands::ErrorCode::SyncRunning => {
            app.ring();
            pause
        }
        _ => (pause * 2).min(SYNC_AT_LEAST_EVERY),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::Mutex;

    use commands::{ErrorCode, Fault};
    use serde_json::Value;

    use super::*;

    /// An app in a phase, and what its syncs come to.
    struct Fake {
        phase: &'static str,
        sync: fn() -> Result<Value, Fault>,
        syncs: Mutex<u32>,
        /// Whether the bell rings, and whether a sync is due then, time after time.
        rings: Mutex<VecDeque<bool>>,
        due: Mutex<VecDeque<bool>>,
        rung: Mutex<u32>,
    }

    impl Fake {
        fn new(phase: &'static str, sync: fn() -> Result<Value, Fault>) -> Self {
            let (syncs, rings, due, rung) = Default::default();
            Self { phase, sync, syncs, rings, due, rung }
        }
    }

    impl Rpc for Fake {
        fn call(&self, method: &str, _: Value) -> Result<Value, Fault> {
            if method == "app.status" {
                return Ok(json!({ "phase": self.phase }));
            }
            *self.syncs.lock().unwrap() += 1;
            (self.sync)()
        }
    }

    impl Syncs for Fake {
        fn waits(&self, _: Duration) -> bool {
            self.rings.lock().unwrap().pop_front().unwrap_or(false)
        }

        fn is_due(&self) -> bool {
            self.due.lock().unwrap().pop_front().unwrap()
        }

        fn ring(&self) {
            *self.rung.lock().unwrap() += 1;
        }

        fn dice(&self) -> u8 {
            0
        }
    }

    fn complete() -> Result<Value, Fault> {
        Ok(json!({ "complete": true }))
    }

    fn cut() -> Result<Value, Fault> {
        Ok(json!({ "complete": false }))
    }

    #[test]
    fn a_locked_app_is_left_alone() {
        let app = Fake::new("locked", complete);
        assert_eq!(next_pause(&app, SYNC_AT_LEAST_EVERY), SYNC_EVERY);
        assert_eq!(*app.syncs.lock().unwrap(), 0);
    }

    #[test]
    fn without_a_network_the_pauses_grow_to_a_limit_and_shrink_at_once_with_one() {
        let app = Fake::new("open", cut);
        let mut pause = SYNC_EVERY;
        for _ in 0..8 {
            let longer = next_pause(&app, pause);
            assert!(longer > pause || longer == SYNC_AT_LEAST_EVERY);
            pause = longer;
        }
        assert_eq!((pause, *app.syncs.lock().unwrap()), (SYNC_AT_LEAST_EVERY, 8));
        assert_eq!(next_pause(&Fake::new("open", complete), pause), SYNC_EVERY);
    }

    #[test]
    fn a_sync_that_is_under_way_is_no_failure_and_what_is_due_is_looked_at_again() {
        let app = Fake::new("open", || Err(ErrorCode::SyncRunning.into()));
        assert_eq!((next_pause(&app, SYNC_EVERY), *app.rung.lock().unwrap()), (SYNC_EVERY, 1));
    }

    #[test]
    fn a_ring_ends_the_wait_only_when_something_is_due() {
        let app = Fake::new("open", complete);
        *app.rings.lock().unwrap() = [true, true, false].into();
        *app.due.lock().unwrap() = [false, true].into();
        wait(&app, SYNC_EVERY);
        assert!(app.due.lock().unwrap().is_empty() && app.rings.lock().unwrap().len() == 1);
        wait(&app, SYNC_EVERY);
        assert!(app.rings.lock().unwrap().is_empty(), "the pause was over");
    }

    #[test]
    fn news_settle_longer_after_failures() {
        assert_eq!(settles_in(SYNC_EVERY, 0), SETTLES_IN);
        assert_eq!(settles_in(SYNC_EVERY, 255), 2 * SETTLES_IN);
        assert_eq!(settles_in(SYNC_AT_LEAST_EVERY, 0), 10 * SETTLES_IN);
    }
}
