//! The changes that every device makes alike: a document's skeleton, and the containers that two people could need at
//! the same time.
//!
//! **Invariant:** these bytes follow from the document's kind and id (and the review's id) alone, for ever.
//! **Invariant:** a skeleton is bound to its document, so that no change of one household applies to another.

use automerge::Change;
use domain::id::{ActorId, DocumentId, ReviewId, UnitId};
use domain::scalar::Scalar;
use sha2::{Digest, Sha256};

use crate::change::Draft;
use crate::kind::Kind;
use crate::op::{Map, OpId, put};

/// Version of the shape of documents.
const SHAPE: i64 = 1;
/// `id`, `kind` and `v` come before the containers.
const SCALARS: u64 = 3;

/// Containers of a kind of document, in the order in which the skeleton makes them.
pub(crate) const fn containers(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Household => &["place", "members", "reviews", "supports", "photos"],
        Kind::Programme => &["tasks", "indicators"],
        Kind::Meeting => &["sessions", "votes", "attendance"],
    }
}

/// Containers of a review, in the order in which its fixed change makes them.
const REVIEW_CONTAINERS: [&str; 5] = ["answers", "visits", "steps", "comments", "choices"];
/// Place of `reviews` among a household's containers.
const REVIEWS: u64 = 2;

fn first_half(text: &str) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}

fn genesis_actor(id: DocumentId) -> ActorId {
    ActorId::new(first_half(&format!("genesis/1/{id}")))
}

fn review_actor(id: DocumentId, review: ReviewId) -> ActorId {
    ActorId::new(first_half(&format!("fixed/1/{id}/review/{review}")))
}

/// The id of a unit's programme of a year.
pub(crate) fn programme_id(unit: UnitId, year: i32) -> DocumentId {
    DocumentId::new(first_half(&format!("programme/1/{unit}/{year}")))
}

/// The id of a village's meeting in a review.
pub(crate) fn meeting_id(village: UnitId, review: ReviewId) -> DocumentId {
    DocumentId::new(first_half(&format!("meeting/1/{village}/{review}")))
}

/// The first change of a document.
pub(crate) fn skeleton(kind: Kind, id: DocumentId) -> Change {
    let mut draft = Draft {
        actor: genesis_actor(id),
        seq: 1,
        seen_op: 0,
        time: 0,
        visit: None,
        deps: Vec::new(),
        ops: vec![
            put(Map::Root, "id", &Scalar::text(id.to_string()), &[]),
            put(Map::Root, "kind", &Scalar::text(kind.code()), &[]),
            put(Map::Root, "v", &Scalar::Int(SHAPE), &[]),
        ],
    };
    for container in containers(kind) {
        draft.make(Map::Root, container);
    }
    draft.finish()
}

/// The change that makes a review's containers in a household. Its parent is the skeleton alone, whatever else the
/// household holds when it is needed.
pub(crate) fn fixed_review(id: DocumentId, review: ReviewId) -> Change {
    let parent = skeleton(Kind::Household, id);
    let mut draft = Draft {
        actor: review_actor(id, review),
        seq: 1,
        seen_op: parent.max_op(),
        time: 0,
        visit: None,
        deps: vec![parent.hash().0],
        ops: Vec::new(),
    };
    let reviews = Map::Made(OpId { counter: SCALARS + REVIEWS + 1, actor: genesis_actor(id) });
    let record = draft.make(reviews, &review.to_string());
    for container in REVIEW_CONTAINERS {
        draft.make(record, container);
    }
    draft.finish()
}
