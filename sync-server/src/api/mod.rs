//! What devices ask for.

pub mod v1;
