//! What an incoming change writes, read before it is let into the document: the ground of the gate's permission and
//! value checks.
//!
//! **Invariant:** a change is judged by what it has seen, whatever else has arrived: a map that it works in and an
//! operation that it supersedes are those of changes that it descends from.

use std::collections::HashMap;

use automerge::Change;
use domain::field::Field;
use domain::scalar::Scalar;

use crate::change::{RawChange, parse};
use crate::document::{Applied, Document};
use crate::error::RecordError;
use crate::heads::Hash;
use crate::lineage::Lineage;
use crate::op::Map;
use crate::past::{Deeds, Past};

/// A document whose incoming changes are read one after the other; what was read is not read again for the next.
#[derive(Clone)]
pub struct Reader {
    document: Document,
    past: Past,
    /// The changes of `past`, in the order of their arrival.
    order: Vec<Hash>,
}

/// A change that fits into the document and is not in it yet.
pub struct Reading {
    change: Change,
    deeds: Deeds,
}

impl Reading {
    /// The change.
    pub fn raw(&self) -> RawChange {
        RawChange::of(&self.change)
    }

    /// The fields that it writes, with their values, in the order of its operations. Skeletons and fixed changes write
    /// none.
    pub fn touched(&self) -> Vec<(Field, Scalar)> {
        self.deeds.writings.iter().map(|writing| (writing.field.clone(), writing.value.clone())).collect()
    }
}

impl Reader {
    /// Reads what is in the document.
    pub fn new(document: Document) -> Self {
        let changes = document.lineage.changes();
        let past = Past::read(document.kind(), document.id(), changes);
        let order = changes.iter().map(|change| change.hash().0).collect();
        Self { document, past, order }
    }

    /// The document with every change that was taken.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The document with every change that was taken.
    pub fn into_document(self) -> Document {
        self.document
    }

    /// Reads a change that is not in the document; nothing is applied.
    ///
    /// Decoding may panic on an operation that Automerge does not know: the gate calls this under `catch_unwind`.
    ///
    /// # Errors
    /// `Damaged`, `Compressed`, `Foreign`, `MissingDeps`, `Equivocation`, `Sequence`, `StartOp` as [`Document::apply`];
    /// `UnknownPath` for a path, an operation or a container that documents of this kind do not have, deletions included;
    /// `WrongValue` for a value of another type; `Predecessor` for an operation that supersedes what it has not seen or
    /// what is not the same field.
    pub fn read(&mut self, raw: &[u8]) -> Result<Reading, RecordError> {
        let change = parse(raw)?;
        self.document.lineage.check(&change)?;
        let deeds = self.past.decode(&change);
        if let Some(fault) = &deeds.fault {
            return Err(fault.clone());
        }
        let mut sight = Sight { lineage: &self.document.lineage, change: &change, seen: HashMap::new() };
        self.check_maps(&mut sight, &deeds)?;
        self.check_superseded(&mut sight, &deeds)?;
        Ok(Reading { change, deeds })
    }

    /// Takes a change that was read from this document as it is.
    ///
    /// # Errors
    /// `Merge` and the errors of [`Document::apply`]; the document is as it was.
    pub fn take(&mut self, reading: Reading) -> Result<(), RecordError> {
        let Reading { change, deeds } = reading;
        let hash = change.hash().0;
        match self.document.admit(change)? {
            Applied::New => {
                self.past.keep(deeds);
                self.order.push(hash);
                Ok(())
            }
            Applied::Already => Ok(()),
            Applied::MissingDeps => Err(RecordError::MissingDeps),
        }
    }

    fn check_maps(&self, sight: &mut Sight<'_>, deeds: &Deeds) -> Result<(), RecordError> {
        let own = sight.change.hash().0;
        for map in &deeds.within {
            let maker = match map {
                Map::Root => continue,
                Map::Made(_) => self.past.maker(map).ok_or(RecordError::UnknownPath)?,
            };
            if maker != own && !sight.has_seen(&maker) {
                return Err(RecordError::UnknownPath);
            }
        }
        Ok(())
    }

    fn check_superseded(&self, sight: &mut Sight<'_>, deeds: &Deeds) -> Result<(), RecordError> {
        for writing in &deeds.writings {
            for op in &writing.over {
                let (at, over) = self.past.find(op).ok_or(RecordError::Predecessor)?;
                let fits = over.field == writing.field && over.op < writing.op;
                if !fits || !sight.has_seen(&self.order[at.change]) {
                    return Err(RecordError::Predecessor);
                }
            }
        }
        Ok(())
    }
}

/// What a change has seen; each question is asked of the graph once.
struct Sight<'a> {
    lineage: &'a Lineage,
    change: &'a Change,
    seen: HashMap<Hash, bool>,
}

impl Sight<'_> {
    fn has_seen(&mut self, hash: &Hash) -> bool {
        let (lineage, change) = (self.lineage, self.change);
        *self.seen.entry(*hash).or_insert_with(|| {
            let deps: Vec<Hash> = change.deps().iter().map(|dep| dep.0).collect();
            lineage.descends(&deps, hash)
        })
    }
}
