//! Projections: computed after each write, and all of them again when the configuration changed or they are in doubt.

use domain::configuration::Configuration;
use domain::id::{DocumentId, UnitId};
use records::{Document, Kind};
use rusqlite::Connection;

use crate::documents::DocumentRow;
use crate::error::StoreError;
use crate::facts::Fact;
use crate::projection::Projection;
use crate::{Store, changes, configuration, documents, facts, households, merged};

impl Store {
    /// Computes every projection again from the changes and the configuration.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.transaction(|store, db| project_all(db, store.configuration.as_ref()))
    }

    /// Takes a configuration with the mark of its signed text; projections follow if it changes what they are computed
    /// from.
    pub fn configure(&mut self, new: Configuration, mark: &[u8]) -> Result<(), StoreError> {
        let old = self.configuration.as_ref();
        let same = old.is_some_and(|old| {
            old.reviews == new.reviews
                && old.units == new.units
                && old.b1_tables == new.b1_tables
                && old.recognised == new.recognised
                && old.seals == new.seals
        });
        self.transaction(|_, db| {
            configuration::write(db, &new)?;
            facts::set(db, Fact::ConfigurationMark, mark)?;
            if same { Ok(()) } else { project_all(db, Some(&new)) }
        })?;
        self.configuration = Some(new);
        Ok(())
    }

    /// Writes the projection of one document. Merged records are settled by whoever ends the transaction.
    pub(crate) fn project(
        &self,
        db: &Connection,
        document: &Document,
        scope: UnitId,
    ) -> Result<(), StoreError> {
        project(db, document, scope, self.configuration.as_ref())
    }

    /// Reads the document again and writes its projection; it may be gone.
    pub(crate) fn project_again(&self, db: &Connection, id: DocumentId) -> Result<(), StoreError> {
        match documents::find(db, id)? {
            Some(row) => project_stored(db, &row, self.configuration.as_ref()),
            None => households::remove(db, id),
        }
    }
}

/// Projects a document from its stored changes. One that left is not shown.
fn project_stored(
    db: &Connection,
    row: &DocumentRow,
    configuration: Option<&Configuration>,
) -> Result<(), StoreError> {
    if row.departed {
        return households::remove(db, row.id);
    }
    match changes::document(db, row.id, row.kind) {
        Ok(Some(document)) => project(db, &document, row.scope, configuration),
        Ok(None) => households::remove(db, row.id),
        Err(error) => Err(error),
    }
}

fn project(
    db: &Connection,
    document: &Document,
    scope: UnitId,
    configuration: Option<&Configuration>,
) -> Result<(), StoreError> {
    match document.kind() {
        Kind::Household => {
            households::write(db, document.id(), &Projection::of(document, scope, configuration))
        }
        Kind::Programme | Kind::Meeting => Ok(()),
    }
}

pub(crate) fn project_all(db: &Connection, configuration: Option<&Configuration>) -> Result<(), StoreError> {
    households::clear(db)?;
    documents::all(db)?.iter().try_for_each(|row| project_stored(db, row, configuration))?;
    merged::settle(db)
}
