//! The town's report: figures with their sources, checks, the letter with its appendix, the tables.
//!
//! `TownData` → [`figures`] → [`checks`] → [`letter_docx`] and [`figures_xlsx`], all pure. Beside them the minutes of a
//! village meeting: `MinutesData` → [`minutes`] → [`minutes_docx`].
//!
//! **Invariant:** no number of a report is typed; the same data gives the same bytes; nothing here reads a clock, a
//! disk, a network or a source of randomness.

pub mod b1;
pub mod check;
pub mod data;
pub mod error;
pub mod figure;
mod form;
pub mod letter;
pub mod minutes;
mod ooxml;
pub mod paper;
pub mod summary;
pub mod workbook;

pub use check::{Check, CheckCode, Severity, checks};
pub use data::{ReportDays, ReportState, Surveyed, TownData, UnitProgramme};
pub use error::{ReportError, TemplateError};
pub use figure::{Figure, Figures, figures};
pub use letter::{Letter, letter_docx};
pub use minutes::{Minutes, MinutesData, minutes, minutes_docx};
pub use summary::{Summary, summary};
pub use workbook::figures_xlsx;
