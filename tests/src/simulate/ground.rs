//! What every history begins with: a town whose five officers are enrolled. Made once, then copied.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use sync_server::setup;
use tempfile::TempDir;

use super::data;
use super::device::{PIN, SimDevice, copy};
use super::line::{ADDRESS, Line};
use super::server::SimServer;
use crate::place::Place;

/// The town of the stories.
const TOWN: &str = include_str!("../../story/town.toml");
/// The devices by the keys of their people: two share a village, one has two devices, one sees the whole commune.
pub const DEVICES: [&str; 5] = ["ha", "ha", "binh", "chau", "dung"];

/// The ground.
pub struct Ground {
    folder: TempDir,
    server: Place,
}

/// The beginning of one history.
pub struct Copy {
    /// Where the devices are, and the server if it is files.
    pub folder: TempDir,
    /// The server's data.
    pub server: Place,
}

impl Ground {
    /// Sets up the town and enrols its devices.
    ///
    /// # Panics
    /// When the disk fails.
    pub fn new() -> Self {
        let folder = scratch();
        let server = folder.path().join("server");
        let place = Place::new(&server);
        let (app, _) =
            setup::init(place.location(), TOWN).unwrap_or_else(|fault| panic!("the town: {fault:?}"));
        let codes: Vec<String> = DEVICES
            .map(|key| {
                setup::enrol(&app, key).unwrap_or_else(|fault| panic!("{key}: {fault:?}")).code.to_string()
            })
            .to_vec();
        drop(app);
        let line = Arc::new(Line::new(SimServer::open(place.clone()), 0));
        line.wire().bad_weather = false;
        for (at, code) in codes.iter().enumerate() {
            let device =
                SimDevice::new(DEVICES[at], device_folder(folder.path(), at), &line, 1_000 + at as u64);
            let form =
                json!({ "server": ADDRESS, "code": code, "pin": PIN, "device_name": format!("Máy {at}") });
            device.ok("app.enrol", form);
            device.ok("sync.run", json!({}));
        }
        Self { folder, server: place }
    }

    /// A copy for one history.
    pub fn copy(&self) -> Copy {
        let folder = scratch();
        let server = data::copied(&self.server, &folder.path().join("server"));
        for at in 0..DEVICES.len() {
            copy(&device_folder(self.folder.path(), at), &device_folder(folder.path(), at));
        }
        Copy { folder, server }
    }
}

impl Default for Ground {
    fn default() -> Self {
        Self::new()
    }
}

/// The folder of a device.
pub fn device_folder(within: &Path, at: usize) -> PathBuf {
    let folder = within.join(format!("device-{at}"));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// A folder in memory where the machine has one: thousands of histories would wear a disk out.
fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder can be made")
}
