//! The window of the field app.
fn main() {}
