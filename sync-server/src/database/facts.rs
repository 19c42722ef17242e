//! Facts that the server owns: who it is, and the registry that devices receive as their configuration.
//!
//! **Invariant:** the registry is append-only: a correction is a newer version of an entry, the older one stays.

use domain::id::{EpochId, TownId};
use zeroize::Zeroizing;

use super::Outcome;

/// Who the server is. No `Debug`: it holds the signing key.
#[derive(Clone)]
pub struct Identity {
    /// The data set.
    pub town: TownId,
    /// The life of the data set.
    pub epoch: EpochId,
    /// Seed of the Ed25519 key with which states and configurations are signed.
    pub signing_key: Zeroizing<[u8; 32]>,
    /// Grows by one with each change of the registry.
    pub configuration_version: u64,
}

/// What a registry entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// A unit.
    Unit,
    /// A user.
    User,
    /// The units that a user was posted to before, by the user's id.
    Former,
    /// A review.
    Review,
    /// A support policy.
    Policy,
    /// A document that is cited.
    Citation,
    /// A population figure.
    Population,
    /// What the office has closed.
    Seal,
    /// How far each log was when a review was sealed.
    Pins,
    /// A B1 table that the office supplied, by its hash.
    B1Table,
    /// The town's own settings: one entry.
    Settings,
}

impl FactKind {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::User => "user",
            Self::Former => "former",
            Self::Review => "review",
            Self::Policy => "policy",
            Self::Citation => "citation",
            Self::Population => "population",
            Self::Seal => "seal",
            Self::Pins => "pins",
            Self::B1Table => "b1_table",
            Self::Settings => "settings",
        }
    }

    /// The kind with this word.
    pub fn of(word: &str) -> Option<Self> {
        use FactKind::{
            B1Table, Citation, Former, Pins, Policy, Population, Review, Seal, Settings, Unit, User,
        };
        let all = [Unit, User, Former, Review, Policy, Citation, Population, B1Table, Seal, Pins, Settings];
        all.into_iter().find(|kind| kind.word() == word)
    }
}

/// One entry of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub kind: FactKind,
    /// Its id or key, unique in its kind.
    pub id: String,
    /// JSON of the domain's struct.
    pub body: String,
}

/// The facts of a server.
pub trait Facts: Send + Sync {
    /// Who the server is; `None` before the town was installed.
    fn identity(&self) -> Outcome<Option<Identity>>;

    /// Installs the town into an empty database; false, with nothing changed, if there is one already.
    fn install(&self, identity: &Identity, facts: &[Fact], now: i64) -> Outcome<bool>;

    /// Appends entries, or newer versions of entries, and raises the configuration version by one; gives it. `None`,
    /// with nothing changed, if the version is not `from` any more.
    fn append(&self, from: u64, facts: &[Fact]) -> Outcome<Option<u64>>;

    /// The newest version of every entry, kind by kind, in the order in which the kinds were given.
    fn registry(&self) -> Outcome<Vec<Fact>>;
}
