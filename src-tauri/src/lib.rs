//! The window of the field app: the device's app, shown.
//!
//! **Invariant:** nothing is decided here; the window hands calls over and answers back.

mod ipc;

use std::path::PathBuf;
use std::sync::Arc;

use device::words::Words;
use tauri::{App, Manager};

/// Where tests keep the window's data; a person's is in the folder that the system gives an app.
const DATA: &str = "RASOAT_DATA";

/// Opens the window and runs until it is closed.
pub fn run() -> anyhow::Result<()> {
    tauri::Builder::default()
        .setup(|app| Ok(open(app)?))
        .invoke_handler(tauri::generate_handler![ipc::rpc])
        .run(tauri::generate_context!())?;
    Ok(())
}

fn open(app: &App) -> anyhow::Result<()> {
    let (data, kept_apart) = folders(app)?;
    let opened = device::open(&data, &kept_apart)?;
    device::keep_in_step(&opened);
    app.manage(opened);
    app.manage(Arc::new(Words::shipped()));
    Ok(())
}

/// The data folder, and the folder of what no backup may hold: backups leave caches out.
#[allow(clippy::disallowed_methods, reason = "the window is an edge: settings are read here, once")]
fn folders(app: &App) -> tauri::Result<(PathBuf, PathBuf)> {
    match std::env::var_os(DATA).map(PathBuf::from) {
        Some(data) => Ok((data.join("data"), data.join("apart"))),
        None => Ok((app.path().app_local_data_dir()?, app.path().app_cache_dir()?)),
    }
}
