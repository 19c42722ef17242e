//! A device with its token.
//!
//! **Invariant:** scopes come from the token's user alone, never from what a request says.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::user::User;

use crate::app::App;
use crate::clock;
use crate::database::people::Enrolment;
use crate::fault::{Code, Fault};
use crate::limits::REQUESTS_MAX;
use crate::secret;

/// Characters of a token.
const TOKEN_CHARACTERS: usize = 64;

/// The enrolled device that sends the request.
pub struct Device {
    /// Its enrolment.
    pub enrolment: Enrolment,
}

impl Device {
    /// Its person as the registry has them now: a posting may have come since the request began.
    pub fn person<'a>(&self, app: &'a App) -> Result<&'a User, Fault> {
        app.town.user(self.enrolment.user).ok_or(Fault::of(Code::UnknownToken))
    }
}

fn token(parts: &Parts) -> Option<&str> {
    let token = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    (token.len() == TOKEN_CHARACTERS).then_some(token)
}

impl FromRequestParts<App> for Device {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let hash = secret::hash(token(parts).ok_or(Fault::of(Code::UnknownToken))?);
        let find = move |app: &App| app.database.enrolment_of(&hash)?.ok_or(Fault::of(Code::UnknownToken));
        let enrolment = app.blocking(find).await?;
        if enrolment.revoked_at.is_some() {
            return Err(Fault::of(Code::RevokedToken));
        }
        let (key, now) = (format!("device {}", enrolment.id), clock::now());
        app.throttle.check(&key, REQUESTS_MAX, now)?;
        app.throttle.count(&key, now);
        Ok(Self { enrolment })
    }
}
