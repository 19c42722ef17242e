//! Stories over real processes: what officers live through, and what the program promises them.

mod bad_input;
mod hostile;
mod merge;
mod power_cut;
mod stale_form;
