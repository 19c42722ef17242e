//! The sync protocol of both ends without input or output, and the gate for unchecked bytes.
//!
//! Whole Automerge changes travel in signed batches; a scope's log numbers them 1, 2, 3 … without gaps; the cursor of
//! a device is such a number. What a byte on the wire means is in `docs/protocol.md`.
//!
//! **Invariant:** nothing that came from outside is applied to a document before [`gate`] has taken it apart.
//! **Invariant:** errors carry codes, ids and hashes, never what people entered.

pub mod batch;
pub mod body;
pub mod bundle;
pub mod code;
pub mod device;
pub mod enrol;
#[cfg(test)]
mod fixture;
pub mod frame;
pub mod gate;
#[cfg(any(test, feature = "hostile"))]
pub mod hostile;
pub mod limits;
pub mod live;
pub mod photo;
pub mod pull;
pub mod push;
pub mod scope;
pub mod server;
pub mod standing;
pub mod version;
pub mod whole;
pub mod wire;

/// SHA-256: of a change as Automerge computes it, of a batch's header.
pub type Hash = [u8; 32];
