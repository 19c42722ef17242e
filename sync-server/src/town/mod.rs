//! What the server owns about its town: units, users, reviews, citations, population, report settings.

pub mod file;
