//! Enrolment: a one-time code binds a person and a device's key.
//!
//! **Invariant:** the token leaves the server once, in this answer; a code that failed for any reason stays unused.

use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use domain::id::EnrolmentId;
use sync::enrol::{EnrolAnswer, EnrolRequest};
use sync::limits::BODY_MAX;

use super::answer;
use crate::app::App;
use crate::database::people::{NewEnrolment, Redeemed};
use crate::fault::{Code, Fault};
use crate::limits::WRONG_CODES_MAX;
use crate::listener::Peer;
use crate::{body, clock, secret};

/// POST /v1/enrol
pub async fn enrol(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
) -> Result<Response, Fault> {
    let attempts = format!("code {}", peer.0.ip());
    app.throttle.check(&attempts, WRONG_CODES_MAX, clock::now())?;
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, BODY_MAX).await?;
    let request = sync::enrol::read_request(&received.bytes)?;
    let enrolled = app.blocking(move |app| redeem(app, &request)).await;
    if enrolled.is_err() {
        app.throttle.count(&attempts, clock::now());
    }
    Ok(answer(sync::enrol::answer_body(&enrolled?)))
}

/// A name without letters that no screen shows and not every database takes.
fn plain(name: &str) -> String {
    let shown: String = name.chars().filter(|letter| !letter.is_control()).collect();
    domain::vietnamese::tidy(&shown)
}

fn redeem(app: &App, request: &EnrolRequest) -> Result<EnrolAnswer, Fault> {
    let now = clock::now();
    let token: [u8; 32] = secret::random()?;
    let enrolment = EnrolmentId::new(secret::random()?);
    let new = NewEnrolment {
        id: enrolment,
        token_hash: secret::hash(&hex::encode(token)),
        public_key: request.public_key,
        device: plain(&request.device_name),
    };
    let code = secret::hash(&secret::spelling(&request.code));
    let user = match app.database.redeem(&code, &new, now)? {
        Redeemed::Enrolled(user) => user,
        Redeemed::Unknown => return Err(Fault::of(Code::UnknownEnrolmentCode)),
        Redeemed::Used => return Err(Fault::of(Code::UsedEnrolmentCode)),
        Redeemed::Expired => return Err(Fault::of(Code::ExpiredEnrolmentCode)),
    };
    tracing::info!(%enrolment, %user, "enrolled");
    // the configuration names this enrolment too by now
    let app = &app.current()?;
    let person = app.town.user(user).ok_or(Fault::of(Code::UnknownUser))?;
    Ok(EnrolAnswer {
        town: app.identity.town,
        enrolment,
        user,
        epoch: app.identity.epoch,
        token,
        server_key: app.signing_key().verifying_key().to_bytes(),
        config: app.configuration(person)?,
        server_time: now,
    })
}
