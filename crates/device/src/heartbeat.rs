//! Sync without being asked: while the app is unlocked, every now and then, slower while there is no network.
//!
//! **Invariant:** nothing waits for it and it asks nobody anything.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use commands::Fault;
use serde_json::{Value, json};

use crate::answer::Rpc;

/// Pause between two syncs that found the server.
pub const SYNC_EVERY: Duration = Duration::from_secs(30);
/// Longest pause after syncs that did not.
pub const SYNC_AT_LEAST_EVERY: Duration = Duration::from_secs(300);

/// Syncs in a thread of its own for as long as the process lives; `told` hears each outcome.
pub fn start<R: Rpc>(app: Arc<R>, told: impl Fn(&Result<Value, Fault>) + Send + 'static) {
    thread::spawn(move || {
        let mut pause = SYNC_EVERY;
        loop {
            thread::sleep(pause);
            if !is_open(&*app) {
                pause = SYNC_EVERY;
                continue;
            }
            let outcome = app.call("sync.run", json!({}));
            pause = if outcome.is_ok() { SYNC_EVERY } else { (pause * 2).min(SYNC_AT_LEAST_EVERY) };
            told(&outcome);
        }
    });
}

fn is_open(app: &impl Rpc) -> bool {
    app.call("app.status", json!({})).is_ok_and(|status| status["phase"] == "open")
}
