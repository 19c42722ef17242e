//! Request bodies, read within a limit.
//!
//! **Invariant:** a body that says it is too large is refused before a byte of it is read, and one that turns out to
//! be is refused at the limit.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;

use crate::fault::{Code, Fault};

/// What came of a body.
pub struct Received {
    /// The bytes, all that came.
    pub bytes: Vec<u8>,
    /// The connection broke off before the end.
    pub cut: bool,
}

/// Reads a body of at most `max` bytes. One that breaks off gives what came.
pub async fn read(headers: &HeaderMap, mut body: Body, max: usize) -> Result<Received, Fault> {
    let too_large = || Fault::of(Code::BodyTooLarge).with("max", max);
    let claimed = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if claimed.is_some_and(|claimed| claimed > max as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    loop {
        let frame = match poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            None => return Ok(Received { bytes, cut: false }),
            Some(Err(_)) => return Ok(Received { bytes, cut: true }),
            Some(Ok(frame)) => frame,
        };
        if let Some(data) = frame.data_ref() {
            if bytes.len() + data.len() > max {
                return Err(too_large());
            }
            bytes.extend_from_slice(data);
        }
    }
}
