//! An officer at the office page: a session cookie, and on every form the session's own word.
//!
//! **Invariant:** a form without the word of its session changes nothing.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::body;
use crate::clock;
use crate::database::people::Session;
use crate::fault::{Code, Fault};
use crate::limits::FORM_MAX;
use crate::secret::{self, SecretHash};

/// The cookie's name.
pub const COOKIE_NAME: &str = "rasoat_office";

/// The officer who sends the request; without one a request for data is refused.
#[derive(Clone)]
pub struct Officer(pub Session);

/// The officer who opens a page; without one the browser is sent to the login page.
pub struct PageOfficer(pub Officer);

/// A form that comes from a page of the officer's own session.
pub struct OfficerForm<T> {
    /// Who sends it.
    pub officer: Officer,
    /// What it says.
    pub form: T,
}

/// The hash of the cookie that a request brings.
pub fn cookie(parts: &Parts) -> Option<SecretHash> {
    let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let mut pairs =
        cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, token)| secret::hash(token))
}

impl FromRequestParts<App> for Officer {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let hash = cookie(parts).ok_or(Fault::of(Code::NotLoggedIn))?;
        let session = app.blocking(move |app| Ok(app.database.session(&hash, clock::now())?)).await?;
        session.map(Self).ok_or(Fault::of(Code::NotLoggedIn))
    }
}

impl FromRequestParts<App> for PageOfficer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match Officer::from_request_parts(parts, app).await {
            Ok(officer) => Ok(Self(officer)),
            Err(fault) if fault.code == Code::NotLoggedIn => {
                Err(Redirect::to("/office/login").into_response())
            }
            Err(fault) => Err(fault.into_response()),
        }
    }
}

#[derive(serde::Deserialize)]
struct Word {
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for OfficerForm<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let officer = Officer::from_request_parts(&mut parts, app).await?;
        let received = body::read(&parts.headers, body, FORM_MAX).await?;
        let word: Word = form(&received.bytes).map_err(|_| Fault::of(Code::StaleForm))?;
        if secret::hash(&word.csrf) != secret::hash(&officer.0.csrf) {
            return Err(Fault::of(Code::StaleForm));
        }
        Ok(Self { officer, form: form(&received.bytes)? })
    }
}

/// Reads the body of a form.
pub fn form<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::of(Code::MalformedMessage))?;
    let uri = axum::http::Uri::builder().path_and_query(format!("/?{text}")).build();
    let uri = uri.map_err(|_| Fault::of(Code::MalformedMessage))?;
    let read = axum::extract::Query::try_from_uri(&uri).map_err(|_| Fault::of(Code::MalformedMessage))?;
    let axum::extract::Query(form) = read;
    Ok(form)
}
