//! Secrets that the server gives out: tokens, one-time codes, passwords. It keeps only what verifies them.
//!
//! **Invariant:** no type in here has `Debug` or `Display`; nothing in here is ever logged.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::fault::{Code, Fault};

/// Characters of an enrolment code: 16 of 5 bits are 80 bits, more than anyone can try before it expires.
const CODE_CHARACTERS: usize = 16;
/// Characters in a group, so that a code can be read out on the telephone.
const CODE_GROUP: usize = 4;
/// Crockford's base 32: without I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Bytes of a token.
const TOKEN_BYTES: usize = 32;
/// Fewest characters of an office password.
pub const PASSWORD_MIN: usize = 10;
/// Most bytes of an office password; hashing takes time that grows with it.
pub const PASSWORD_MAX: usize = 200;

/// The verifier that stands in for an unknown name's, so that it takes the same work.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZW9uZSBlbHNlMTI$Zm9yIG5vYm9keSBhdCBhbGwsIGp1c3QgdGltZS4uLi4";

/// SHA-256 of a secret: what the database knows of it.
pub type SecretHash = [u8; 32];

/// `N` bytes of the system's randomness.
#[allow(clippy::disallowed_methods)]
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Fault::of(Code::ServerBroken))?;
    Ok(bytes)
}

/// What the database keeps of a token or a code.
pub fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// A fresh opaque token of 256 bits, as hex.
pub fn token() -> Result<Zeroizing<String>, Fault> {
    Ok(Zeroizing::new(hex::encode(random::<TOKEN_BYTES>()?)))
}

/// A fresh enrolment code as it is read out: `7Q3K-M0ZD-…`.
pub fn code() -> Result<Zeroizing<String>, Fault> {
    let bytes = random::<CODE_CHARACTERS>()?;
    let mut code = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        if at > 0 && at % CODE_GROUP == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte & 31)]));
    }
    Ok(Zeroizing::new(code))
}

/// The one spelling of a code as somebody typed it: no spaces or hyphens, upper case, and the letters that look
/// like digits read as those.
pub fn spelling(code: &str) -> String {
    let letters = code.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let plain = letters.flat_map(char::to_uppercase).map(|c| match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    plain.collect()
}

/// Writes a secret into the one answer that gives it out.
pub fn reveal<S: serde::Serializer>(secret: &Zeroizing<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret)
}

/// The verifier of a password, as a PHC string.
pub fn password_hash(password: &str) -> Result<String, Fault> {
    if password.chars().count() < PASSWORD_MIN || password.len() > PASSWORD_MAX {
        return Err(Fault::of(Code::WeakPassword).with("min", PASSWORD_MIN));
    }
    let salt = random::<16>()?;
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    let hash: argon2::password_hash::phc::PasswordHash = hash.map_err(|_| Fault::of(Code::ServerBroken))?;
    Ok(hash.to_string())
}

/// True if the password is the one of the verifier. Takes as long for an unknown name (`None`) as for a known one.
pub fn password_fits(password: &str, verifier: Option<&str>) -> bool {
    if password.len() > PASSWORD_MAX {
        return false;
    }
    let Ok(hash) = PasswordHash::new(verifier.unwrap_or(NOBODY)) else { return false };
    let fits = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
    fits && verifier.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let code = code().unwrap();
        assert_eq!(code.len(), CODE_CHARACTERS + 3);
        let typed =
            format!(" {} ", code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l"));
        assert_eq!(spelling(&typed), spelling(&code));
    }

    #[test]
    fn a_password_fits_only_itself() {
        let verifier = password_hash("rất bí mật 870").unwrap();
        assert!(password_fits("rất bí mật 870", Some(&verifier)));
        assert!(!password_fits("rất bí mật 871", Some(&verifier)));
        assert!(!password_fits("rất bí mật 870", None));
        assert!(password_hash("ngắn").is_err());
        let (nobody, somebody) = (PasswordHash::new(NOBODY).unwrap(), PasswordHash::new(&verifier).unwrap());
        assert_eq!(
            (nobody.params, nobody.hash.map(|it| it.len())),
            (somebody.params, somebody.hash.map(|it| it.len()))
        );
    }
}
