//! The commands as a screen calls them, on devices with real databases and a town behind a network that can fail.

// A helper that cannot go on is a failed test.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod bundles;
mod conflicts;
mod device;
mod drafts;
mod enrolment;
mod households;
mod live;
mod meeting;
mod merging;
mod people;
mod photos;
mod procedure;
mod programme;
mod refusals;
mod syncing;
mod town;
mod versions;
