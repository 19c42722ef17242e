//! Tests across the parts: stories, the demo town, the window, the import arrows.
//!
//! The parts run as they do for people: the server and each device are processes of their own, with their own
//! folders, over loopback.
//!
//! **Invariant:** whatever is started here is ended here, by its own id.

pub mod bench;
pub mod client;
pub mod demo;
pub mod field;
pub mod network;
pub mod place;
pub mod process;
pub mod server;
pub mod simulate;
pub mod town;
