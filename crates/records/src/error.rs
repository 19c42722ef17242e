//! Why a document or a change was not taken. The words for people are in the messages catalogue, by `code`.

use thiserror::Error;

/// What is wrong with a change, a document or a save.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// The bytes are not one whole change chunk with a matching checksum.
    #[error("damaged")]
    Damaged,
    /// A compressed chunk; only uncompressed changes are stored and sent.
    #[error("compressed")]
    Compressed,
    /// A change that does not descend from this document's skeleton.
    #[error("foreign_change")]
    Foreign,
    /// Stored changes of the document are missing.
    #[error("missing_deps")]
    MissingDeps,
    /// Another change of the same actor has this sequence number.
    #[error("equivocation")]
    Equivocation,
    /// The actor's sequence number is not the next one, or the change has not seen the actor's previous one.
    #[error("sequence")]
    Sequence,
    /// The first operation's counter is not the one after everything that the change has seen.
    #[error("start_op")]
    StartOp,
    /// Heads that the document does not have.
    #[error("unknown_heads")]
    UnknownHeads,
    /// A path or an operation that documents of this kind do not have.
    #[error("unknown_path")]
    UnknownPath,
    /// A value that is neither null, yes or no, a whole number nor text.
    #[error("wrong_value")]
    WrongValue,
    /// An operation that supersedes something it has not seen, or something that is not the same field.
    #[error("wrong_predecessor")]
    Predecessor,
    /// The spare actor also has changes that the form had not seen.
    #[error("actor_in_use")]
    ActorInUse,
    /// The skeleton itself was refused, so nothing of the document can be kept.
    #[error("skeleton_refused")]
    SkeletonRefused,
    /// Automerge could not take the change; the text is for the log.
    #[error("merge_failed")]
    Merge(String),
}

impl RecordError {
    /// The code under which the words for people are found.
    pub fn code(&self) -> String {
        self.to_string()
    }
}

impl From<automerge::AutomergeError> for RecordError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Merge(error.to_string())
    }
}
