//! The town's sync server and office page.
