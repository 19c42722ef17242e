//! Enrolment: a one-time code binds a person and a device's key; the device receives its token and configuration.
//!
//! **Invariant:** the code and the token are secrets: the types that hold them cannot be printed.

use domain::id::{EnrolmentId, EpochId, IncarnationId, TownId, UserId};
use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};

use crate::batch::{ENROL_CONTEXT, Signed};
use crate::body::{self, ANSWER, BodyError, REQUEST};
use crate::frame::Kind;
use crate::limits::{DEVICE_NAME_MAX, ENROL_CODE_MAX, PROTOCOL_VERSION};
use crate::wire;

/// What a device says to be enrolled.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct EnrolRequest {
    /// [`PROTOCOL_VERSION`].
    #[n(0)]
    pub version: u32,
    /// The one-time code, as the person typed it, without spaces and hyphens, upper case.
    #[n(1)]
    pub code: String,
    /// The public half of the key that will sign this enrolment's batches.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub public_key: [u8; 32],
    /// The installation.
    #[n(3)]
    #[cbor(with = "crate::wire")]
    pub incarnation: IncarnationId,
    /// What people call the device.
    #[n(4)]
    pub device_name: String,
}

/// What the device receives.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct EnrolAnswer {
    /// The data set.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub town: TownId,
    /// The enrolment.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub enrolment: EnrolmentId,
    /// The person.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub user: UserId,
    /// The life of the data set.
    #[n(3)]
    #[cbor(with = "crate::wire")]
    pub epoch: EpochId,
    /// The opaque token of later requests: sent as `Authorization: Bearer <hex>`.
    #[n(4)]
    #[cbor(with = "crate::wire")]
    pub token: [u8; 32],
    /// The key that signs configurations.
    #[n(5)]
    #[cbor(with = "crate::wire")]
    pub server_key: [u8; 32],
    /// The configuration as signed JSON.
    #[n(6)]
    pub config: Signed,
    /// Seconds since 1970 by the server's clock.
    #[n(7)]
    pub server_time: i64,
}

/// A typed code as it is sent: without spaces and hyphens, upper case.
pub fn plain_code(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect()
}

/// The body of a request, signed with the key that it brings: the device has its private half.
pub fn request_body(request: &EnrolRequest, key: &SigningKey) -> Vec<u8> {
    body::one(Kind::EnrolRequest, &Signed::new(ENROL_CONTEXT, wire::to_bytes(request), key))
}

/// Reads a request and checks that its sender has the key.
pub fn read_request(body: &[u8]) -> Result<EnrolRequest, BodyError> {
    let signed: Signed = body::read_one(body, Kind::EnrolRequest, REQUEST)?;
    let request: EnrolRequest = wire::from_bytes(&signed.bytes).ok_or(BodyError::Malformed)?;
    if request.version != PROTOCOL_VERSION {
        return Err(BodyError::Fault(crate::code::FaultCode::UnsupportedVersion));
    }
    let long = request.code.chars().count() > ENROL_CODE_MAX
        || request.device_name.chars().count() > DEVICE_NAME_MAX;
    if long || !signed.holds(ENROL_CONTEXT, &request.public_key) {
        return Err(BodyError::Malformed);
    }
    Ok(request)
}

/// The body of the answer.
pub fn answer_body(answer: &EnrolAnswer) -> Vec<u8> {
    body::one(Kind::EnrolAnswer, answer)
}

/// Reads the answer.
pub fn read_answer(body: &[u8]) -> Result<EnrolAnswer, BodyError> {
    body::read_one(body, Kind::EnrolAnswer, ANSWER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::FaultCode;

    fn request(key: &SigningKey) -> EnrolRequest {
        EnrolRequest {
            version: PROTOCOL_VERSION,
            code: plain_code(" abcd-efgh 23 "),
            public_key: key.verifying_key().to_bytes(),
            incarnation: IncarnationId::new([9; 16]),
            device_name: "Máy của thôn 3".to_owned(),
        }
    }

    #[test]
    fn a_request_comes_from_who_has_the_key() {
        let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let mine = request(&key);
        assert_eq!(mine.code, "ABCDEFGH23");
        assert!(read_request(&request_body(&mine, &key)) == Ok(mine.clone()));
        assert_eq!(read_request(&request_body(&mine, &other)).err(), Some(BodyError::Malformed));
        let newer = EnrolRequest { version: 2, ..mine.clone() };
        let unsupported = BodyError::Fault(FaultCode::UnsupportedVersion);
        assert_eq!(read_request(&request_body(&newer, &key)).err(), Some(unsupported));
        let long = EnrolRequest { device_name: "x".repeat(DEVICE_NAME_MAX + 1), ..mine };
        assert_eq!(read_request(&request_body(&long, &key)).err(), Some(BodyError::Malformed));
    }

    #[test]
    fn the_answer_comes_back_whole() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let answer = EnrolAnswer {
            town: TownId::new([1; 16]),
            enrolment: EnrolmentId::new([2; 16]),
            user: UserId::new([3; 16]),
            epoch: EpochId::new([4; 16]),
            token: [5; 32],
            server_key: key.verifying_key().to_bytes(),
            config: Signed::new(crate::batch::CONFIGURATION_CONTEXT, b"{}".to_vec(), &key),
            server_time: 1_480_000_000,
        };
        let read = read_answer(&answer_body(&answer));
        assert!(read == Ok(answer.clone()));
        assert!(answer.config.holds(crate::batch::CONFIGURATION_CONTEXT, &answer.server_key));
        assert!(!answer.config.holds(crate::batch::BATCH_CONTEXT, &answer.server_key));
    }
}
