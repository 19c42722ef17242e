//! Bodies at rest: XChaCha20-Poly1305 under the document's key, bound to the document and the change's hash.
//!
//! **Invariant:** without the key store a copy of the log tells no one's data; without the key, a purged body is noise.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::id::DocumentId;
use records::Hash;
use zeroize::Zeroizing;

use super::{DatabaseError, Outcome};

/// Bytes of a nonce; they stand before the ciphertext.
const NONCE_BYTES: usize = 24;

/// A document's key. No `Debug`.
#[derive(Clone)]
pub struct DocumentKey(Zeroizing<[u8; 32]>);

impl DocumentKey {
    /// A key with these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the key store alone.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }

    /// Encrypts a body.
    pub fn seal(
        &self,
        document: DocumentId,
        hash: &Hash,
        body: &[u8],
        nonce: [u8; NONCE_BYTES],
    ) -> Outcome<Vec<u8>> {
        let bound = bound(document, hash);
        let payload = Payload { msg: body, aad: &bound };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| DatabaseError::Failed("a body cannot be encrypted".to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts a body.
    pub fn open(&self, document: DocumentId, hash: &Hash, sealed: &[u8]) -> Outcome<Vec<u8>> {
        let damaged = || DatabaseError::Damaged(format!("a body of document {document} cannot be decrypted"));
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(damaged)?;
        let bound = bound(document, hash);
        let payload = Payload { msg: sealed, aad: &bound };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| damaged())
    }
}

fn bound(document: DocumentId, hash: &Hash) -> Vec<u8> {
    [document.bytes().as_slice(), hash].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_opens_only_with_its_key_document_and_hash() {
        let key = DocumentKey::new([7; 32]);
        let document = DocumentId::new([1; 16]);
        let sealed = key.seal(document, &[2; 32], b"change", [9; 24]).unwrap();
        assert_eq!(key.open(document, &[2; 32], &sealed).unwrap(), b"change");
        assert!(key.open(document, &[3; 32], &sealed).is_err());
        assert!(key.open(DocumentId::new([2; 16]), &[2; 32], &sealed).is_err());
        assert!(DocumentKey::new([8; 32]).open(document, &[2; 32], &sealed).is_err());
        assert!(!sealed.windows(6).any(|window| window == b"change"));
    }
}
