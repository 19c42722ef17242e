//! The server from outside: over HTTP on loopback, and its database at rest.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod access;
mod b1;
mod bad_input;
mod carry;
mod cut;
mod files;
mod http;
mod live;
mod log;
mod merging;
mod moving;
mod office;
mod officer;
mod photos;
#[path = "../../../tests/src/place.rs"]
mod place;
mod postgres;
mod posting;
mod proposals;
mod quarantine;
mod recognition;
mod season;
mod sql;
mod town;
mod verify;
mod versions;
mod world;
