//! Who may talk to the field UI's port.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::assets;

/// What a page of ours may load: files of ours, and nothing from anywhere else.
const CONTENT_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The port and the secret of this run.
pub struct Guard {
    port: u16,
    secret: String,
}

impl Guard {
    /// A guard for a port.
    pub const fn new(port: u16, secret: String) -> Self {
        Self { port, secret }
    }

    /// The address that lets a browser in.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?key={}", self.port, self.secret)
    }

    /// One name for each port, as cookies are shared between the ports of a machine.
    fn cookie(&self) -> String {
        format!("rasoat_{}", self.port)
    }

    fn hosts(&self) -> [String; 2] {
        ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port))
    }

    fn knows(&self, key: &str) -> bool {
        let same = key.bytes().zip(self.secret.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b));
        same == 0 && key.len() == self.secret.len()
    }

    fn holds_session(&self, headers: &HeaderMap) -> bool {
        let cookie = self.cookie();
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == cookie && self.knows(value))
    }

    fn is_ours(&self, origin: &str) -> bool {
        self.hosts().iter().any(|host| origin == format!("http://{host}"))
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Refuses requests that name another host: a page elsewhere could point its own name at this machine.
pub async fn host(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let named =
        text(request.headers(), header::HOST).is_some_and(|host| guard.hosts().iter().any(|our| our == host));
    if named { next.run(request).await } else { StatusCode::MISDIRECTED_REQUEST.into_response() }
}

/// Refuses calls without the secret of this run or from another page.
pub async fn session(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let from_us = text(request.headers(), header::ORIGIN).is_some_and(|origin| guard.is_ours(origin));
    if from_us && guard.holds_session(request.headers()) {
        return next.run(request).await;
    }
    StatusCode::FORBIDDEN.into_response()
}

/// What no answer goes without.
pub async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The secret, as the printed address carries it.
#[derive(Deserialize)]
pub struct Key {
    key: Option<String>,
}

/// The page; with the secret in the address, first turns it into a cookie so that it leaves the address bar.
pub async fn open(State(guard): State<Arc<Guard>>, Query(key): Query<Key>) -> Response {
    match key.key {
        None => assets::serve(assets::PAGE),
        Some(key) if guard.knows(&key) => {
            let cookie = format!("{}={key}; Path=/; HttpOnly; SameSite=Strict", guard.cookie());
            ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Some(_) => StatusCode::FORBIDDEN.into_response(),
    }
}
