//! The log: documents, their changes in each scope's sequence, the batches they came in, and what was refused.
//!
//! **Invariant:** a scope's sequence is 1, 2, 3 … without gaps; it is taken in the transaction that inserts the
//! change, after everything was checked. A change is never altered.

use domain::id::{ActorId, DocumentId, EnrolmentId, UnitId};
use records::{Hash, Kind};
use sync::batch::SignedBatch;
use sync::pull::{Entry, ScopeState};

use super::Outcome;
pub use super::entry::Mark;
use super::people::Enrolment;

/// Refused changes that are kept of one enrolment.
pub const QUARANTINE_MAX: i64 = 1_000;

/// A document that a transaction may write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The document.
    pub document: DocumentId,
    /// The scope that takes it if it is new.
    pub scope: UnitId,
}

/// Where a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What it is.
    pub kind: Kind,
    /// The scope whose log it is in.
    pub scope: UnitId,
    /// It was in another scope before.
    pub moved: bool,
    /// It was purged: its id is refused for ever.
    pub purged: bool,
}

/// A document with all its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Where it is.
    pub placed: Placed,
    /// Its raw changes in the log's order.
    pub changes: Vec<Vec<u8>>,
    /// When its last change arrived, by the server's clock.
    pub last_at: i64,
}

/// A change with what decides whether it counts in something that was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The scope whose log took it.
    pub scope: UnitId,
    /// Its place there.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// It came as a proposal.
    pub proposal: bool,
    /// The office has accepted it.
    pub accepted: bool,
    /// The enrolment that signed it.
    pub enrolment: Option<EnrolmentId>,
    /// The raw change.
    pub bytes: Vec<u8>,
    /// When it arrived, by the server's clock.
    pub at: i64,
}

/// An entry as it lies in the log, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place.
    pub seq: u64,
    /// What it is.
    pub mark: Mark,
    /// The document that it is about.
    pub document: DocumentId,
    /// The hash that it is named by.
    pub hash: Option<Hash>,
    /// Who made it, as the row says.
    pub actor: Option<ActorId>,
    /// Its number among the actor's changes, as the row says.
    pub actor_seq: Option<u64>,
    /// The batch that it names.
    pub batch: Option<Hash>,
    /// The raw change, or why it cannot be had; nothing where there is none to be had.
    pub body: Outcome<Option<Vec<u8>>>,
}

/// A change that the gate admitted.
#[derive(Clone, Debug)]
pub struct NewChange<'a> {
    /// The document.
    pub document: DocumentId,
    /// The scope whose log takes it.
    pub scope: UnitId,
    /// Its hash, recomputed from the bytes.
    pub hash: Hash,
    /// Who made it.
    pub actor: ActorId,
    /// Its number among the actor's changes of the document.
    pub actor_seq: u64,
    /// It waits for the office's acceptance.
    pub proposal: bool,
    /// The batch it came in.
    pub batch: Hash,
    /// The raw change.
    pub bytes: &'a [u8],
}

/// A signed batch that brought something that is kept.
#[derive(Clone, Copy, Debug)]
pub struct NewBatch<'a> {
    /// As it was signed.
    pub signed: &'a SignedBatch,
    /// The enrolment that signed it.
    pub enrolment: EnrolmentId,
    /// Its number among the enrolment's batches.
    pub number: u64,
}

/// A change that the gate refused.
#[derive(Clone, Debug)]
pub struct Quarantined<'a> {
    /// The document that it claimed.
    pub document: DocumentId,
    /// The hash that it claimed.
    pub hash: Hash,
    /// The batch it came in.
    pub batch: NewBatch<'a>,
    /// Why it was refused.
    pub code: &'a str,
    /// What came.
    pub bytes: &'a [u8],
}

/// A refused change that nobody has decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// The document that it claimed.
    pub document: DocumentId,
    /// The hash that it claimed.
    pub hash: Hash,
    /// The batch it came in.
    pub batch: SignedBatch,
    /// The enrolment that signed it.
    pub enrolment: EnrolmentId,
    /// Why it was refused.
    pub code: String,
    /// What came.
    pub bytes: Vec<u8>,
    /// When, by the server's clock.
    pub at: i64,
}

/// What the office decided on a refused change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It was taken into the log.
    Released,
    /// It stays refused.
    Refused,
}

impl Settlement {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Released => "released",
            Self::Refused => "refused",
        }
    }
}

/// The log inside one write transaction: what is read is what the insert will find.
pub trait Ledger {
    /// The version of the configuration as it is now that the claimed scopes are this transaction's.
    fn version(&mut self) -> Outcome<u64>;

    /// The last sequence of a claimed scope.
    fn head(&mut self, scope: UnitId) -> Outcome<u64>;

    /// Where a document is.
    fn placed(&mut self, document: DocumentId) -> Outcome<Option<Placed>>;

    /// True for a document that was condemned, whether the log has it or not.
    fn is_condemned(&mut self, document: DocumentId) -> Outcome<bool>;

    /// A document's raw changes in the log's order.
    fn changes(&mut self, document: DocumentId) -> Outcome<Vec<Vec<u8>>>;

    /// The enrolment with this id, revoked or not.
    fn signer(&mut self, enrolment: EnrolmentId) -> Outcome<Option<Enrolment>>;

    /// The enrolment that an actor belongs to.
    fn owner(&mut self, actor: ActorId) -> Outcome<Option<EnrolmentId>>;

    /// Gives an actor that nobody has to an enrolment.
    fn claim(&mut self, actor: ActorId, enrolment: EnrolmentId) -> Outcome<()>;

    /// Keeps a batch's header and signature.
    fn keep_batch(&mut self, batch: &NewBatch<'_>) -> Outcome<()>;

    /// Places a new document. Its key is on disk before this returns.
    fn place(&mut self, document: DocumentId, kind: Kind, scope: UnitId) -> Outcome<()>;

    /// Appends a change; gives its sequence.
    fn append(&mut self, change: &NewChange<'_>) -> Outcome<u64>;

    /// The scopes that a document was in before the one that it is in.
    fn former(&mut self, document: DocumentId) -> Outcome<Vec<UnitId>>;

    /// Moves a document: its log says that it left, the other one that it entered, followed by its changes once more.
    fn relocate(&mut self, document: DocumentId, to: UnitId) -> Outcome<()>;

    /// Erases what a document says from the log, from what was refused of it, and its pictures; every log that it was in
    /// says so. Its id is refused for ever. The key is the caller's to destroy.
    fn erase(&mut self, document: DocumentId) -> Outcome<()>;

    /// Keeps what was refused with its batch, unless it is kept already or the enrolment's share is full.
    fn quarantine(&mut self, refused: &Quarantined<'_>) -> Outcome<()>;

    /// Notes that the office accepts a proposal.
    fn accept(&mut self, document: DocumentId, hash: &Hash) -> Outcome<()>;

    /// Notes what the office decided on a refused change.
    fn settle(&mut self, document: DocumentId, hash: &Hash, settlement: Settlement) -> Outcome<()>;
}

/// What is done inside a transaction.
pub type Work<'a> = &'a mut dyn FnMut(&mut dyn Ledger) -> Outcome<()>;

/// The log of a server.
pub trait Log: Send + Sync {
    /// Runs `work` in one write transaction at the time `now`: all of it is kept, or nothing. It appends to claimed
    /// documents alone; other writers of their scopes wait. It is run again where another writer was in the way.
    fn write(&self, now: i64, claims: &[Claim], work: Work<'_>) -> Outcome<()>;

    /// How the scopes stand; those that do not exist are left out.
    fn heads(&self, scopes: &[UnitId]) -> Outcome<Vec<ScopeState>>;

    /// Entries of a scope with `after < sequence <= upto`, at most `limit`.
    fn entries(&self, scope: UnitId, after: u64, upto: u64, limit: usize) -> Outcome<Vec<Entry>>;

    /// The batch with this id.
    fn batch(&self, id: &Hash) -> Outcome<Option<SignedBatch>>;

    /// A document with all its changes.
    fn logged(&self, document: DocumentId) -> Outcome<Option<Logged>>;

    /// The documents that entries of a scope with `after < sequence <= upto` are about.
    fn touched(&self, scope: UnitId, after: u64, upto: u64) -> Outcome<Vec<DocumentId>>;

    /// The rows of a scope with `after < sequence`, at most `limit`, damaged ones included.
    fn stored(&self, scope: UnitId, after: u64, limit: usize) -> Outcome<Vec<Stored>>;

    /// Every document.
    fn documents(&self) -> Outcome<Vec<DocumentId>>;

    /// Where a document is.
    fn placed(&self, document: DocumentId) -> Outcome<Option<Placed>>;

    /// The scopes that a document was in before the one that it is in.
    fn former(&self, document: DocumentId) -> Outcome<Vec<UnitId>>;

    /// Notes in the key store that a document is to be purged, before anything is erased.
    fn condemn(&self, document: DocumentId, now: i64) -> Outcome<()>;

    /// The documents that were condemned, ever.
    fn condemned(&self) -> Outcome<Vec<DocumentId>>;

    /// Destroys a document's key for good: what was encrypted with it is noise, in every copy.
    fn destroy_key(&self, document: DocumentId) -> Outcome<()>;

    /// Gives the room of what was erased back to the disk, overwritten where the engine can.
    fn scrub(&self) -> Outcome<()>;

    /// A document's changes in the log's order, each with what decides whether it counts.
    fn weighed(&self, document: DocumentId) -> Outcome<Vec<Weighed>>;

    /// The documents that have proposals which nobody has accepted.
    fn proposed(&self) -> Outcome<Vec<DocumentId>>;

    /// The newest refused changes that nobody has decided on, at most so many.
    fn held(&self, limit: usize) -> Outcome<Vec<HeldBack>>;

    /// Those of a document.
    fn held_of(&self, document: DocumentId) -> Outcome<Vec<HeldBack>>;

    /// How many refused changes nobody has decided on.
    fn quarantined(&self) -> Outcome<u64>;
}
