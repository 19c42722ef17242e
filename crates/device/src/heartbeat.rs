//! Sync without being asked: while the app is unlocked, every now and then, slower while there is no network.
//!
//! **Invariant:** nothing waits for it and it asks nobody anything.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::answer::Rpc;

/// Pause after a sync that came to its end.
pub const SYNC_EVERY: Duration = Duration::from_secs(30);
/// Longest pause after syncs that did not.
pub const SYNC_AT_LEAST_EVERY: Duration = Duration::from_secs(300);

/// Syncs in a thread of its own for as long as the process lives. What came of it is in the sync log.
pub fn start<R: Rpc>(app: Arc<R>) {
    thread::spawn(move || {
        let mut pause = SYNC_EVERY;
        loop {
            thread::sleep(pause);
            pause = next_pause(&*app, pause);
        }
    });
}

/// Syncs if the app is open; says how long to wait until the next time.
fn next_pause(app: &impl Rpc, pause: Duration) -> Duration {
    let open = app.call("app.status", json!({})).is_ok_and(|status| status["phase"] == "open");
    let in_step = || app.call("sync.run", json!({})).is_ok_and(|report| report["complete"] == true);
    if !open || in_step() { SYNC_EVERY } else { (pause * 2).min(SYNC_AT_LEAST_EVERY) }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use commands::Fault;
    use serde_json::Value;

    use super::*;

    /// An app in a phase, whose syncs come to their end or do not; counts them.
    struct Phase(&'static str, bool, Mutex<u32>);

    impl Rpc for Phase {
        fn call(&self, method: &str, _: Value) -> Result<Value, Fault> {
            if method == "app.status" {
                return Ok(json!({ "phase": self.0 }));
            }
            *self.2.lock().unwrap() += 1;
            Ok(json!({ "complete": self.1 }))
        }
    }

    #[test]
    fn a_locked_app_is_left_alone() {
        let app = Phase("locked", true, Mutex::new(0));
        assert_eq!(next_pause(&app, SYNC_AT_LEAST_EVERY), SYNC_EVERY);
        assert_eq!(*app.2.lock().unwrap(), 0);
    }

    #[test]
    fn without_a_network_the_pauses_grow_to_a_limit_and_shrink_at_once_with_one() {
        let cut = Phase("open", false, Mutex::new(0));
        let mut pause = SYNC_EVERY;
        for _ in 0..8 {
            let longer = next_pause(&cut, pause);
            assert!(longer > pause || longer == SYNC_AT_LEAST_EVERY);
            pause = longer;
        }
        assert_eq!((pause, *cut.2.lock().unwrap()), (SYNC_AT_LEAST_EVERY, 8));
        assert_eq!(next_pause(&Phase("open", true, Mutex::new(0)), pause), SYNC_EVERY);
    }
}
