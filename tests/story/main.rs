//! Stories over real processes: what officers live through, and what the program promises them.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod b1;
mod bad_input;
mod carry;
mod demo;
mod files;
mod hostile;
mod live;
mod merge;
mod postgres;
mod power_cut;
mod season;
mod simulation;
mod stale_form;
