//! The report of a small town: figures, checks, the paper beside it, the documents read back.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test")]

mod b1;
mod check;
mod document;
mod figure;
mod meeting;
mod minutes;
mod paper;
mod summary;
mod template;
mod town;

use reports::{Check, CheckCode, checks, figures};

use crate::town::Town;

/// The checks of a town, by code.
fn found(town: &Town, code: CheckCode) -> Vec<Check> {
    let data = town.data();
    checks(&data, &figures(&data)).into_iter().filter(|check| check.code == code).collect()
}
