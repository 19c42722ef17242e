//! B1 tables: what the office supplies as XLSX, which review uses it, and why the shipped ones score nobody.
//!
//! **Invariant:** a table enters the registry whole and complete, or nothing changes; once there it stays.
//! **Invariant:** the table of a review never changes once a list was recognised from the review or a unit of it is
//! sealed.

mod pin;
mod shelf;
mod supply;

pub use pin::unpin;
pub use shelf::{B1Shelf, SuppliedB1};
pub use supply::{Checked, Supplied, check, supply, template};
