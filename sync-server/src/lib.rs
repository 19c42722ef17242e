//! The town's sync server and office page.
//!
//! Devices push signed batches of changes and pull what others wrote (`api`); the log keeps every change in its scope's
//! gapless sequence (`database`); views for lists and reports are computed from it (`projection`, `report`); the office
//! reads them in a browser (`office`).
//!
//! **Invariant:** nothing unchecked is stored: a change enters the log through the gate of the sync crate alone.
//! **Invariant:** logs carry ids, counts and codes, never names, citizen ids, answers or secrets.

pub mod api;
pub mod app;
pub mod auth;
pub mod b1;
pub mod body;
pub mod carry;
pub mod clock;
pub mod csv;
pub mod database;
pub mod fault;
pub mod limits;
pub mod listener;
pub mod listeners;
pub mod moving;
pub mod office;
pub mod posting;
pub mod projection;
pub mod proposals;
pub mod quarantine;
pub mod recognise;
pub mod report;
pub mod router;
pub mod seal;
pub mod secret;
pub mod serve;
pub mod setup;
pub mod throttle;
pub mod town;
pub mod verify;
pub mod words;
