//! Who is asking. Each way in is an extractor, so that a handler that names it cannot forget to ask.

pub mod device;
pub mod officer;
