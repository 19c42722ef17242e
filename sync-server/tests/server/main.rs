//! The server from outside: over HTTP on loopback, and its database at rest.

mod access;
mod bad_input;
mod http;
mod log;
mod office;
mod officer;
mod recognition;
mod town;
mod world;
