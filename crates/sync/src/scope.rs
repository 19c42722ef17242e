//! The digest of a scope's log: a standing proof that device and server hold the same changes.
//!
//! **Invariant:** the digest depends on which changes are in the scope, never on their order.

use minicbor::{Decode, Encode};

use crate::Hash;

/// The sum of the first 16 bytes (little-endian, modulo 2^128) of the hashes of all changes in the scope, and their
/// count. Changes of a document that left or was purged are taken out; those of one that entered are added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Digest {
    /// The sum, little-endian.
    #[n(0)]
    #[cbor(with = "crate::wire")]
    pub sum: [u8; 16],
    /// How many changes.
    #[n(1)]
    pub count: u64,
}

fn prefix(hash: &Hash) -> u128 {
    let (prefix, _) = hash.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
    u128::from_le_bytes(*prefix)
}

impl Digest {
    /// The digest of these changes.
    pub fn of<'a>(hashes: impl IntoIterator<Item = &'a Hash>) -> Self {
        hashes.into_iter().fold(Self::default(), Self::with)
    }

    /// With one change more.
    #[must_use]
    pub fn with(self, hash: &Hash) -> Self {
        let sum = u128::from_le_bytes(self.sum).wrapping_add(prefix(hash));
        Self { sum: sum.to_le_bytes(), count: self.count.wrapping_add(1) }
    }

    /// With one change less.
    #[must_use]
    pub fn without(self, hash: &Hash) -> Self {
        let sum = u128::from_le_bytes(self.sum).wrapping_sub(prefix(hash));
        Self { sum: sum.to_le_bytes(), count: self.count.wrapping_sub(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_does_not_matter_and_adding_is_undone_by_taking_out() {
        let (a, b) = ([255; 32], [7; 32]);
        assert_eq!(Digest::of([&a, &b]), Digest::of([&b, &a]));
        assert_eq!(Digest::of([&a, &b]).without(&a), Digest::of([&b]));
        assert_ne!(Digest::of([&a]), Digest::of([&b]));
        assert_eq!(Digest::default().with(&a).without(&a), Digest::default());
    }
}
