//! Holds everything that the server keeps against itself: each change against its hash, its row and its batch, each log
//! against its head and digest, each document against the rules, each view against a rebuild.
//!
//! **Invariant:** nothing is written; what is damaged is located and never hidden, and one damage hides no other.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{DocumentId, UnitId};
use records::Hash;
use serde::Serialize;
use sync::gate::preparse;
use sync::scope::Digest;

use crate::api::v1::push::load;
use crate::app::App;
use crate::database::log::{Mark, Stored};
use crate::fault::Fault;
use crate::limits::ENTRIES_AT_A_TIME;
use crate::projection;

/// What was held against itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Nothing is damaged.
    pub sound: bool,
    /// Logs that have entries.
    pub scopes: u64,
    /// Entries.
    pub entries: u64,
    /// Documents.
    pub documents: u64,
    /// Views that hold what the log says.
    pub views: u64,
    /// What is damaged, in the order in which it was found.
    pub damages: Vec<Damage>,
}

/// A damage and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// What is wrong.
    pub code: DamageCode,
    /// The scope, if it is in a log.
    pub scope: Option<UnitId>,
    /// The sequence, if it is one entry.
    pub seq: Option<u64>,
    /// The document, if it is about one.
    pub document: Option<DocumentId>,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DamageCode {
    /// The log is not 1, 2, 3 …; `seq` is the first that is not there.
    Hole,
    /// The body cannot be decrypted, or there is none.
    Body,
    /// The body is no well-formed change, or not the one that its hash names.
    Hash,
    /// The row says another author or number than the change.
    Row,
    /// The batch is not there, or does not name the change.
    Batch,
    /// The scope's head is not its last entry.
    Head,
    /// The scope's digest is not that of its changes.
    Digest,
    /// The document's changes do not make a document.
    Document,
    /// The view is not what the log makes.
    View,
    /// Something is left of a document that was purged.
    Purged,
}

/// Verifies everything.
///
/// # Errors
/// The database cannot be read at all.
pub fn verify(app: &App) -> Result<Verified, Fault> {
    let mut verified = Verified::default();
    let (applied, mut behind) = (app.database.applied()?, BTreeSet::new());
    for head in app.database.heads(&app.town.scopes())? {
        let after = applied.get(&head.unit).copied().unwrap_or(0);
        if after < head.head {
            behind.extend(app.database.touched(head.unit, after, head.head)?);
        }
        verified.scopes += u64::from(head.head > 0);
        verified.log(app, head.unit, head.head, head.digest)?;
    }
    for document in app.database.documents()? {
        verified.documents += 1;
        verified.document(app, document, behind.contains(&document))?;
    }
    verified.sound = verified.damages.is_empty();
    Ok(verified)
}

impl Verified {
    fn damage(
        &mut self,
        code: DamageCode,
        scope: Option<UnitId>,
        seq: Option<u64>,
        document: Option<DocumentId>,
    ) {
        self.damages.push(Damage { code, scope, seq, document });
    }

    fn log(&mut self, app: &App, scope: UnitId, head: u64, digest: Digest) -> Result<(), Fault> {
        let (mut last, mut holds) = (0, Holds::new());
        loop {
            let rows = app.database.stored(scope, last, ENTRIES_AT_A_TIME)?;
            let Some(end) = rows.last() else { break };
            let end = end.seq;
            for row in &rows {
                if row.seq != last + 1 {
                    self.damage(DamageCode::Hole, Some(scope), Some(last + 1), None);
                }
                last = row.seq;
                self.entries += 1;
                hold(&mut holds, row);
                if let Some(code) = damaged(app, row)? {
                    self.damage(code, Some(scope), Some(row.seq), Some(row.document));
                }
            }
            last = end;
        }
        if last != head {
            self.damage(DamageCode::Head, Some(scope), Some(head), None);
        }
        if Digest::of(holds.values().flatten()) != digest {
            self.damage(DamageCode::Digest, Some(scope), None, None);
        }
        Ok(())
    }

    /// A document of which a change is damaged cannot be read: that is said of the change, and of the document. Of one that
    /// was purged nothing is left. A view that is behind its log, after a loss of power, is brought up to date before
    /// anybody reads it.
    fn document(&mut self, app: &App, id: DocumentId, behind: bool) -> Result<(), Fault> {
        let logged = app.database.logged(id).ok().flatten();
        if logged.as_ref().is_some_and(|it| it.placed.purged) {
            let left = logged.is_some_and(|it| !it.changes.is_empty());
            if left || app.database.view(id)?.is_some() {
                self.damage(DamageCode::Purged, None, None, Some(id));
            }
            return Ok(());
        }
        let Some(logged) = logged.filter(|it| load(it.placed.kind, id, &it.changes).is_ok()) else {
            self.damage(DamageCode::Document, None, None, Some(id));
            return Ok(());
        };
        let known = app.database.view(id)?;
        let told = projection::view(&app.town, id, &logged).ok();
        // whether it gives way to another record is settled between all views, and compared by a rebuild
        let same = |known: &crate::database::views::View| {
            told.as_ref().is_some_and(|told| {
                let merged = known.merged;
                *known == crate::database::views::View { merged, ..told.clone() }
            })
        };
        if known.as_ref().is_some_and(same) {
            self.views += 1;
        } else if !behind {
            self.damage(DamageCode::View, None, None, Some(id));
        }
        Ok(())
    }
}

/// The changes that a log holds, by document.
type Holds = BTreeMap<DocumentId, Vec<Hash>>;

fn hold(holds: &mut Holds, row: &Stored) {
    match row.mark {
        Mark::Change | Mark::Carried => holds.entry(row.document).or_default().extend(row.hash),
        Mark::Left | Mark::Purged => drop(holds.remove(&row.document)),
        Mark::Entered => {}
    }
}

fn damaged(app: &App, row: &Stored) -> Result<Option<DamageCode>, Fault> {
    let Ok(body) = &row.body else { return Ok(Some(DamageCode::Body)) };
    let Some(body) = body else { return Ok(None) };
    let Some(outline) = preparse(body).ok().filter(|outline| Some(outline.hash) == row.hash) else {
        return Ok(Some(DamageCode::Hash));
    };
    if row.actor != Some(outline.actor) || row.actor_seq != Some(outline.seq) {
        return Ok(Some(DamageCode::Row));
    }
    let named = names(app, row.batch, row.document, &outline.hash)?;
    Ok((!named).then_some(DamageCode::Batch))
}

fn names(app: &App, batch: Option<Hash>, document: DocumentId, hash: &Hash) -> Result<bool, Fault> {
    let Some(id) = batch else { return Ok(false) };
    let Some(batch) = app.database.batch(&id)? else { return Ok(false) };
    let header = batch.header().ok().filter(|_| batch.id() == id);
    Ok(header.is_some_and(|header| header.placement(document, hash).is_some()))
}
