//! The first version of the sync protocol over HTTP. Bodies are those of the sync crate; refusals of a whole request
//! are JSON with a code and words.

pub mod enrol;
pub mod live;
pub mod photo;
pub mod pull;
pub mod push;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sync::body::BodyError;
use sync::code::FaultCode;
use sync::version::{APP_HEADER, PROTOCOL_HEADER, meet, spoken};

use crate::app::App;
use crate::body;
use crate::fault::{Code, Fault};

/// The type of the protocol's bodies.
pub const MEDIA_TYPE: &str = "application/vnd.rasoat.sync";

/// The protocol's addresses.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/v1/enrol", post(enrol::enrol))
        .route("/v1/push", post(push::push))
        .route("/v1/pull", post(pull::pull))
        .route("/v1/live", get(live::live))
        .route("/v1/photo/put", post(photo::put))
        .route("/v1/photo/get", post(photo::get))
        .route_layer(middleware::from_fn_with_state(app.clone(), versions))
}

/// Refuses who speaks no version that is spoken here, before anything of the request is read; says with every answer what is
/// spoken here, and which app the town wants.
async fn versions(State(app): State<App>, request: Request, next: Next) -> Response {
    let theirs = request.headers().get(PROTOCOL_HEADER).map(|it| it.to_str().unwrap_or_default());
    let mut response = match meet(theirs) {
        Ok(_) => next.run(request).await,
        Err(_) => {
            body::throw_away(request.into_body()).await;
            Fault::of(Code::UnsupportedVersion).into_response()
        }
    };
    let wanted = app.wanted.map(|version| (APP_HEADER, version.to_string()));
    for (name, value) in [(PROTOCOL_HEADER, spoken())].into_iter().chain(wanted) {
        let value = HeaderValue::try_from(value);
        value
            .into_iter()
            .for_each(|value| drop(response.headers_mut().insert(HeaderName::from_static(name), value)));
    }
    response
}

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
