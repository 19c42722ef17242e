//! The device's encrypted database.
