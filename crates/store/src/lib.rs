//! The device's encrypted database: one SQLCipher file for each enrolment.
//!
//! A table is a file: its queries and what they mean. `write` holds the transactions that touch several tables,
//! `hidden` those about what left this device's villages, `projection` and `rebuild` what is computed from them.
//!
//! **Invariant:** the raw changes are the truth; projections and search rows can be thrown away and computed again.
//! **Invariant:** a write is one transaction that has reached the disk when the call returns, or nothing happened.

mod actors;
mod batches;
mod carry;
mod changes;
mod configuration;
mod cursors;
mod documents;
mod drafts;
mod error;
mod facts;
mod hidden;
mod households;
mod key;
mod merged;
mod outbox;
mod people;
mod photos;
mod projection;
mod purged;
mod rebuild;
mod schema;
mod search;
mod set_aside;
mod sync_log;
mod verify;
mod write;

use std::path::Path;

use domain::configuration::Configuration;
use domain::id::{ActorId, DocumentId, EnrolmentId, HouseholdId, PhotoId, ReviewId, UnitId};
use domain::merging::Merged;
use domain::state::Stage;
use records::{Document, Hash};
use rusqlite::{Connection, TransactionBehavior};

pub use actors::Holder;
pub use batches::{Batch, SIGNATURE_BYTES};
pub use carry::{Carried, Carrier};
pub use documents::DocumentRow;
pub use drafts::Draft;
pub use error::StoreError;
pub use facts::Fact;
pub use households::{Counts, HouseholdQuery, HouseholdRow};
pub use key::{DatabaseKey, KEY_BYTES};
pub use outbox::{Unsent, Waiting};
pub use people::{Namesake, Sought};
pub use photos::{Picture, UnsentPhoto};
pub use projection::{Assessment, assess};
pub use set_aside::{ORPHAN, SetAside};
pub use sync_log::{LOG_LINES_MAX, LogLine};
pub use verify::StoredChange;
pub use write::{Acknowledged, Arrival, Delivery, Rebuilt, Written};

/// An open database.
pub struct Store {
    db: Connection,
    configuration: Option<Configuration>,
}

impl Store {
    /// Opens the database with its key; makes it if the file does not exist.
    ///
    /// # Errors
    /// `WrongKey` if the key is another one; `NewerDatabase` if a newer version of the program wrote it.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        let (db, older) = schema::open(path, key)?;
        let configuration = configuration::read(&db)?;
        let mut store = Self { db, configuration };
        if older {
            store.rebuild()?;
        }
        Ok(store)
    }

    /// Does everything in `work`, or nothing of it.
    fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Self, &Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = rusqlite::Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let done = work(self, &transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// The configuration, if one has come.
    pub fn configuration(&self) -> Option<&Configuration> {
        self.configuration.as_ref()
    }

    /// Where the document is, if it is here.
    pub fn find(&self, id: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        documents::find(&self.db, id)
    }

    /// The document, merged from its changes.
    pub fn document(&self, row: &DocumentRow) -> Result<Option<Document>, StoreError> {
        changes::document(&self.db, row.id, row.kind)
    }

    /// How many households match, and one page of them in order of name.
    pub fn list(&self, query: &HouseholdQuery) -> Result<(u32, Vec<HouseholdRow>), StoreError> {
        households::list(&self.db, query)
    }

    /// Households by state of the review.
    pub fn counts(&self, review: Option<ReviewId>) -> Result<Counts, StoreError> {
        households::counts(&self.db, review)
    }

    /// How many households, of one village or of all, are at each stage of the review.
    pub fn stages(
        &self,
        review: Option<ReviewId>,
        village: Option<UnitId>,
    ) -> Result<Vec<(Stage, u32)>, StoreError> {
        households::stages(&self.db, review, village)
    }

    /// Everybody on this device who is likely to be the person looked for, at most `limit`.
    pub fn namesakes(&self, sought: &Sought<'_>, limit: usize) -> Result<Vec<Namesake>, StoreError> {
        people::namesakes(&self.db, sought, limit)
    }

    /// What people call the household, if it is here.
    pub fn household_name(&self, id: HouseholdId) -> Result<Option<String>, StoreError> {
        households::name(&self.db, id)
    }

    /// The records of households that were entered twice, each with the one that stays in its place; itself where it
    /// stays, because the other one is not in the lists.
    pub fn keepers(&self) -> Result<Merged, StoreError> {
        merged::keepers(&self.db)
    }

    /// The records of households that were entered twice, each with the one that it names.
    pub fn merged(&self) -> Result<Merged, StoreError> {
        merged::all(&self.db)
    }

    /// The changes that wait to be sent, oldest first, at most `bytes` of them but always one.
    pub fn unsent(&self, bytes: usize) -> Result<Vec<Unsent>, StoreError> {
        outbox::first(&self.db, bytes)
    }

    /// The changes that wait and travel in no batch yet, oldest first.
    pub fn unsigned(&self) -> Result<Vec<Unsent>, StoreError> {
        outbox::unsigned(&self.db)
    }

    /// Changes with the batches that they travel in, in order of arrival: of the documents of which something waits, or of all
    /// that are shown besides.
    pub fn travelling(&self, everything: bool) -> Result<Vec<Unsent>, StoreError> {
        outbox::travelling(&self.db, everything)
    }

    /// True if the change is here.
    pub fn has_change(&self, hash: &Hash) -> Result<bool, StoreError> {
        changes::has(&self.db, hash)
    }

    /// True if the change travels in somebody else's batch.
    pub fn is_carried(&self, hash: &Hash) -> Result<bool, StoreError> {
        changes::is_carried(&self.db, hash)
    }

    /// Why the change was set aside, if it was.
    pub fn refusal(&self, hash: &Hash) -> Result<Option<String>, StoreError> {
        set_aside::code(&self.db, hash)
    }

    /// True if a person asked for the document to be erased.
    pub fn is_purged(&self, document: DocumentId) -> Result<bool, StoreError> {
        purged::has(&self.db, document)
    }

    /// How much waits to be sent.
    pub fn waiting(&self) -> Result<Waiting, StoreError> {
        outbox::waiting(&self.db)
    }

    /// How many changes of the document wait to be sent.
    pub fn waiting_of(&self, document: DocumentId) -> Result<u32, StoreError> {
        outbox::waiting_of(&self.db, document)
    }

    /// True if the change waits to be sent.
    pub fn is_waiting(&self, hash: &Hash) -> Result<bool, StoreError> {
        outbox::has(&self.db, hash)
    }

    /// The picture of a household's photo as JPEG, if it is here.
    pub fn photo(&self, household: HouseholdId, id: PhotoId) -> Result<Option<Vec<u8>>, StoreError> {
        photos::jpeg(&self.db, household, id)
    }

    /// True if the picture waits to be sent.
    pub fn photo_waits(&self, id: PhotoId) -> Result<bool, StoreError> {
        photos::waits(&self.db, id)
    }

    /// Keeps a picture that came from the server.
    pub fn keep_photo(&mut self, household: HouseholdId, picture: &Picture<'_>) -> Result<(), StoreError> {
        self.transaction(|_, db| photos::keep(db, household, picture))
    }

    /// How many pictures wait to be sent.
    pub fn photos_waiting(&self) -> Result<u32, StoreError> {
        photos::waiting(&self.db)
    }

    /// The picture that has waited longest; none while any text waits.
    pub fn next_photo(&self) -> Result<Option<UnsentPhoto>, StoreError> {
        photos::next(&self.db)
    }

    /// The server has so many bytes of the picture from its beginning.
    pub fn photo_held(&mut self, id: PhotoId, bytes: u64) -> Result<(), StoreError> {
        self.transaction(|_, db| photos::held(db, id, bytes))
    }

    /// The picture waits behind all others, to be sent from its beginning.
    pub fn put_photo_back(&mut self, id: PhotoId) -> Result<(), StoreError> {
        self.transaction(|_, db| photos::put_back(db, id))
    }

    /// The server has the picture: it no longer waits.
    pub fn photo_sent(&mut self, id: PhotoId) -> Result<(), StoreError> {
        self.transaction(|_, db| photos::sent(db, id))
    }

    /// Keeps a draft in place of the form's older one.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.transaction(|_, db| drafts::keep(db, draft))
    }

    /// The form's draft.
    pub fn draft(&self, household: Option<HouseholdId>, form: &str) -> Result<Option<Draft>, StoreError> {
        drafts::find(&self.db, household, form)
    }

    /// Every draft, the newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        drafts::all(&self.db)
    }

    /// Drops the form's draft.
    pub fn drop_draft(&mut self, household: Option<HouseholdId>, form: &str) -> Result<(), StoreError> {
        self.transaction(|_, db| drafts::drop(db, household, form))
    }

    /// The signed batch with this id.
    pub fn batch(&self, id: &Hash) -> Result<Option<Batch>, StoreError> {
        batches::find(&self.db, id)
    }

    /// The number for this device's next batch.
    pub fn next_batch_number(&self) -> Result<u64, StoreError> {
        u64::try_from(batches::next_number(&self.db)?).map_err(|_| StoreError::Row("batches.own_number"))
    }

    /// Who holds the actor, if a batch or a save has said so.
    pub fn holder(&self, actor: ActorId) -> Result<Option<Holder>, StoreError> {
        actors::find(&self.db, actor)
    }

    /// How far each scope's log has been read.
    pub fn cursors(&self) -> Result<Vec<(UnitId, u64)>, StoreError> {
        let typed = |(unit, sequence)| Some((unit, u64::try_from(sequence).ok()?));
        let all = cursors::all(&self.db)?.into_iter().map(typed).collect::<Option<Vec<_>>>();
        all.ok_or(StoreError::Row("cursors.sequence"))
    }

    /// Every actor that the enrolment has ever used.
    pub fn actors_of(&self, enrolment: EnrolmentId) -> Result<Vec<ActorId>, StoreError> {
        actors::of(&self.db, enrolment)
    }

    /// The changes of the scope's documents that the server has.
    pub fn settled(&self, scope: UnitId) -> Result<Vec<Hash>, StoreError> {
        changes::settled(&self.db, scope)
    }

    /// Refused changes, newest first.
    pub fn set_aside(&self) -> Result<Vec<SetAside>, StoreError> {
        set_aside::all(&self.db)
    }

    /// How many changes were refused, of one document or in all.
    pub fn set_aside_count(&self, document: Option<DocumentId>) -> Result<u32, StoreError> {
        set_aside::count(&self.db, document)
    }

    /// A single value.
    pub fn fact(&self, fact: Fact) -> Result<Option<Vec<u8>>, StoreError> {
        facts::get(&self.db, fact)
    }

    /// Remembers single values, all of them or none.
    pub fn remember(&mut self, values: &[(Fact, &[u8])]) -> Result<(), StoreError> {
        self.transaction(|_, db| values.iter().try_for_each(|(fact, value)| facts::set(db, *fact, value)))
    }

    /// The sync log, newest first.
    pub fn sync_log(&self) -> Result<Vec<LogLine>, StoreError> {
        sync_log::all(&self.db)
    }

    /// Writes a line into the sync log.
    pub fn log(&mut self, line: &LogLine) -> Result<(), StoreError> {
        self.transaction(|_, db| sync_log::add(db, line))
    }
}

#[cfg(test)]
mod tests;
