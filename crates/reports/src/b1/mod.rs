//! The B1 table as XLSX: the template that the office fills in from the official document, and its reading.
//!
//! `layout` is what writer and reader agree on, `template` writes, `outline` looks over
//! a file that anybody may have made, `cells` opens it, `read` makes a table of its cells, `fault` names what is wrong
//! with them.
//!
//! **Invariant:** a file is taken whole or not at all; what is refused names every bad cell, up to a limit.
//! **Invariant:** the template has no point in it: the program knows no official one.

mod cells;
mod fault;
mod layout;
mod outline;
mod read;
mod template;

pub use cells::{CELLS_MAX, FILE_MAX, TEXTS_MAX};
pub use fault::{B1CellFault, B1Refusal, FAULTS_MAX, FILE_CODES};
pub use layout::FICTITIOUS_TITLE;
pub use outline::{ELEMENTS_MAX, INFLATED_MAX, KEPT_MAX, TAG_MAX};
pub use read::{B1Terms, read_b1};
pub use template::{b1_template, b1_workbook};
