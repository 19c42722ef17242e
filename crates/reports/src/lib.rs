//! The report: figures with their sources, checks, letter and tables.
