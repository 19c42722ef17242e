//! What comes of a push: to be appended to the logs, to be kept apart, to be answered.
//!
//! **Invariant:** a hash has one verdict; one that was admitted or known keeps it, whatever else the push says of it.

use std::collections::BTreeMap;

use domain::field::Field;
use domain::id::{ActorId, DocumentId, EnrolmentId, EpochId, UnitId};
use domain::scalar::Scalar;
use records::{Document, Kind};

use crate::Hash;
use crate::batch::{BatchHeader, SignedBatch};
use crate::push::{Answer, PushAnswer, Verdict};

/// A change to be appended to a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Its hash.
    pub hash: Hash,
    /// The document.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// The log.
    pub scope: UnitId,
    /// The author's actor; nobody's if it is derived.
    pub actor: ActorId,
    /// Its number among the actor's changes of the document.
    pub actor_seq: u64,
    /// The enrolment that owns the actor; none for a derived one.
    pub owner: Option<EnrolmentId>,
    /// The batch that names it.
    pub batch: Hash,
    /// The change.
    pub bytes: Vec<u8>,
    /// The fields that it writes.
    pub touched: Vec<(Field, Scalar)>,
    /// It waits for the office's acceptance.
    pub proposal: bool,
}

/// A refused change of a signed batch: kept for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// The hash that the batch claims.
    pub hash: Hash,
    /// The document that the batch claims.
    pub document: DocumentId,
    /// The batch.
    pub batch: Hash,
    /// Why.
    pub verdict: Verdict,
    /// The bytes as they came; none if there were more than a change may have.
    pub bytes: Vec<u8>,
}

/// What becomes of a push.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// To be appended to the logs, in this order.
    pub admissions: Vec<Admission>,
    /// The documents with the admissions, for the projections.
    pub documents: Vec<Document>,
    /// The batches that admissions and quarantine name.
    pub batches: BTreeMap<Hash, (SignedBatch, BatchHeader)>,
    /// Refused, but signed.
    pub quarantine: Vec<Quarantined>,
    /// The verdicts on everything that was not admitted.
    pub others: BTreeMap<Hash, Verdict>,
    /// The body ended early.
    pub cut: bool,
}

impl Decision {
    /// The answer, given the sequence that each admission got in its scope's log.
    pub fn answer(
        &self,
        epoch: EpochId,
        server_time: i64,
        seq_of: impl Fn(&Hash) -> Option<u64>,
    ) -> PushAnswer {
        let admitted = self.admissions.iter().filter_map(|admission| {
            let (scope, seq) = (admission.scope, seq_of(&admission.hash)?);
            let verdict = if admission.proposal {
                Verdict::Proposal { scope, seq }
            } else {
                Verdict::Stored { scope, seq }
            };
            Some(Answer { hash: admission.hash, verdict })
        });
        let others = self.others.iter().map(|(hash, verdict)| Answer { hash: *hash, verdict: *verdict });
        PushAnswer {
            epoch,
            answers: admitted.chain(others).collect(),
            cut: self.cut,
            server_time,
            wholes: Vec::new(),
        }
    }
}
