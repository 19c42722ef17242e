//! Who may come in: enrolment codes, enrolled devices, office logins and their sessions.
//!
//! **Invariant:** codes, tokens and passwords are kept only as what verifies them; a code is redeemed once.

use domain::id::{EnrolmentId, UserId};

use super::Outcome;
use crate::secret::SecretHash;

/// A one-time code.
#[derive(Clone)]
pub struct NewCode {
    /// SHA-256 of its spelling.
    pub hash: SecretHash,
    /// For whom.
    pub user: UserId,
    /// When it was made.
    pub made_at: i64,
    /// From when on it is no longer taken.
    pub expires_at: i64,
}

/// What a device brings along when it redeems a code, and what it is given.
#[derive(Clone)]
pub struct NewEnrolment {
    /// The enrolment's id.
    pub id: EnrolmentId,
    /// SHA-256 of the token.
    pub token_hash: SecretHash,
    /// The device's Ed25519 key.
    pub public_key: [u8; 32],
    /// What people call the device.
    pub device: String,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// It was taken; the enrolment is this user's.
    Enrolled(UserId),
    /// There is no such code.
    Unknown,
    /// It was taken before.
    Used,
    /// Its time is over.
    Expired,
}

/// One user on one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// Whose.
    pub user: UserId,
    /// The key that signs its batches.
    pub public_key: [u8; 32],
    /// When it was revoked, if it was.
    pub revoked_at: Option<i64>,
}

/// A login session of the office page.
#[derive(Clone)]
pub struct Session {
    /// SHA-256 of the cookie.
    pub token_hash: SecretHash,
    /// The login's name.
    pub name: String,
    /// What every form of the session must carry.
    pub csrf: String,
    /// When it ends.
    pub expires_at: i64,
}

/// The people of a server.
pub trait People: Send + Sync {
    /// Keeps a code.
    fn add_code(&self, code: &NewCode) -> Outcome<()>;

    /// Takes a code and keeps the enrolment, both or neither. Other devices are to learn of it: the configuration is another one
    /// from then on.
    fn redeem(&self, code: &SecretHash, enrolment: &NewEnrolment, now: i64) -> Outcome<Redeemed>;

    /// The enrolment that was given this token.
    fn enrolment_of(&self, token: &SecretHash) -> Outcome<Option<Enrolment>>;

    /// The enrolment with this id.
    fn enrolment(&self, id: EnrolmentId) -> Outcome<Option<Enrolment>>;

    /// Every enrolment, in order of id.
    fn enrolments(&self) -> Outcome<Vec<Enrolment>>;

    /// Revokes an enrolment, which makes the configuration another one; false if there is none like that or it was revoked before.
    fn revoke(&self, id: EnrolmentId, now: i64) -> Outcome<bool>;

    /// Keeps an office login, or gives it another password; its sessions end.
    fn set_office_user(&self, name: &str, password: &str, now: i64) -> Outcome<()>;

    /// The verifier of an office login's password.
    fn office_password(&self, name: &str) -> Outcome<Option<String>>;

    /// Opens a session and forgets those that are over.
    fn open_session(&self, session: &Session, now: i64) -> Outcome<()>;

    /// The session with this cookie, unless it is over.
    fn session(&self, token: &SecretHash, now: i64) -> Outcome<Option<Session>>;

    /// Ends a session.
    fn close_session(&self, token: &SecretHash) -> Outcome<()>;
}
