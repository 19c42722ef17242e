//! What a document says at one moment, read once for everything that is asked of it: reading costs more than the questions.

use domain::household::Household;
use domain::meeting::Meeting;
use domain::programme::Programme;

use crate::conflict::{Conflict, conflicts};
use crate::current::Current;
use crate::document::Document;
use crate::read;

/// A document as it says now.
pub struct Snapshot<'a> {
    document: &'a Document,
    current: Current,
}

impl Document {
    /// Reads what the document says now.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot { document: self, current: Current::read(self.kind(), &self.merged) }
    }

    /// [`Snapshot::household`], where nothing else is asked.
    pub fn household(&self) -> Household {
        self.snapshot().household()
    }

    /// [`Snapshot::meeting`], where nothing else is asked.
    pub fn meeting(&self) -> Meeting {
        self.snapshot().meeting()
    }

    /// [`Snapshot::programme`], where nothing else is asked.
    pub fn programme(&self) -> Programme {
        self.snapshot().programme()
    }

    /// [`Snapshot::conflicts`], where nothing else is asked.
    pub fn conflicts(&self) -> Vec<Conflict> {
        self.snapshot().conflicts()
    }
}

impl Snapshot<'_> {
    /// The household. Of contradicting values it holds the winner.
    pub fn household(&self) -> Household {
        read::household(self.document.id(), &self.current)
    }

    /// The meeting. Of contradicting values it holds the winner.
    pub fn meeting(&self) -> Meeting {
        read::meeting(self.document.id(), &self.current)
    }

    /// The programme. Of contradicting values it holds the winner.
    pub fn programme(&self) -> Programme {
        read::programme(self.document.id(), &self.current)
    }

    /// The fields that need a person, by field. To settle one, save the chosen value together with a choice for the
    /// field (its `field` key holds the path), in one save.
    pub fn conflicts(&self) -> Vec<Conflict> {
        conflicts(self.document, &self.current)
    }
}
