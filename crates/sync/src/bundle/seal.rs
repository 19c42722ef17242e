//! The file around a bundle's content: a prefix in the clear, and the content under its code.
//!
//! ```text
//! magic 8 | version u8 | memory in KiB u32 | passes u32 | salt 16 | nonce 24 | check 8 | length u32 | crc32c u32 | sealed
//! ```
//! Numbers are little-endian; the checksum covers everything before it, the length counts the sealed bytes. The key is
//! the code stretched by Argon2id; the content is sealed by XChaCha20-Poly1305 with the prefix as associated data. The
//! check is made of the key, so that a wrong code is told apart from a damaged file.
//!
//! **Invariant:** what a file asks for in memory and time is compared with the limits before it is spent.
//! **Invariant:** there is no randomness here: salt and nonce are arguments, and never used twice.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{BundleError, Code};
use crate::limits::{BUNDLE_FILE_MAX, BUNDLE_MEMORY_KIB_MAX, BUNDLE_PASSES_MAX};

/// How a bundle's file begins.
pub const MAGIC: &[u8; 8] = b"RASOAT-B";
/// The format that this program writes and reads.
pub const FORMAT: u8 = 1;
/// Bytes before the sealed content.
pub const PREFIX: usize = 8 + 1 + 4 + 4 + SALT + NONCE + CHECK + 4 + 4;
const SALT: usize = 16;
const NONCE: usize = 24;
const CHECK: usize = 8;
/// Bytes that sealing adds.
const TAG: usize = 16;
/// What the check is made over, before the key.
const CHECK_CONTEXT: &[u8] = b"rasoat/bundle/check/1";

/// What the writer of a file brings along: the cost of trying a code, and fresh random bytes.
#[derive(Clone, Copy)]
pub struct Lock {
    /// Memory of one try, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Random.
    pub salt: [u8; SALT],
    /// Random.
    pub nonce: [u8; NONCE],
}

/// The file with this content.
pub fn seal(mut content: Zeroizing<Vec<u8>>, code: &Code, lock: &Lock) -> Result<Vec<u8>, BundleError> {
    if content.len() + TAG + PREFIX > BUNDLE_FILE_MAX {
        return Err(BundleError::TooLarge);
    }
    let key = key(code, lock)?;
    let length = u32::try_from(content.len() + TAG).map_err(|_| BundleError::TooLarge)?;
    let prefix = prefix(lock, check(&key), length);
    let nonce = XNonce::from(lock.nonce);
    let sealed = cipher(&key)?.encrypt_in_place(&nonce, &prefix, &mut *content);
    sealed.map_err(|_| BundleError::TooLarge)?;
    Ok([prefix.as_slice(), &content].concat())
}

/// The content of a file, if it is whole and this is its code.
pub fn open(file: &[u8], code: &Code) -> Result<Zeroizing<Vec<u8>>, BundleError> {
    let (prefix, told, sealed) = parts(file)?;
    let key = key(code, &told.lock)?;
    if check(&key) != told.check {
        return Err(BundleError::WrongCode);
    }
    let nonce = XNonce::from(told.lock.nonce);
    let mut content = Zeroizing::new(sealed.to_vec());
    let opened = cipher(&key)?.decrypt_in_place(&nonce, prefix, &mut *content);
    opened.map_err(|_| BundleError::Damaged)?;
    Ok(content)
}

/// What a prefix says.
struct Told {
    lock: Lock,
    check: [u8; CHECK],
}

fn prefix(lock: &Lock, check: [u8; CHECK], length: u32) -> Vec<u8> {
    let mut prefix = Vec::with_capacity(PREFIX);
    prefix.extend_from_slice(MAGIC);
    prefix.push(FORMAT);
    prefix.extend_from_slice(&lock.memory_kib.to_le_bytes());
    prefix.extend_from_slice(&lock.passes.to_le_bytes());
    prefix.extend_from_slice(&lock.salt);
    prefix.extend_from_slice(&lock.nonce);
    prefix.extend_from_slice(&check);
    prefix.extend_from_slice(&length.to_le_bytes());
    prefix.extend_from_slice(&crc32c::crc32c(&prefix).to_le_bytes());
    prefix
}

/// The prefix, what it says, and the sealed bytes, if the file is as long as it says.
fn parts(file: &[u8]) -> Result<(&[u8], Told, &[u8]), BundleError> {
    if file.len() > BUNDLE_FILE_MAX {
        return Err(BundleError::TooLarge);
    }
    if !file.starts_with(MAGIC) {
        return Err(if MAGIC.starts_with(file) { BundleError::Truncated } else { BundleError::NotABundle });
    }
    match file.get(MAGIC.len()) {
        Some(version) if *version > FORMAT => return Err(BundleError::Newer),
        Some(0) => return Err(BundleError::Damaged),
        _ => {}
    }
    let (prefix, sealed) = file.split_at_checked(PREFIX).ok_or(BundleError::Truncated)?;
    let mut rest = &prefix[MAGIC.len() + 1..];
    let (memory_kib, passes) = (u32::from_le_bytes(take(&mut rest)?), u32::from_le_bytes(take(&mut rest)?));
    let lock = Lock { memory_kib, passes, salt: take(&mut rest)?, nonce: take(&mut rest)? };
    let (check, length) = (take(&mut rest)?, u32::from_le_bytes(take(&mut rest)?));
    let checked = crc32c::crc32c(&prefix[..PREFIX - 4]);
    if checked != u32::from_le_bytes(take(&mut rest)?) {
        return Err(BundleError::Damaged);
    }
    match sealed.len().cmp(&(length as usize)) {
        std::cmp::Ordering::Less => Err(BundleError::Truncated),
        std::cmp::Ordering::Greater => Err(BundleError::Damaged),
        std::cmp::Ordering::Equal => Ok((prefix, Told { lock, check }, sealed)),
    }
}

fn take<const N: usize>(from: &mut &[u8]) -> Result<[u8; N], BundleError> {
    let (first, rest) = from.split_first_chunk().ok_or(BundleError::Truncated)?;
    *from = rest;
    Ok(*first)
}

fn key(code: &Code, lock: &Lock) -> Result<Zeroizing<[u8; 32]>, BundleError> {
    if lock.memory_kib > BUNDLE_MEMORY_KIB_MAX || lock.passes > BUNDLE_PASSES_MAX {
        return Err(BundleError::Damaged);
    }
    let params = Params::new(lock.memory_kib, lock.passes, 1, Some(32)).map_err(|_| BundleError::Damaged)?;
    let stretch = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = Zeroizing::new([0; 32]);
    let done = stretch.hash_password_into(code.bytes(), &lock.salt, key.as_mut());
    done.map_err(|_| BundleError::Damaged)?;
    Ok(key)
}

fn check(key: &[u8; 32]) -> [u8; CHECK] {
    let hash: [u8; 32] = Sha256::new().chain_update(CHECK_CONTEXT).chain_update(key).finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

fn cipher(key: &[u8; 32]) -> Result<XChaCha20Poly1305, BundleError> {
    XChaCha20Poly1305::new_from_slice(key).map_err(|_| BundleError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(byte: u8) -> Code {
        Code::of(&Zeroizing::new([byte; 16]))
    }

    fn file(content: &[u8]) -> Vec<u8> {
        let lock = Lock { memory_kib: 8, passes: 1, salt: [1; SALT], nonce: [2; NONCE] };
        seal(Zeroizing::new(content.to_vec()), &code(3), &lock).unwrap()
    }

    #[test]
    fn a_file_cut_anywhere_is_truncated_and_one_with_a_flipped_bit_is_never_opened() {
        let whole = file(b"Nguoi trong ho");
        assert_eq!(whole.len(), PREFIX + 14 + TAG);
        assert!(!whole.windows(5).any(|piece| piece == b"Nguoi"));
        assert_eq!(open(&whole, &code(3)).unwrap().as_slice(), b"Nguoi trong ho");
        for at in 0..whole.len() {
            assert_eq!(open(&whole[..at], &code(3)).err(), Some(BundleError::Truncated), "{at}");
        }
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let told = match bit / 8 {
                0..8 => BundleError::NotABundle,
                8 if flipped[8] > FORMAT => BundleError::Newer,
                _ => BundleError::Damaged,
            };
            assert_eq!(open(&flipped, &code(3)).err(), Some(told), "{bit}");
        }
        let longer = [whole.as_slice(), b"x"].concat();
        assert_eq!(open(&longer, &code(3)).err(), Some(BundleError::Damaged));
    }

    #[test]
    fn a_wrong_code_is_told_from_damage_and_other_files_from_both() {
        let whole = file(b"x");
        assert_eq!(open(&whole, &code(4)).err(), Some(BundleError::WrongCode));
        assert_eq!(open(b"PK\x03\x04", &code(3)).err(), Some(BundleError::NotABundle));
        assert_eq!(open(&vec![0; BUNDLE_FILE_MAX + 1], &code(3)).err(), Some(BundleError::TooLarge));
    }

    #[test]
    fn a_file_asks_for_no_more_memory_or_time_than_the_limits() {
        let whole = file(b"x");
        for (at, limit) in [(9, BUNDLE_MEMORY_KIB_MAX), (13, BUNDLE_PASSES_MAX)] {
            let mut dear = whole.clone();
            dear[at..at + 4].copy_from_slice(&(limit + 1).to_le_bytes());
            let checked = crc32c::crc32c(&dear[..PREFIX - 4]).to_le_bytes();
            dear[PREFIX - 4..PREFIX].copy_from_slice(&checked);
            assert_eq!(open(&dear, &code(3)).err(), Some(BundleError::Damaged));
        }
        let lock = Lock { memory_kib: 8, passes: 1, salt: [1; SALT], nonce: [2; NONCE] };
        let large = Zeroizing::new(vec![0; BUNDLE_FILE_MAX]);
        assert_eq!(seal(large, &code(3), &lock).err(), Some(BundleError::TooLarge));
    }
}
