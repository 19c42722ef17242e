//! The demo town: Bỉm Sơn with invented people, entered by its officers through real devices and a real server.
//!
//! `dice`, `names` and `people` invent who lives there; `answers` and `grants` make what they answer and receive;
//! `plan` puts them together. `roster` knows who surveys where; `entry` types it all into devices.

pub mod answers;
pub mod dice;
pub mod entry;
pub mod grants;
pub mod names;
pub mod people;
pub mod plan;
#[cfg(test)]
mod proof;
pub mod roster;
