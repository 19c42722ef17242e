//! Request bodies, read within a limit.
//!
//! **Invariant:** of a body that is too large nothing is kept beyond the limit, and nothing at all if it says so before.
//! A bounded rest is thrown away first: a connection closed on a sender may take the answer with it.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;

use crate::fault::{Code, Fault};
use crate::limits::{THROWN_AWAY_FOR, THROWN_AWAY_MAX};

/// What came of a body.
pub struct Received {
    /// The bytes, all that came.
    pub bytes: Vec<u8>,
    /// The connection broke off before the end.
    pub cut: bool,
}

/// Reads a body of at most `max` bytes. One that breaks off gives what came.
pub async fn read(headers: &HeaderMap, mut body: Body, max: usize) -> Result<Received, Fault> {
    let claimed = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if claimed.is_some_and(|claimed| claimed > max as u64) {
        return Err(too_large(body, max).await);
    }
    let mut bytes = Vec::new();
    loop {
        match next(&mut body).await {
            None => return Ok(Received { bytes, cut: false }),
            Some(Err(_)) => return Ok(Received { bytes, cut: true }),
            Some(Ok(data)) if bytes.len() + data.len() > max => return Err(too_large(body, max).await),
            Some(Ok(data)) => bytes.extend_from_slice(&data),
        }
    }
}

/// The next bytes; a frame without any is empty.
async fn next(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    let frame = poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await?;
    Some(frame.map(|frame| frame.into_data().unwrap_or_default()))
}

async fn too_large(body: Body, max: usize) -> Fault {
    throw_away(body).await;
    Fault::of(Code::BodyTooLarge).with("max", max)
}

/// Reads a bounded rest of a body that is refused.
pub async fn throw_away(mut body: Body) {
    let throw_away = async {
        let mut thrown = 0;
        while thrown < THROWN_AWAY_MAX {
            let Some(Ok(data)) = next(&mut body).await else { return };
            thrown += data.len();
        }
    };
    // Whoever is slower than this loses the answer with the connection.
    let _ = tokio::time::timeout(THROWN_AWAY_FOR, throw_away).await;
}
