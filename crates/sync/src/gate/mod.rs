//! The gate: unchecked bytes become a change of a document, or a coded refusal.

mod admit;
pub mod column;
mod permission;
mod preparse;
pub mod reader;
#[cfg(any(test, feature = "hostile"))]
pub mod spell;
#[cfg(test)]
mod tests;

pub use admit::{Gate, Pace, Refusal};
pub use permission::{KnownReview, Reach, Signer, judge, reach, role_writes};
pub use preparse::{Outline, preparse};
