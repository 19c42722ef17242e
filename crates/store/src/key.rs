//! The database key.
//!
//! **Invariant:** the key has no `Debug`, is wiped when dropped, and leaves this module only as SQLCipher's pragma.

use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::error::StoreError;

/// Length of the key in bytes.
pub const KEY_BYTES: usize = 32;

/// A random key of 256 bits; SQLCipher uses it as it is, without deriving another one from it.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; KEY_BYTES]>);

impl DatabaseKey {
    /// The key with these bytes.
    pub fn new(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Gives the key to a connection that has not read anything yet.
    pub(crate) fn unlock(&self, db: &Connection) -> Result<(), StoreError> {
        let mut hex = Zeroizing::new([0; 2 * KEY_BYTES]);
        hex::encode_to_slice(*self.0, hex.as_mut()).map_err(|_| StoreError::WrongKey)?;
        let hex = std::str::from_utf8(hex.as_ref()).map_err(|_| StoreError::WrongKey)?;
        let mut pragma = Zeroizing::new(String::with_capacity(2 * KEY_BYTES + 32));
        pragma.push_str("PRAGMA key = \"x'");
        pragma.push_str(hex);
        pragma.push_str("'\"");
        db.execute_batch(&pragma)?;
        Ok(())
    }
}
