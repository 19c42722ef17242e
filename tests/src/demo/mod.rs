//! The demo town: Bỉm Sơn with invented people, entered by its officers through real devices and a real server.
//!
//! `dice`, `names` and `people` invent who lives there; `answers` and `grants` make what they answer and receive;
//! `plan` puts them together. `roster` knows who surveys where; `entry` types it all into devices.
//! `campaign` lives through two reviews and a quarter with its `crew`, each person with a `duty` and now and then a
//! `contradiction`; `run` is the whole of it and `table` the verdict.

pub mod answers;
pub mod campaign;
mod contradiction;
pub mod crew;
pub mod dice;
mod duty;
pub mod entry;
pub mod grants;
pub mod names;
pub mod people;
pub mod plan;
#[cfg(test)]
mod proof;
pub mod roster;
pub mod run;
pub mod table;
