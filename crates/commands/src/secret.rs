//! The two secrets of an enrolment, the database key and the device's signing key, and how the PIN guards them.
//!
//! The PIN is stretched by Argon2id into a key that wraps both. Six digits can be tried out by someone who holds the
//! file and much time; the parameters make every try cost what a cheap telephone can just afford.
//!
//! **Invariant:** secrets have no `Debug`, are wiped when dropped, and are written nowhere unwrapped.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305, XNonce};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use store::{DatabaseKey, KEY_BYTES};
use zeroize::Zeroizing;

use crate::fault::ErrorCode;
use crate::host::{Host, PinCost};

/// Digits that a PIN has at least.
pub const PIN_DIGITS_MIN: usize = 6;
/// Digits that a PIN has at most.
pub const PIN_DIGITS_MAX: usize = 32;
/// Memory that a damaged or forged file can ask for, in KiB.
const PIN_MEMORY_KIB_MAX: u32 = 256 * 1024;
/// Passes that a damaged or forged file can ask for.
const PIN_PASSES_MAX: u32 = 16;

const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const SIGNING_KEY_BYTES: usize = 32;
/// What the wrapped bytes are for; another use of the PIN would have another context.
const CONTEXT: &[u8] = b"rasoat/keys/1";

/// A person's PIN: digits only.
pub(crate) struct Pin(Zeroizing<String>);

impl Pin {
    /// The PIN, if it is one.
    pub fn parse(text: String) -> Result<Self, ErrorCode> {
        let text = Zeroizing::new(text);
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (PIN_DIGITS_MIN..=PIN_DIGITS_MAX).contains(&text.len());
        if digits && fits { Ok(Self(text)) } else { Err(ErrorCode::WeakPin) }
    }
}

/// What the PIN guards.
pub(crate) struct Secrets {
    database: Zeroizing<[u8; KEY_BYTES]>,
    device: Zeroizing<[u8; SIGNING_KEY_BYTES]>,
}

impl Secrets {
    /// New ones.
    pub fn random(host: &impl Host) -> Self {
        let mut secrets = Self { database: Zeroizing::new([0; 32]), device: Zeroizing::new([0; 32]) };
        host.random(secrets.database.as_mut());
        host.random(secrets.device.as_mut());
        secrets
    }

    /// The key of the database.
    pub fn database_key(&self) -> DatabaseKey {
        DatabaseKey::new(*self.database)
    }

    /// The key that signs this device's batches.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.device)
    }
}

/// Secrets under a PIN, as they lie in the file.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Wrapped {
    #[serde(flatten)]
    cost: PinCost,
    salt: String,
    nonce: String,
    sealed: String,
}

impl Wrapped {
    /// Wraps the secrets under the PIN.
    pub fn wrap(secrets: &Secrets, pin: &Pin, host: &impl Host) -> Result<Self, ErrorCode> {
        let (mut salt, mut nonce) = ([0; SALT_BYTES], [0; NONCE_BYTES]);
        host.random(&mut salt);
        host.random(&mut nonce);
        let cost = host.pin_cost();
        let cipher = cipher(pin, &salt, cost)?;
        // Room for the tag, so that the plain bytes are not left behind by a growing buffer.
        let mut sealed = Vec::with_capacity(KEY_BYTES + SIGNING_KEY_BYTES + 16);
        sealed.extend_from_slice(secrets.database.as_ref());
        sealed.extend_from_slice(secrets.device.as_ref());
        let nonce_array = XNonce::from(nonce);
        cipher.encrypt_in_place(&nonce_array, CONTEXT, &mut sealed).map_err(|_| ErrorCode::Internal)?;
        let (salt, nonce, sealed) = (hex::encode(salt), hex::encode(nonce), hex::encode(sealed));
        Ok(Self { cost, salt, nonce, sealed })
    }

    /// The secrets, if this is the PIN.
    pub fn unwrap(&self, pin: &Pin) -> Result<Secrets, ErrorCode> {
        let damaged = ErrorCode::DamagedEnrolment;
        if self.cost.memory_kib > PIN_MEMORY_KIB_MAX || self.cost.passes > PIN_PASSES_MAX {
            return Err(damaged);
        }
        let (mut salt, mut nonce) = ([0; SALT_BYTES], [0; NONCE_BYTES]);
        hex::decode_to_slice(&self.salt, &mut salt).map_err(|_| damaged)?;
        hex::decode_to_slice(&self.nonce, &mut nonce).map_err(|_| damaged)?;
        let mut opened = Zeroizing::new(hex::decode(&self.sealed).map_err(|_| damaged)?);
        let cipher = cipher(pin, &salt, self.cost)?;
        let nonce = XNonce::from(nonce);
        cipher.decrypt_in_place(&nonce, CONTEXT, &mut *opened).map_err(|_| ErrorCode::WrongPin)?;
        let (database, device) = opened.split_first_chunk().ok_or(damaged)?;
        let device = device.try_into().map_err(|_| damaged)?;
        Ok(Secrets { database: Zeroizing::new(*database), device: Zeroizing::new(device) })
    }
}

fn cipher(pin: &Pin, salt: &[u8], cost: PinCost) -> Result<XChaCha20Poly1305, ErrorCode> {
    let damaged = ErrorCode::DamagedEnrolment;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| damaged)?;
    let stretch = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = Zeroizing::new([0; 32]);
    stretch.hash_password_into(pin.0.as_bytes(), salt, key.as_mut()).map_err(|_| damaged)?;
    XChaCha20Poly1305::new_from_slice(key.as_ref()).map_err(|_| ErrorCode::Internal)
}
