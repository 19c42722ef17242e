//! The first version of the sync protocol over HTTP. Bodies are those of the sync crate; refusals of a whole request
//! are JSON with a code and words.

pub mod enrol;
pub mod photo;
pub mod pull;
pub mod push;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sync::body::BodyError;
use sync::code::FaultCode;

use crate::fault::{Code, Fault};

/// The type of the protocol's bodies.
pub const MEDIA_TYPE: &str = "application/vnd.rasoat.sync";

fn answer(body: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, "no-store")], body).into_response()
}

impl From<BodyError> for Fault {
    fn from(error: BodyError) -> Self {
        Self::of(match error.fault() {
            FaultCode::BodyTooLarge => Code::BodyTooLarge,
            FaultCode::InflatedTooLarge => Code::InflatedTooLarge,
            FaultCode::DamagedBody => Code::DamagedBody,
            FaultCode::TruncatedBody => Code::TruncatedBody,
            FaultCode::UnsupportedVersion => Code::UnsupportedVersion,
            _ => Code::MalformedMessage,
        })
    }
}
