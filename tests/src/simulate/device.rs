//! A device in a folder: it can end, start again, be put back from an older copy, and be copied.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::NaiveDate;
use commands::{App, Fault, Host, HostError, HostFile, HttpAnswer, HttpRequest, PinCost};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::line::Line;

/// The officers' PIN.
pub const PIN: &str = "271828";
/// When the season of the simulation begins, seconds since 1970.
const BEGINNING: i64 = 1_476_000_000;

/// Copies a folder with its files.
///
/// # Panics
/// When the disk fails.
pub fn copy(from: &Path, to: &Path) {
    copy_but(from, to, |_| false);
}

/// Copies a folder with its files, but for those that are left out.
///
/// # Panics
/// When the disk fails.
pub fn copy_but(from: &Path, to: &Path, left_out: impl Fn(&str) -> bool) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("an entry");
        if !left_out(&entry.file_name().to_string_lossy()) {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a file can be copied");
        }
    }
}

/// A machine with a clock of its own and dice with a seed.
pub struct SimHost {
    folder: PathBuf,
    line: Arc<Line>,
    seed: u64,
    clock: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
}

impl Host for SimHost {
    fn now(&self) -> i64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    fn today(&self) -> NaiveDate {
        let moment = chrono::DateTime::from_timestamp(self.clock.load(Ordering::Relaxed), 0);
        moment.unwrap_or_default().date_naive()
    }

    fn random(&self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
            let hash = Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(drawn.to_be_bytes());
            piece.copy_from_slice(&hash.finalize()[..piece.len()]);
        }
    }

    fn post(&self, request: HttpRequest<'_>) -> Result<HttpAnswer, HostError> {
        self.line.post(request)
    }

    fn data_dir(&self) -> PathBuf {
        self.folder.clone()
    }

    fn read(&self, file: HostFile) -> Result<Option<Vec<u8>>, HostError> {
        match std::fs::read(self.folder.join(file.name())) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(HostError::File),
        }
    }

    fn write(&self, file: HostFile, bytes: &[u8]) -> Result<(), HostError> {
        std::fs::write(self.folder.join(file.name()), bytes).map_err(|_| HostError::File)
    }

    /// Devices start again thousands of times.
    fn pin_cost(&self) -> PinCost {
        PinCost { memory_kib: 8, passes: 1, lanes: 1 }
    }
}

/// A device of one officer.
pub struct SimDevice {
    /// Whose it is, for the diary.
    pub name: String,
    folder: PathBuf,
    line: Arc<Line>,
    seed: u64,
    clock: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
    app: Option<App<SimHost>>,
}

impl SimDevice {
    /// A device over a folder, locked.
    pub fn new(name: &str, folder: PathBuf, line: &Arc<Line>, seed: u64) -> Self {
        let (clock, drawn) = (Arc::new(AtomicI64::new(BEGINNING)), Arc::default());
        let mut device =
            Self { name: name.to_owned(), folder, line: line.clone(), seed, clock, drawn, app: None };
        device.start();
        device
    }

    fn start(&mut self) {
        let (line, clock, drawn) = (self.line.clone(), self.clock.clone(), self.drawn.clone());
        let host = SimHost { folder: self.folder.clone(), line, seed: self.seed, clock, drawn };
        self.app = Some(App::new(host));
    }

    /// Gives the PIN.
    pub fn unlock(&self) {
        self.ok("app.unlock", json!({ "pin": PIN }));
    }

    /// Ends and starts again.
    pub fn restart(&mut self) {
        self.falls(|| {});
    }

    /// Ends without a word; starts again after `then`.
    pub fn falls(&mut self, then: impl FnOnce()) {
        self.app = None;
        then();
        self.start();
        self.unlock();
    }

    /// A copy of its files as they are.
    pub fn backup(&mut self, to: &Path) {
        let folder = self.folder.clone();
        self.falls(|| copy(&folder, to));
    }

    /// Puts files back that were copied earlier. The id of the installation is in no backup.
    ///
    /// # Panics
    /// When the disk fails.
    pub fn restore(&mut self, from: &Path) {
        let folder = self.folder.clone();
        self.falls(|| {
            std::fs::remove_dir_all(&folder).expect("the folder can be emptied");
            copy(from, &folder);
            let _ = std::fs::remove_file(folder.join(HostFile::Incarnation.name()));
        });
    }

    /// Another machine with a copy of everything, the id of the installation included.
    pub fn cloned(&mut self, name: &str, to: PathBuf, seed: u64) -> Self {
        self.backup(&to);
        let clone = Self::new(name, to, &self.line, seed);
        clone.unlock();
        clone
    }

    /// Its clock jumps.
    pub fn leap(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Calls the app.
    ///
    /// # Errors
    /// The app's fault.
    ///
    /// # Panics
    /// Never: it is started between two calls.
    pub fn call(&self, method: &str, params: Value) -> Result<Value, Fault> {
        self.app.as_ref().expect("the app is started").rpc(method, params)
    }

    /// Calls the app for something that it cannot refuse.
    ///
    /// # Panics
    /// When it does.
    pub fn ok(&self, method: &str, params: Value) -> Value {
        self.call(method, params).unwrap_or_else(|fault| panic!("{}: {method}: {fault:?}", self.name))
    }

    /// The ids of the households that it has.
    pub fn households(&self) -> Vec<String> {
        let list = self.ok("household.list", json!({ "offset": 0, "limit": 200 }));
        let rows = list["rows"].as_array().cloned().unwrap_or_default();
        let mut ids: Vec<String> =
            rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect();
        ids.sort();
        ids
    }

    /// A household's page.
    pub fn page(&self, id: &str) -> Value {
        self.ok("household.open", json!({ "id": id }))
    }
}
