//! The commands as a screen calls them, on devices with real databases and a town behind a network that can fail.

mod bad_input;
mod conflicts;
mod device;
mod enrolment;
mod households;
mod programme;
mod refusals;
mod syncing;
mod town;
