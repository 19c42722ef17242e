//! Enrolling a person on this device, unlocking, locking.

use store::{Fact, Store};
use sync::enrol::{EnrolAnswer, EnrolRequest, plain_code, read_answer, request_body};
use sync::limits::{DEVICE_NAME_MAX, ENROL_CODE_MAX, PROTOCOL_VERSION};
use zeroize::Zeroizing;

use crate::app::App;
use crate::enrolment::{Enrolment, incarnation};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::secret::{Pin, Secrets, Wrapped};
use crate::server::{APP_VERSION, Path, address, ask};
use crate::session::{Session, signed_configuration};
use crate::wire::Nothing;
use crate::wire::app::{AppEnrol, AppStatus, AppUnlock, Phase};

/// What can be done now.
pub(crate) fn status<H: Host>(app: &App<H>, _: Nothing) -> Result<AppStatus, Fault> {
    if let Some(session) = app.held().as_ref() {
        let user = session.user()?;
        return Ok(AppStatus {
            phase: Phase::Open,
            user: Some(user.id),
            user_name: Some(user.name.clone()),
            device_name: Some(session.device_name.clone()),
            server: Some(session.server.clone()),
            version: APP_VERSION.to_owned(),
        });
    }
    let enrolled = Enrolment::read(app.host())?.is_some();
    Ok(AppStatus {
        phase: if enrolled { Phase::Locked } else { Phase::Unenrolled },
        user: None,
        user_name: None,
        device_name: None,
        server: None,
        version: APP_VERSION.to_owned(),
    })
}

/// Enrols a person with a one-time code, and opens the app.
pub(crate) fn enrol<H: Host>(app: &App<H>, form: AppEnrol) -> Result<AppStatus, Fault> {
    let _turn = app.turn()?;
    let host = app.host();
    if Enrolment::read(host)?.is_some() {
        return Err(ErrorCode::AlreadyEnrolled.into());
    }
    let pin = Pin::parse(form.pin).map_err(|code| Fault::new(code).at("pin"))?;
    let server = address(&form.server).map_err(|code| Fault::new(code).at("server"))?;
    let device_name = device_name(&form.device_name)?;
    let secrets = Secrets::random(host);
    let enrolment = Enrolment::new(host, Wrapped::wrap(&secrets, &pin, host)?);
    let request = EnrolRequest {
        version: PROTOCOL_VERSION,
        code: code(&form.code)?,
        public_key: secrets.signing_key().verifying_key().to_bytes(),
        incarnation: incarnation(host)?,
        device_name: device_name.clone(),
    };
    let body = request_body(&request, &secrets.signing_key());
    let answer = ask(app, &server, Path::Enrol, None, &body, read_answer)?;
    furnish(host, &enrolment, &secrets, &answer, (&server, &device_name))?;
    enrolment.write(host)?;
    *app.held() = Some(Session::open(host, &enrolment, &secrets)?);
    status(app, Nothing {})
}

fn device_name(typed: &str) -> Result<String, Fault> {
    let name = domain::vietnamese::tidy(typed);
    match name.chars().count() {
        0 => Err(Fault::new(ErrorCode::Empty).at("device_name")),
        length if length > DEVICE_NAME_MAX => {
            Err(Fault::new(ErrorCode::TooLong).at("device_name").with("limit", DEVICE_NAME_MAX))
        }
        _ => Ok(name),
    }
}

fn code(typed: &str) -> Result<String, Fault> {
    let code = plain_code(typed);
    let fits = (1..=ENROL_CODE_MAX).contains(&code.chars().count());
    if fits { Ok(code) } else { Err(Fault::new(ErrorCode::UnknownCode).at("code")) }
}

/// Makes the database of a new enrolment, with all that the server gave.
fn furnish(
    host: &impl Host,
    enrolment: &Enrolment,
    secrets: &Secrets,
    answer: &EnrolAnswer,
    (server, device_name): (&str, &str),
) -> Result<(), Fault> {
    let configuration = signed_configuration(&answer.config, &answer.server_key)?;
    if configuration.town != answer.town || configuration.user.id != answer.user {
        return Err(ErrorCode::DamagedConfiguration.into());
    }
    let mut store = Store::open(&host.data_dir().join(&enrolment.database), &secrets.database_key())?;
    let token = Zeroizing::new(hex::encode(answer.token));
    store.remember(&[
        (Fact::Token, token.as_bytes()),
        (Fact::Server, server.as_bytes()),
        (Fact::ServerKey, &answer.server_key),
        (Fact::DeviceName, device_name.as_bytes()),
        (Fact::Enrolment, answer.enrolment.bytes()),
        (Fact::Town, answer.town.bytes()),
    ])?;
    Ok(store.configure(configuration, &answer.config.mark())?)
}

/// Opens the app with the PIN.
pub(crate) fn unlock<H: Host>(app: &App<H>, form: AppUnlock) -> Result<AppStatus, Fault> {
    let pin = Pin::parse(form.pin);
    let enrolment = Enrolment::read(app.host())?.ok_or_else(|| Fault::new(ErrorCode::NotEnrolled))?;
    // A text that can be no PIN is a wrong one: the form says nothing of what a PIN looks like.
    let pin = pin.map_err(|_| Fault::new(ErrorCode::WrongPin).at("pin"))?;
    let secrets = enrolment.keys.unwrap(&pin).map_err(Fault::new)?;
    let mut held = app.held();
    if held.is_none() {
        *held = Some(Session::open(app.host(), &enrolment, &secrets)?);
    }
    drop(held);
    status(app, Nothing {})
}

/// Closes the database; the PIN is needed again.
pub(crate) fn lock<H: Host>(app: &App<H>, _: Nothing) -> Result<AppStatus, Fault> {
    drop(app.held().take());
    status(app, Nothing {})
}
