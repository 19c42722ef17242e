//! How a device or a server stands in all scopes of the device, in 16 bytes: where both stand alike, nothing more has to
//! be said.

use domain::id::EpochId;
use sha2::{Digest as _, Sha256};

use crate::Hash;
use crate::pull::ScopeState;

/// The beginning of a hash.
pub type Standing = [u8; 16];

/// A hash over the life, the configuration's version, and each of these scopes with its head and digest, by unit.
pub fn standing(epoch: EpochId, config_version: u64, scopes: &[ScopeState]) -> Standing {
    let mut sorted: Vec<&ScopeState> = scopes.iter().collect();
    sorted.sort_by_key(|scope| scope.unit);
    let mut hash = Sha256::new();
    hash.update(b"rasoat/standing/1");
    hash.update(epoch.bytes());
    hash.update(config_version.to_be_bytes());
    for scope in sorted {
        hash.update(scope.unit.bytes());
        hash.update(scope.head.to_be_bytes());
        hash.update(scope.digest.sum);
        hash.update(scope.digest.count.to_be_bytes());
    }
    let whole: Hash = hash.finalize().into();
    whole.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use domain::id::UnitId;

    use super::*;
    use crate::scope::Digest;

    #[test]
    fn whatever_differs_stands_otherwise() {
        let scope = |byte: u8, head| ScopeState {
            unit: UnitId::new([byte; 16]),
            head,
            digest: Digest::of([&[byte; 32]]),
        };
        let (epoch, two) = (EpochId::new([2; 16]), [scope(3, 5), scope(4, 6)]);
        let here = standing(epoch, 1, &two);
        assert_eq!(here, standing(epoch, 1, &[two[1], two[0]]), "the order does not matter");
        let other = ScopeState { digest: Digest::of([&[9; 32]]), ..two[1] };
        for there in [
            standing(EpochId::new([8; 16]), 1, &two),
            standing(epoch, 2, &two),
            standing(epoch, 1, &two[..1]),
            standing(epoch, 1, &[two[0], scope(4, 7)]),
            standing(epoch, 1, &[two[0], other]),
        ] {
            assert_ne!(here, there);
        }
    }
}
