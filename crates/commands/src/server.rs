//! Requests to the town's server, and what its refusals mean.

use sync::body::BodyError;
use sync::code::FaultCode;
use sync::version::{APP_HEADER, AppVersion, PROTOCOL_HEADER, Stranger, meet, spoken};

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::{Host, HttpAnswer, HttpRequest};

/// The type of every body.
const BODY_TYPE: &str = "application/octet-stream";
/// The version of this program.
pub(crate) const APP_VERSION: &str = env!("CARGO_PKG_VERSION");
/// Characters of a server's address.
const ADDRESS_MAX: usize = 300;

/// Where a device speaks to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Enrol,
    Push,
    Pull,
    PhotoPut,
    PhotoGet,
    Live,
}

impl Path {
    const fn text(self) -> &'static str {
        match self {
            Self::Enrol => "/v1/enrol",
            Self::Push => "/v1/push",
            Self::Pull => "/v1/pull",
            Self::PhotoPut => "/v1/photo/put",
            Self::PhotoGet => "/v1/photo/get",
            Self::Live => "/v1/live",
        }
    }
}

/// The server's address in one spelling. Only a server on this machine may be spoken to in the clear.
pub(crate) fn address(typed: &str) -> Result<String, ErrorCode> {
    let plain = typed.trim().trim_end_matches('/');
    let host = plain.strip_prefix("https://").or_else(|| {
        let host = plain.strip_prefix("http://")?;
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        matches!(name, "127.0.0.1" | "localhost" | "[::1]").then_some(host)
    });
    let good = |host: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]/_".contains(&byte);
        !host.is_empty() && plain.len() <= ADDRESS_MAX && host.bytes().all(allowed)
    };
    if host.is_some_and(good) { Ok(plain.to_owned()) } else { Err(ErrorCode::InvalidServer) }
}

/// Sends a body and reads the answer. A refusal of the server is a fault, whatever its status. What the answer says of the
/// app's version is noted first.
pub(crate) fn ask<T, H: Host>(
    app: &App<H>,
    server: &str,
    path: Path,
    token: Option<&str>,
    body: &[u8],
    read: impl FnOnce(&[u8]) -> Result<T, BodyError>,
) -> Result<T, Fault> {
    let url = format!("{server}{}", path.text());
    let spoken = spoken();
    let headers = [(PROTOCOL_HEADER, spoken.as_str()), (APP_HEADER, APP_VERSION)];
    let request = HttpRequest { url: &url, token, content_type: BODY_TYPE, headers: &headers, body };
    let answer = app.host().post(request)?;
    app.hears(wanted(&answer));
    let good = (200..300).contains(&answer.status);
    match read(&answer.body) {
        Ok(value) if good => Ok(value),
        Err(BodyError::Fault(FaultCode::UnsupportedVersion)) => Err(stranger(&answer)),
        Err(BodyError::Fault(FaultCode::Unrecognised)) => Err(status(answer.status)),
        Err(BodyError::Fault(code)) => Err(refusal(code)),
        // the line was cut before anything of use had come
        Err(BodyError::Truncated) if good => Err(ErrorCode::Unreachable.into()),
        _ if good => Err(ErrorCode::DamagedAnswer.into()),
        _ => Err(status(answer.status)),
    }
}

/// Opens a stream of the server and hands over what comes, until it ends or `hear` has had enough.
pub(crate) fn hear(
    host: &impl Host,
    server: &str,
    path: Path,
    token: &str,
    hear: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<(), Fault> {
    let (url, spoken) = (format!("{server}{}", path.text()), spoken());
    let headers = [(PROTOCOL_HEADER, spoken.as_str()), (APP_HEADER, APP_VERSION)];
    let request =
        HttpRequest { url: &url, token: Some(token), content_type: BODY_TYPE, headers: &headers, body: &[] };
    match host.listen(request, hear)? {
        200..300 => Ok(()),
        other => Err(status(other)),
    }
}

/// The version of the app that the town wants.
fn wanted(answer: &HttpAnswer) -> Option<AppVersion> {
    answer.header(APP_HEADER)?.parse().ok()
}

/// A refusal because the two ends have no version in common: one of them has to be renewed.
fn stranger(answer: &HttpAnswer) -> Fault {
    let older = meet(answer.header(PROTOCOL_HEADER)) == Err(Stranger::Older);
    let code = if older { ErrorCode::OldServer } else { ErrorCode::OldVersion };
    Fault::new(code).with("reason", FaultCode::UnsupportedVersion)
}

/// A refusal in the server's own words.
fn refusal(code: FaultCode) -> Fault {
    let known = match code {
        FaultCode::BodyTooLarge | FaultCode::InflatedTooLarge => ErrorCode::BodyTooLarge,
        FaultCode::DamagedBody | FaultCode::TruncatedBody | FaultCode::MalformedMessage => {
            ErrorCode::DamagedBody
        }
        FaultCode::UnsupportedVersion => ErrorCode::OldVersion,
        FaultCode::UnknownEnrolmentCode => ErrorCode::UnknownCode,
        FaultCode::UsedEnrolmentCode => ErrorCode::UsedCode,
        FaultCode::ExpiredEnrolmentCode => ErrorCode::ExpiredCode,
        FaultCode::UnknownToken | FaultCode::RevokedToken => ErrorCode::Revoked,
        FaultCode::TooManyRequests => ErrorCode::TooManyRequests,
        FaultCode::ServerFull => ErrorCode::ServerFull,
        FaultCode::ServerBroken => ErrorCode::ServerFailed,
        FaultCode::UnknownPath | FaultCode::Unrecognised => ErrorCode::ServerRefused,
    };
    Fault::new(known).with("reason", code)
}

/// A refusal by something before the server, or for a reason that this program does not know.
fn status(status: u16) -> Fault {
    let code = match status {
        413 => ErrorCode::BodyTooLarge,
        429 => ErrorCode::TooManyRequests,
        408 | 500.. => ErrorCode::ServerFailed,
        _ => ErrorCode::ServerRefused,
    };
    Fault::new(code).with("reason", format!("http_{status}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        assert_eq!(address(" https://bimson.example.vn/ ").unwrap(), "https://bimson.example.vn");
        assert_eq!(address("http://127.0.0.1:8080").unwrap(), "http://127.0.0.1:8080");
        assert_eq!(address("http://localhost").unwrap(), "http://localhost");
        for wrong in [
            "",
            "https://",
            "http://10.0.0.1",
            "ftp://x",
            "bimson.vn",
            "https://a b",
            "http://127.0.0.1.evil.vn",
        ] {
            assert_eq!(address(wrong), Err(ErrorCode::InvalidServer), "{wrong}");
        }
    }

    #[test]
    fn every_refusal_of_the_server_has_a_code() {
        for code in FaultCode::ALL {
            assert_eq!(refusal(*code).params["reason"], code.code());
        }
        assert_eq!(status(502).code, ErrorCode::ServerFailed);
        assert_eq!(status(401).code, ErrorCode::ServerRefused, "only the server itself revokes");
    }
}
