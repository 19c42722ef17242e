//! The town's sync server and office page.

pub mod town;
