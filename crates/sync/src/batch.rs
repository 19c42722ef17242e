//! Signed batches: who wrote which changes of which documents. A batch travels with its changes for ever, so that any
//! device can carry another's, and everyone can name the author.
//!
//! **Invariant:** the bytes of a header are kept as they were signed; permission is judged on the signer in it.

use domain::id::{ActorId, DocumentId, EnrolmentId, IncarnationId, TownId, UnitId, UserId};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use crate::code::RefusalCode;
use crate::limits::{BATCH_ACTORS_MAX, BATCH_CHANGES_MAX, BATCH_DOCUMENTS_MAX, HEADER_MAX, PROTOCOL_VERSION};
use crate::{Hash, wire};

/// What a batch's signature is made over, before the header's bytes.
pub const BATCH_CONTEXT: &[u8] = b"rasoat/batch/1";
/// What the signature of a request to enrol is made over, before its bytes.
pub const ENROL_CONTEXT: &[u8] = b"rasoat/enrol/1";
/// What the configuration's signature is made over, before its bytes.
pub const CONFIGURATION_CONTEXT: &[u8] = b"rasoat/configuration/1";

/// The beginning of a text's hash: enough to tell two configurations of one number apart.
pub type Mark = [u8; 16];

/// Bytes with an Ed25519 signature over `context | bytes`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Signed {
    /// What is signed, as it was signed.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub bytes: Vec<u8>,
    /// The signature.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub signature: [u8; 64],
}

impl Signed {
    /// Signs.
    pub fn new(context: &[u8], bytes: Vec<u8>, key: &SigningKey) -> Self {
        let signature = key.sign(&[context, &bytes].concat()).to_bytes();
        Self { bytes, signature }
    }

    /// True when the key made this signature. Weak keys and the forms of a signature that others could make are not
    /// taken.
    pub fn holds(&self, context: &[u8], key: &[u8; 32]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(key) else { return false };
        let message = [context, &self.bytes].concat();
        key.verify_strict(&message, &Signature::from_bytes(&self.signature)).is_ok()
    }

    /// The first 16 bytes of the SHA-256 of what is signed.
    pub fn mark(&self) -> Mark {
        let whole: Hash = Sha256::digest(&self.bytes).into();
        whole.first_chunk().copied().unwrap_or_default()
    }
}

/// What a batch says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BatchHeader {
    /// [`PROTOCOL_VERSION`].
    #[n(0)]
    pub version: u32,
    /// The data set that the changes belong to.
    #[n(1)]
    #[cbor(with = "crate::wire")]
    pub town: TownId,
    /// The enrolment whose key signs.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub enrolment: EnrolmentId,
    /// The person.
    #[n(3)]
    #[cbor(with = "crate::wire")]
    pub user: UserId,
    /// The installation.
    #[n(4)]
    #[cbor(with = "crate::wire")]
    pub incarnation: IncarnationId,
    /// The actors of this enrolment that the changes are by; derived actors are not listed.
    #[n(5)]
    #[cbor(with = "crate::wire::list")]
    pub actors: Vec<ActorId>,
    /// Counts the batches of the enrolment on this installation.
    #[n(6)]
    pub number: u64,
    /// The documents with their changes.
    #[n(7)]
    pub documents: Vec<Placement>,
}

/// A document in a batch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Placement {
    /// The document.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub document: DocumentId,
    /// Code of the document's kind.
    #[n(1)]
    pub kind: u8,
    /// The scope that the device believes it in. For a new document it is where it goes; else the server knows better.
    #[n(2)]
    #[cbor(with = "crate::wire")]
    pub scope: UnitId,
    /// The changes, in causal order.
    #[n(3)]
    #[cbor(with = "crate::wire::list")]
    pub hashes: Vec<Hash>,
}

impl BatchHeader {
    /// The bytes that are signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        wire::to_bytes(self)
    }

    /// Reads a header within the limits; refuses what the protocol does not say.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RefusalCode> {
        if bytes.len() > HEADER_MAX {
            return Err(RefusalCode::OverLimit);
        }
        let header: Self = wire::from_bytes(bytes).ok_or(RefusalCode::BadSignature)?;
        let over = header.actors.len() > BATCH_ACTORS_MAX
            || header.documents.len() > BATCH_DOCUMENTS_MAX
            || header.hashes().count() > BATCH_CHANGES_MAX;
        match header.version {
            PROTOCOL_VERSION if over => Err(RefusalCode::OverLimit),
            PROTOCOL_VERSION => Ok(header),
            _ => Err(RefusalCode::BadSignature),
        }
    }

    /// Every change that the batch names.
    pub fn hashes(&self) -> impl Iterator<Item = &Hash> {
        self.documents.iter().flat_map(|placement| &placement.hashes)
    }

    /// The document in this batch that names the change.
    pub fn placement(&self, document: DocumentId, hash: &Hash) -> Option<&Placement> {
        self.documents.iter().find(|place| place.document == document && place.hashes.contains(hash))
    }
}

/// A batch's header as signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct SignedBatch(#[n(0)] pub Signed);

impl SignedBatch {
    /// Signs a header.
    pub fn sign(header: &BatchHeader, key: &SigningKey) -> Self {
        Self(Signed::new(BATCH_CONTEXT, header.to_bytes(), key))
    }

    /// SHA-256 of the context and the header's bytes.
    pub fn id(&self) -> Hash {
        Sha256::new().chain_update(BATCH_CONTEXT).chain_update(&self.0.bytes).finalize().into()
    }

    /// The version of the header, whatever else the version puts into it; none if it is no header at all.
    pub fn version(&self) -> Option<u32> {
        let mut decoder = minicbor::Decoder::new(&self.0.bytes);
        decoder.array().ok()?;
        decoder.u32().ok()
    }

    /// The header, not yet verified: to find the signer's key with.
    pub fn header(&self) -> Result<BatchHeader, RefusalCode> {
        BatchHeader::from_bytes(&self.0.bytes)
    }

    /// The header, if the key signed it.
    pub fn verify(&self, key: &[u8; 32]) -> Result<BatchHeader, RefusalCode> {
        let header = self.header()?;
        if self.0.holds(BATCH_CONTEXT, key) { Ok(header) } else { Err(RefusalCode::BadSignature) }
    }
}
