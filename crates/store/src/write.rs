//! Writing to documents: a save, a delivery from the server, an answer to a push, a refusal. Each is one transaction
//! that holds the changes, the outbox rows, the projection and the search rows.
//!
//! **Invariant:** after any of these, or after a power cut in the middle of one, projections equal a rebuild.

use std::collections::BTreeSet;

use domain::id::{ActorId, DocumentId, EpochId, UnitId};
use records::{Document, Hash, Kind, RawChange, RecordError};
use rusqlite::Connection;

use crate::actors::{self, Holder};
use crate::batches::{self, Batch};
use crate::changes::{self, NewChange};
use crate::error::StoreError;
use crate::facts::{self, Fact};
use crate::photos::{self, Picture};
use crate::set_aside::{self, SetAside};
use crate::{Store, carry, cursors, documents, drafts, hidden, merged, outbox, purged};

/// New changes of one document, made on this device.
pub struct Written<'a> {
    /// The document with the changes in it.
    pub document: &'a Document,
    /// The scope that it is in.
    pub scope: UnitId,
    /// The new changes, each after what it was made on.
    pub changes: &'a [RawChange],
    /// The actors that may have made them; derived ones are not among these.
    pub actors: &'a [ActorId],
    /// Who holds the actors.
    pub holder: Holder,
    /// Seconds since 1970 by the device's clock.
    pub at: i64,
}

/// What an entry of a scope's log asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Keep a change.
    Change {
        /// The scope that its document is in.
        scope: UnitId,
        /// Its place in the scope's log.
        sequence: u64,
        /// Its document.
        document: DocumentId,
        /// The document's kind.
        kind: Kind,
        /// Recomputed from the bytes.
        hash: Hash,
        /// The chunk.
        bytes: Vec<u8>,
        /// The batch that it travels in.
        batch: Option<Hash>,
    },
    /// The document left the scope: show it nowhere.
    Left(DocumentId, UnitId),
    /// The document came to the scope.
    Entered(DocumentId, UnitId),
    /// Erase the document.
    Purged(DocumentId),
}

impl Arrival {
    fn document(&self) -> DocumentId {
        match self {
            Self::Change { document, .. } => *document,
            Self::Left(document, _) | Self::Entered(document, _) | Self::Purged(document) => *document,
        }
    }
}

/// What one answer of the server brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Batches that the entries name.
    pub batches: Vec<Batch>,
    /// The actors that those batches name, with their holders.
    pub actors: Vec<(ActorId, Holder)>,
    /// What to do, in order.
    pub arrivals: Vec<Arrival>,
    /// How far each scope's log has been read after this; a scope that is not named is no longer the device's.
    pub cursors: Vec<(UnitId, u64)>,
    /// The life of the server's data set that the cursors are of.
    pub epoch: EpochId,
    /// When the server answered, by its clock.
    pub at: i64,
}

/// That the server has a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// The change.
    pub hash: Hash,
    /// Scope and place in its log, if the server said so in the epoch that the cursors are of.
    pub place: Option<(UnitId, u64)>,
}

/// A document rebuilt without refused changes.
pub struct Rebuilt<'a> {
    /// What the server refused, with the bytes.
    pub refused: &'a [(SetAside, Vec<u8>)],
    /// The old hashes of changes that were made again.
    pub replaced: &'a [Hash],
    /// The rebuilt document with the changes that take their place; `None` if nothing of it can be kept.
    pub written: Option<Written<'a>>,
}

fn sequence(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Row("sequence"))
}

impl Store {
    /// Stores changes that were made here: they wait to be sent from now on.
    pub fn save(&mut self, written: &Written<'_>) -> Result<(), StoreError> {
        self.save_all(std::slice::from_ref(written))
    }

    /// The same for several documents that change together: all of them or none.
    pub fn save_all(&mut self, all: &[Written<'_>]) -> Result<(), StoreError> {
        self.transaction(|store, db| {
            all.iter().try_for_each(|written| store.write(db, written))?;
            merged::settle(db)
        })
    }

    /// Stores changes that were made here together with the picture that they describe.
    pub fn save_photo(&mut self, written: &Written<'_>, picture: &Picture<'_>) -> Result<(), StoreError> {
        self.transaction(|store, db| {
            store.write(db, written)?;
            merged::settle(db)?;
            photos::add(db, written.document.id(), picture, written.at)
        })
    }

    fn write(&self, db: &Connection, written: &Written<'_>) -> Result<(), StoreError> {
        let document = written.document.id();
        documents::write(db, document, written.document.kind(), written.scope)?;
        for change in written.changes {
            let (hash, bytes) = (change.hash, change.bytes.as_slice());
            if changes::add(db, NewChange { hash, document, bytes, batch: None, sequence: None })? {
                outbox::add(db, &hash, document, written.at)?;
            }
            if written.actors.contains(&change.actor) {
                actors::add(db, change.actor, written.holder)?;
            }
        }
        match documents::find(db, document)? {
            Some(row) if row.departed => Ok(()),
            _ => self.project(db, written.document, written.scope),
        }
    }

    /// Takes what the server delivered, with the cursors after it. A change that waited to be sent has arrived.
    pub fn receive(&mut self, delivery: &Delivery) -> Result<(), StoreError> {
        self.transaction(|store, db| {
            for batch in &delivery.batches {
                batches::add(db, batch, None)?;
            }
            for (actor, holder) in &delivery.actors {
                actors::add(db, *actor, *holder)?;
            }
            hidden::gain(db, &delivery.cursors)?;
            for arrival in &delivery.arrivals {
                take(db, arrival, delivery.at)?;
            }
            facts::set(db, Fact::Epoch, delivery.epoch.bytes())?;
            hidden::lose(db, &delivery.cursors, delivery.at)?;
            replace_cursors(db, &delivery.cursors)?;
            let touched: BTreeSet<DocumentId> = delivery.arrivals.iter().map(Arrival::document).collect();
            for document in touched {
                carry::go_on(db, document, delivery.at).map_err(gap)?;
                store.project_again(db, document).map_err(gap)?;
            }
            merged::settle(db)
        })
    }

    /// The server has these changes: they no longer wait. One that is the next of its scope's log need not come back.
    pub fn acknowledge(&mut self, acknowledged: &[Acknowledged]) -> Result<(), StoreError> {
        self.transaction(|store, db| {
            let mut came_back = false;
            for one in acknowledged {
                outbox::end(db, &one.hash)?;
                if let Some((scope, number)) = one.place {
                    changes::number(db, &one.hash, sequence(number)?)?;
                    cursors::advance(db, scope, sequence(number)?)?;
                    if let Some(document) = documents::spoken_of(db, &one.hash, scope)? {
                        store.project_again(db, document)?;
                        came_back = true;
                    }
                }
            }
            if came_back { merged::settle(db) } else { Ok(()) }
        })
    }

    /// The changes travel in this batch of our own from now on. Stored before the batch is sent for the first time.
    pub fn enclose(&mut self, batch: &Batch, number: u64, hashes: &[Hash]) -> Result<(), StoreError> {
        self.transaction(|_, db| {
            batches::add(db, batch, Some(sequence(number)?))?;
            hashes.iter().try_for_each(|hash| changes::enclose(db, hash, &batch.id))
        })
    }

    /// These changes, which every device makes alike, leave the batches that they came in: they are signed here.
    pub fn sign_anew(&mut self, hashes: &[Hash]) -> Result<(), StoreError> {
        self.transaction(|_, db| hashes.iter().try_for_each(|hash| changes::leave_batch(db, hash)))
    }

    /// Sets refused changes aside and puts the rebuilt document in place of the old one.
    pub fn refuse(&mut self, rebuilt: &Rebuilt<'_>) -> Result<(), StoreError> {
        self.transaction(|store, db| {
            for (refused, bytes) in rebuilt.refused {
                set_aside::add(db, refused, bytes)?;
                changes::remove(db, &refused.hash)?;
            }
            rebuilt.replaced.iter().try_for_each(|hash| changes::remove(db, hash))?;
            match &rebuilt.written {
                Some(written) => store.write(db, written),
                None => rebuilt
                    .refused
                    .iter()
                    .try_for_each(|(refused, _)| documents::remove(db, refused.document)),
            }?;
            merged::settle(db)
        })
    }

    /// Erases a document with everything that was set aside of it, for ever: a person asked for it.
    pub fn purge(&mut self, document: DocumentId) -> Result<(), StoreError> {
        self.transaction(|_, db| {
            purge(db, document)?;
            merged::settle(db)
        })
    }

    /// Sends every change of the document again, oldest first: the server misses some of them.
    pub fn offer_again(&mut self, document: &Document, at: i64) -> Result<(), StoreError> {
        self.transaction(|_, db| offer(db, document, at))
    }

    /// The server lost entries, or its data set has another life: every change that this device holds, its own and
    /// those of others, is offered.
    pub fn offer_all(&mut self, at: i64) -> Result<(), StoreError> {
        self.transaction(|_, db| offer_every(db, at))
    }

    /// Server and device hold different things and nobody knows since when: everything is offered, and every log is
    /// read from its beginning, which ends the offers of what the server has.
    pub fn start_over(&mut self, at: i64, server_time: i64) -> Result<(), StoreError> {
        self.transaction(|_, db| {
            offer_every(db, at)?;
            facts::set(db, Fact::StartedOver, &server_time.to_be_bytes())?;
            documents::unread(db)?;
            cursors::clear(db)
        })
    }

    /// Server and device hold the same: should they ever differ again, everything may be compared anew at once.
    pub fn in_step(&mut self) -> Result<(), StoreError> {
        facts::forget(&self.db, Fact::StartedOver)
    }
}

/// A change without what it builds on is no damage of ours: the log that it came in is not the one that was read so far.
pub(crate) fn gap(error: StoreError) -> StoreError {
    match error {
        StoreError::Record(RecordError::MissingDeps) => StoreError::LogGap,
        other => other,
    }
}

fn offer_every(db: &Connection, at: i64) -> Result<(), StoreError> {
    for row in documents::all(db)? {
        if let Some(document) = changes::document(db, row.id, row.kind)? {
            offer(db, &document, at)?;
            offer_pictures(db, &document, at)?;
        }
    }
    Ok(())
}

/// The pictures that the document describes wait again.
pub(crate) fn offer_pictures(db: &Connection, document: &Document, at: i64) -> Result<(), StoreError> {
    if document.kind() != Kind::Household {
        return Ok(());
    }
    let photos = document.household().photos;
    let described = photos.iter().filter_map(|(id, photo)| Some((*id, photo.sha256.as_deref()?)));
    described.into_iter().try_for_each(|(id, sha256)| photos::offer(db, id, sha256, at))
}

pub(crate) fn offer(db: &Connection, document: &Document, at: i64) -> Result<(), StoreError> {
    let since = outbox::since(db, document.id())?.unwrap_or(at);
    outbox::end_document(db, document.id())?;
    document.changes().iter().try_for_each(|change| {
        // every device makes the beginning of a document alike, so one can be known here that never arrived
        let known = NewChange {
            hash: change.hash,
            document: document.id(),
            bytes: &change.bytes,
            batch: None,
            sequence: None,
        };
        changes::add(db, known)?;
        outbox::add(db, &change.hash, document.id(), since)
    })
}

fn take(db: &Connection, arrival: &Arrival, at: i64) -> Result<(), StoreError> {
    match arrival {
        Arrival::Change { scope, sequence: number, document, kind, hash, bytes, batch } => {
            documents::place(db, *document, *kind, *scope)?;
            let sequence = Some(sequence(*number)?);
            changes::add(db, NewChange { hash: *hash, document: *document, bytes, batch: *batch, sequence })?;
            outbox::end(db, hash)?;
            // refused once, and taken by the office since
            set_aside::remove(db, hash)
        }
        Arrival::Left(document, scope) => hidden::leave(db, *document, *scope, at),
        Arrival::Entered(document, scope) => documents::enter(db, *document, *scope),
        Arrival::Purged(document) => purge(db, *document),
    }
}

fn purge(db: &Connection, document: DocumentId) -> Result<(), StoreError> {
    purged::add(db, document)?;
    erase(db, document)
}

pub(crate) fn erase(db: &Connection, document: DocumentId) -> Result<(), StoreError> {
    set_aside::remove_document(db, document)?;
    photos::remove_household(db, document)?;
    drafts::remove_household(db, document)?;
    documents::remove(db, document)
}

fn replace_cursors(db: &Connection, new: &[(UnitId, u64)]) -> Result<(), StoreError> {
    cursors::clear(db)?;
    new.iter().try_for_each(|(scope, number)| cursors::set(db, *scope, sequence(*number)?))
}
