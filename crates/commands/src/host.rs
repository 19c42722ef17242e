//! What the app needs from the machine it runs on: clock, randomness, two small files, a folder, HTTP.
//!
//! **Invariant:** nothing outside a host touches the clock, the disk beside the database, or the network.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The small files that the app keeps beside its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostFile {
    /// Who is enrolled, and the keys wrapped under the PIN. May be in backups.
    Enrolment,
    /// The id of this installation. Never in backups: a restored copy must be told apart.
    Incarnation,
}

impl HostFile {
    /// The file's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enrolment => "enrolment.json",
            Self::Incarnation => "incarnation",
        }
    }
}

/// A request to the server.
#[derive(Clone, Copy)]
pub struct HttpRequest<'a> {
    /// The whole address.
    pub url: &'a str,
    /// Goes into `Authorization: Bearer …`; a secret.
    pub token: Option<&'a str>,
    /// Type of the body.
    pub content_type: &'a str,
    /// Further headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
}

/// What the server answered, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// HTTP status.
    pub status: u16,
    /// Its headers that are text, by name.
    pub headers: Vec<(String, String)>,
    /// The body; a cut one is an error of the host, not a short body.
    pub body: Vec<u8>,
}

impl HttpAnswer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What a host can fail at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HostError {
    /// No answer, or half of one.
    #[error("unreachable")]
    Unreachable,
    /// A file could not be read or written.
    #[error("file_failed")]
    File,
}

/// What one try of a PIN costs, as Argon2id takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Threads.
    pub lanes: u32,
}

impl PinCost {
    /// What a telephone with 1 GB has to spare while the app opens.
    pub const TELEPHONE: Self = Self { memory_kib: 32 * 1024, passes: 4, lanes: 1 };
}

/// The machine.
pub trait Host: Send + Sync + 'static {
    /// Seconds since 1970 by this device's clock: a claim, never an order.
    fn now(&self) -> i64;
    /// The day where the device is.
    fn today(&self) -> NaiveDate;
    /// Fills with unpredictable bytes.
    fn random(&self, bytes: &mut [u8]);
    /// Sends a request and waits for the whole answer.
    fn post(&self, request: HttpRequest<'_>) -> Result<HttpAnswer, HostError>;
    /// Gets a stream and hands over what comes, piece by piece, until it ends, breaks, or `hear` says that it was enough. Gives
    /// the status of the answer; of one that is no success nothing is handed over. Most hosts cannot.
    fn listen(
        &self,
        _request: HttpRequest<'_>,
        _hear: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<u16, HostError> {
        Err(HostError::Unreachable)
    }
    /// The folder of the database.
    fn data_dir(&self) -> PathBuf;
    /// Reads a file; `None` if it does not exist.
    fn read(&self, file: HostFile) -> Result<Option<Vec<u8>>, HostError>;
    /// Writes a file whole or not at all, and keeps it through a power cut.
    fn write(&self, file: HostFile, bytes: &[u8]) -> Result<(), HostError>;
    /// What a try of a PIN that is set now will cost. Only a simulation, which guards nobody, asks for less.
    fn pin_cost(&self) -> PinCost {
        PinCost::TELEPHONE
    }
}
