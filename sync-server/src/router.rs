//! Addresses, and what surrounds every request: its time, its log line, its headers.
//!
//! **Invariant:** an answer that is not a success is JSON with a code and words, whatever went wrong.

use axum::extract::connect_info::MockConnectInfo;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, Method};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::api::v1;
use crate::app::App;
use crate::fault::{Code, Fault};
use crate::limits::REQUEST_TIME;
use crate::listener::Peer;
use crate::office;

/// Everything the server answers.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/health", get(health))
        .merge(v1::routes(&app))
        .merge(office::routes().route_layer(middleware::map_response(guarded)))
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
        .layer(middleware::from_fn(around))
        .with_state(app)
}

/// The same without a listener, every request coming from `peer`: for a server inside a simulation.
pub fn without_listener(app: App, peer: Peer) -> Router {
    router(app).layer(MockConnectInfo(peer))
}

async fn nowhere() -> Fault {
    Fault::of(Code::UnknownAddress)
}

/// GET /health: that the database answers, and which data set it is.
async fn health(State(app): State<App>) -> Result<Json<Value>, Fault> {
    let identity = app.blocking(|app| Ok(app.database.identity()?)).await?.ok_or(Fault::of(Code::NoTown))?;
    Ok(Json(json!({
        "status": "ok",
        "town": identity.town,
        "epoch": identity.epoch,
        "configuration_version": identity.configuration_version,
        "version": env!("CARGO_PKG_VERSION"),
    })))
}

async fn around(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let answered = tokio::time::timeout(REQUEST_TIME, next.run(request)).await;
    let mut response = answered.unwrap_or_else(|_| Fault::of(Code::TooSlow).into_response());
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    log(&method, &path, response.status().as_u16());
    response
}

/// What browsers need to know of a page. Devices are not told: it would be more than what they mostly ask for.
async fn guarded(mut page: Response) -> Response {
    let headers = page.headers_mut();
    let policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    page
}

fn log(method: &Method, path: &str, status: u16) {
    let known = path.starts_with("/v1/") || path.starts_with("/office") || path == "/health";
    tracing::info!(%method, path = if known { path } else { "elsewhere" }, status, "answered");
}
