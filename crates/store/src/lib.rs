//! The device's encrypted database: one SQLCipher file for each enrolment.

pub mod error;

pub use error::StoreError;
