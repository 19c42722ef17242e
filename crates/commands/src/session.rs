//! The open app: the database, who it belongs to, and the actor of this app start.
//!
//! **Invariant:** the actor is random, made when the session opens, and never used by another session. Once a change of it was set
//! aside it is given up: its numbers would be used again, by other changes.

use domain::configuration::Configuration;
use domain::id::{ActorId, EnrolmentId, IncarnationId, ReviewId, TownId, UnitId, VisitId};
use domain::review::Review;
use domain::rulebook::{Rulebook, pinned};
use domain::user::User;
use ed25519_dalek::SigningKey;
use records::{Author, Kind};
use store::{DocumentRow, Fact, Holder, Picture, Store, Written};
use sync::batch::{CONFIGURATION_CONTEXT, Signed};
use sync::gate::{KnownReview, Signer};
use zeroize::Zeroizing;

use crate::enrolment::{Enrolment, incarnation};
use crate::fault::{ErrorCode, Fault};
use crate::fetch::Beginnings;
use crate::host::Host;
use crate::secret::Secrets;

/// The app while it is open.
pub(crate) struct Session {
    pub store: Store,
    pub town: TownId,
    pub enrolment: EnrolmentId,
    pub incarnation: IncarnationId,
    pub server: String,
    pub device_name: String,
    pub key: SigningKey,
    pub actor: ActorId,
    /// Something was saved that nobody has been told of yet.
    pub saved: bool,
    /// Pictures of others that have come in part.
    pub beginnings: Beginnings,
}

/// A random id.
pub(crate) fn random_id(host: &impl Host) -> [u8; 16] {
    let mut bytes = [0; 16];
    host.random(&mut bytes);
    bytes
}

impl Session {
    /// Opens the database of an enrolment.
    pub fn open(host: &impl Host, enrolment: &Enrolment, secrets: &Secrets) -> Result<Self, Fault> {
        let store = Store::open(&host.data_dir().join(&enrolment.database), &secrets.database_key())?;
        Ok(Self {
            town: TownId(id(&store, Fact::Town)?),
            enrolment: EnrolmentId(id(&store, Fact::Enrolment)?),
            incarnation: incarnation(host)?,
            server: text(&store, Fact::Server)?,
            device_name: text(&store, Fact::DeviceName)?,
            key: secrets.signing_key(),
            actor: ActorId(random_id(host)),
            saved: false,
            beginnings: Beginnings::default(),
            store,
        })
    }

    /// Writes as another source of changes from now on.
    pub fn renew_actor(&mut self, host: &impl Host) {
        self.actor = ActorId(random_id(host));
    }

    /// The configuration. An enrolled device has one.
    pub fn configuration(&self) -> Result<&Configuration, Fault> {
        self.store.configuration().ok_or_else(|| ErrorCode::DamagedConfiguration.into())
    }

    /// Whose device this is.
    pub fn user(&self) -> Result<&User, Fault> {
        Ok(&self.configuration()?.user)
    }

    /// Who holds the actors of this device.
    pub fn holder(&self) -> Result<Holder, Fault> {
        Ok(Holder { user: self.user()?.id, enrolment: self.enrolment })
    }

    /// This device as the gate will see it.
    pub fn signer(&self) -> Result<Signer, Fault> {
        let user = self.user()?;
        let (enrolment, key) = (self.enrolment, self.key.verifying_key().to_bytes());
        let (scopes, former) = (user.scopes.clone(), Vec::new());
        Ok(Signer { enrolment, user: user.id, role: user.role, scopes, former, key })
    }

    /// The reviews as the gate will know them.
    pub fn known_reviews(&self) -> Result<Vec<KnownReview>, Fault> {
        let reviews = self.configuration()?.reviews.iter();
        Ok(reviews.map(|review| KnownReview { id: review.id, opinion: review.asks_opinion() }).collect())
    }

    /// The token; a secret.
    pub fn token(&self) -> Result<Zeroizing<String>, Fault> {
        Ok(Zeroizing::new(text(&self.store, Fact::Token)?))
    }

    /// The review with this id, or the open one.
    pub fn review(&self, id: Option<ReviewId>) -> Result<Option<&Review>, Fault> {
        let configuration = self.configuration()?;
        let Some(wanted) = id.or(configuration.current_review) else { return Ok(None) };
        let found = configuration.reviews.iter().find(|review| review.id == wanted);
        found.map(Some).ok_or_else(|| ErrorCode::UnknownReview.into())
    }

    /// What a review pins, if this device has it.
    pub fn rulebook(&self, review: &Review) -> Result<Option<&'static Rulebook>, Fault> {
        Ok(pinned(review, &self.configuration()?.b1_tables))
    }

    /// The document's row, if it is one of this kind that is shown.
    pub fn find(&self, id: domain::id::DocumentId, kind: Kind) -> Result<Option<DocumentRow>, Fault> {
        let row = self.store.find(id)?;
        Ok(row.filter(|row| row.kind == kind && !row.departed))
    }

    /// The row of a document whose id follows from a unit that is the person's. Shown or not: who may open the unit's may go on
    /// with what is stored, and must not begin it a second time.
    pub fn of_unit(&self, id: domain::id::DocumentId, kind: Kind) -> Result<Option<DocumentRow>, Fault> {
        Ok(self.store.find(id)?.filter(|row| row.kind == kind))
    }

    /// The person as author of a change.
    pub fn author(&self, host: &impl Host, visit: Option<VisitId>) -> Author {
        Author { actor: self.actor, spare: ActorId(random_id(host)), time: host.now(), visit }
    }

    /// Stores what a save made of documents that change together: all of it or nothing.
    pub fn keep(&mut self, made: &[Made<'_>], author: &Author) -> Result<(), Fault> {
        let holder = self.holder()?;
        let actors = &[author.actor, author.spare];
        let written: Vec<Written<'_>> =
            made.iter().map(|made| written(made, actors, holder, author)).collect();
        self.store.save_all(&written)?;
        self.saved = true;
        Ok(())
    }

    /// The same for one document with the picture that its changes describe.
    pub fn keep_picture(
        &mut self,
        made: Made<'_>,
        author: &Author,
        picture: &Picture<'_>,
    ) -> Result<(), Fault> {
        let (holder, actors) = (self.holder()?, &[author.actor, author.spare]);
        self.store.save_photo(&written(&made, actors, holder, author), picture)?;
        self.saved = true;
        Ok(())
    }
}

/// A document with new changes, and the scope it is in.
pub(crate) type Made<'a> = (&'a records::Document, UnitId, Vec<records::RawChange>);

fn written<'a>(
    (document, scope, changes): &'a Made<'_>,
    actors: &'a [ActorId],
    holder: Holder,
    author: &Author,
) -> Written<'a> {
    Written { document, scope: *scope, changes, actors, holder, at: author.time }
}

/// Reads a configuration that the server signed.
pub(crate) fn signed_configuration(signed: &Signed, server_key: &[u8; 32]) -> Result<Configuration, Fault> {
    let damaged = || Fault::new(ErrorCode::DamagedConfiguration);
    if !signed.holds(CONFIGURATION_CONTEXT, server_key) {
        return Err(damaged());
    }
    serde_json::from_slice(&signed.bytes).map_err(|_| damaged())
}

fn fact(store: &Store, fact: Fact) -> Result<Vec<u8>, Fault> {
    store.fact(fact)?.ok_or_else(|| Fault::new(ErrorCode::StorageFailed).with("reason", "missing_fact"))
}

pub(crate) fn id<const N: usize>(store: &Store, which: Fact) -> Result<[u8; N], Fault> {
    let damaged = |_| Fault::new(ErrorCode::StorageFailed).with("reason", "damaged_fact");
    fact(store, which)?.try_into().map_err(damaged)
}

fn text(store: &Store, which: Fact) -> Result<String, Fault> {
    let damaged = |_| Fault::new(ErrorCode::StorageFailed).with("reason", "damaged_fact");
    String::from_utf8(fact(store, which)?).map_err(damaged)
}
