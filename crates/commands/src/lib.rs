//! What the app can do, as plain functions over a small `Host`.
//!
//! A screen, a JSON line and a test all call the same method names with the same structs (`wire`); `router` finds
//! the function, `verbs` holds one file of functions for each noun, `App` holds what lies between two calls.
//!
//! **Invariant:** a command is done whole or not at all; a refused one has stored nothing.
//! **Invariant:** secrets (PIN, keys, token) have no `Debug`, are wiped when dropped, and are never logged.

mod agenda;
pub mod app;
pub mod bindings;
mod bundle;
mod copying;
pub mod edits;
mod enrolment;
mod exchange;
pub mod fault;
mod fetch;
mod forms;
pub mod host;
mod live;
mod meeting;
mod page;
mod picture;
mod procedure;
mod router;
mod saving;
pub mod secret;
mod server;
mod session;
mod told;
mod verbs;
mod warnings;
pub mod wire;

pub use app::App;
pub use fault::{ErrorCode, Fault, Severity};
pub use host::{Host, HostError, HostFile, HttpAnswer, HttpRequest, PinCost};
