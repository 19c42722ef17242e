//! The app between two calls: a host, and the open session if the PIN was given.

use serde_json::Value;

use crate::fault::{ErrorCode, Fault};
use crate::host::Host;

/// The app on one machine, for one enrolment.
pub struct App<H: Host> {
    host: H,
}

impl<H: Host> App<H> {
    /// The app on this host, locked.
    pub fn new(host: H) -> Self {
        Self { host }
    }

    /// The machine it runs on.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// Does what the method says. Safe to call from several threads at once.
    pub fn rpc(&self, method: &str, params: Value) -> Result<Value, Fault> {
        let _ = params;
        Err(Fault::new(ErrorCode::UnknownMethod).with("method", method))
    }
}
