//! What a decision reads of the server's data set, in domain verbs: every database can answer them.

use domain::id::{ActorId, DocumentId, EnrolmentId, TownId, UnitId};
use records::Document;

use crate::gate::{KnownReview, Signer};

/// What the decision needs to know of the server's data set. Everything is read in one transaction with the storing.
pub trait Shelf {
    /// What can go wrong below.
    type Error;

    /// The data set.
    fn town(&mut self) -> Result<TownId, Self::Error>;
    /// Every review that the town has.
    fn reviews(&mut self) -> Result<Vec<KnownReview>, Self::Error>;
    /// The signer of an enrolment; `None` if it is unknown or revoked.
    fn signer(&mut self, enrolment: EnrolmentId) -> Result<Option<Signer>, Self::Error>;
    /// The enrolment that an actor belongs to, if it was seen before.
    fn owner(&mut self, actor: ActorId) -> Result<Option<EnrolmentId>, Self::Error>;
    /// Whether the figures of a scope are sealed: what is written to its documents from now on is a proposal.
    fn sealed(&mut self, scope: UnitId) -> Result<bool, Self::Error>;
    /// A document.
    fn find(&mut self, document: DocumentId) -> Result<Found, Self::Error>;
}

/// Where a document is.
#[derive(Clone, Debug)]
pub enum Found {
    /// Nowhere.
    Nowhere,
    /// In a scope.
    Held(Box<Held>),
    /// It was purged; its id is refused for ever.
    Purged,
}

/// A document in its scope.
#[derive(Clone, Debug)]
pub struct Held {
    /// With every change in the log.
    pub document: Document,
    /// The scope that it is in.
    pub scope: UnitId,
    /// The scopes that it was in before: edits from there are proposals.
    pub former: Vec<UnitId>,
}
