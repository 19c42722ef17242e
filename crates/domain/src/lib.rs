//! The rules of the poverty review, as pure code and data.
//!
//! Nothing here reads a clock, a disk, a network or a source of randomness: time, ids and data are arguments.
//! What was observed (`household`, `programme`) is kept apart from what is computed from it (`scoring`,
//! `classification`, `movement`); computed things can always be thrown away and computed again.
//!
//! **Invariant:** a value that reaches this crate's types has been parsed; it is never checked twice.

pub mod approximation;
pub mod average;
pub mod b1;
pub mod citation;
pub mod citizen_card;
pub mod classification;
pub mod completeness;
pub mod configuration;
pub mod constraint;
pub mod date;
pub mod decimal;
pub mod deprivation;
pub mod earlier;
pub mod entry;
pub mod error;
pub mod field;
#[cfg(test)]
mod fixture;
pub mod household;
pub mod id;
pub mod indicator;
pub mod meeting;
pub mod merging;
pub mod money;
pub mod movement;
pub mod point;
pub mod policy;
pub mod population;
pub mod programme;
pub mod recognition;
pub mod review;
pub mod rulebook;
pub mod scalar;
pub mod scoring;
pub mod state;
pub mod support;
pub mod unit;
pub mod user;
pub mod vietnamese;
