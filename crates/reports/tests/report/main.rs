//! The report of a small town: figures, checks, documents read back.

mod town;
