//! A field device on a real machine: disk, clock and HTTP; JSON lines, and the field UI on loopback.
//!
//! What the app can do is in `commands`; here is only what a machine adds to it. The window uses the same parts.
//!
//! **Invariant:** every way in (lines, loopback, window) answers with the same JSON for the same request.

pub mod answer;
pub mod heartbeat;
pub mod lines;
pub mod live;
pub mod machine;
pub mod serve;
pub mod words;

use std::path::Path;
use std::sync::Arc;

use commands::App;

use machine::Machine;

/// The app on this machine.
pub type DeviceApp = App<Machine>;

/// Syncs without being asked, for as long as the process lives.
pub fn keep_in_step(app: &Arc<DeviceApp>) {
    heartbeat::start(Arc::clone(app));
    live::start(Arc::clone(app));
}

/// Opens the app with its data in `data`; `kept_apart` is for what no backup may hold.
pub fn open(data: &Path, kept_apart: &Path) -> anyhow::Result<Arc<DeviceApp>> {
    Ok(Arc::new(App::new(Machine::new(data, kept_apart)?)))
}
