//! `scopes`, `documents`, `changes`, `batches` and `quarantine`, read; and the transaction that writes them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::id::{ActorId, DocumentId, EnrolmentId, UnitId};
use postgres::Row;
use records::Hash;
use sync::batch::{Signed, SignedBatch};
use sync::pull::{Entry, ScopeState};
use sync::scope::Digest;

use super::cell::{bytes, cell, count, some_bytes};
use super::documents;
use super::ledger::OpenLedger;
use super::{Postgres, session_of};
use crate::database::entry::{EntryRow, Mark, Opener};
use crate::database::log::{Claim, HeldBack, Log, Logged, Placed, Stored, Weighed, Work};
use crate::database::value::signed;
use crate::database::{DatabaseError, Outcome};

/// The entries of a scope ($1) with $2 < sequence ≤ $3, at most so many ($4).
const ROWS: &str = "SELECT seq, entry, document, kind, hash, actor, actor_seq, proposal, batch, body,
        (SELECT max(later.entry) FROM changes later WHERE later.document = changes.document
         AND later.scope = $1 AND later.entry IN (1, 3) AND later.seq > changes.seq AND later.seq <= $3)
    FROM changes JOIN documents ON documents.id = changes.document
    WHERE changes.scope = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4";

impl Log for Postgres {
    fn write(&self, now: i64, claims: &[Claim], work: Work<'_>) -> Outcome<()> {
        let mut wanted: BTreeSet<UnitId> = claims.iter().map(|claim| claim.scope).collect();
        Postgres::write(self, |session| {
            let mut ledger = OpenLedger::begin(session, &self.keys, now, claims, &mut wanted)?;
            work(&mut ledger)?;
            ledger.finish()
        })
    }

    fn heads(&self, scopes: &[UnitId]) -> Outcome<Vec<ScopeState>> {
        let units: Vec<&[u8]> = scopes.iter().map(|unit| unit.bytes().as_slice()).collect();
        let sql = "SELECT unit, head, digest, changes FROM scopes JOIN unnest($1::bytea[]) WITH ORDINALITY
                   AS asked (wanted, at) ON unit = wanted ORDER BY at";
        let rows = session_of(&self.town)?.rows(sql, &[&units])?;
        let state = |row: &Row| -> Outcome<ScopeState> {
            let digest = Digest { sum: bytes(row, 2)?, count: count(row, 3)? };
            Ok(ScopeState { unit: UnitId::new(bytes(row, 0)?), head: count(row, 1)?, digest })
        };
        rows.iter().map(state).collect()
    }

    fn entries(&self, scope: UnitId, after: u64, upto: u64, limit: usize) -> Outcome<Vec<Entry>> {
        self.opened(scope, after, upto, limit, |opener, row| opener.entry(scope, row))
    }

    fn batch(&self, id: &Hash) -> Outcome<Option<SignedBatch>> {
        let sql = "SELECT header, signature FROM batches WHERE id = $1";
        let row = session_of(&self.town)?.row(sql, &[&id.as_slice()])?;
        row.map(|row| Ok(SignedBatch(Signed { bytes: cell(&row, 0)?, signature: bytes(&row, 1)? })))
            .transpose()
    }

    fn logged(&self, document: DocumentId) -> Outcome<Option<Logged>> {
        session_of(&self.town)?.moment(|session| {
            let one = BTreeSet::from([document]);
            let Some(placed) = documents::placed(session, &one)?.remove(&document) else { return Ok(None) };
            let changes =
                documents::changes(session, &self.keys, &one)?.remove(&document).unwrap_or_default();
            let last_at = changes.iter().map(|(_, at)| *at).max().unwrap_or(0);
            Ok(Some(Logged { placed, changes: changes.into_iter().map(|(body, _)| body).collect(), last_at }))
        })
    }

    fn touched(&self, scope: UnitId, after: u64, upto: u64) -> Outcome<Vec<DocumentId>> {
        let sql = "SELECT DISTINCT document FROM changes WHERE scope = $1 AND seq > $2 AND seq <= $3";
        let bounds = (signed(after)?, signed(upto)?);
        let rows = session_of(&self.town)?.rows(sql, &[&scope.bytes().as_slice(), &bounds.0, &bounds.1])?;
        rows.iter().map(|row| bytes(row, 0).map(DocumentId::new)).collect()
    }

    fn stored(&self, scope: UnitId, after: u64, limit: usize) -> Outcome<Vec<Stored>> {
        self.opened(scope, after, i64::MAX as u64, limit, |opener, row| opener.stored(row))
    }

    fn documents(&self) -> Outcome<Vec<DocumentId>> {
        let rows = session_of(&self.town)?.rows("SELECT id FROM documents ORDER BY id", &[])?;
        rows.iter().map(|row| bytes(row, 0).map(DocumentId::new)).collect()
    }

    fn placed(&self, document: DocumentId) -> Outcome<Option<Placed>> {
        let one = BTreeSet::from([document]);
        Ok(documents::placed(&mut *session_of(&self.town)?, &one)?.remove(&document))
    }

    fn former(&self, document: DocumentId) -> Outcome<Vec<UnitId>> {
        documents::former(&mut *session_of(&self.town)?, document)
    }

    fn condemn(&self, document: DocumentId, now: i64) -> Outcome<()> {
        self.keys.condemn(document, now)
    }

    fn condemned(&self) -> Outcome<Vec<DocumentId>> {
        self.keys.condemned()
    }

    fn destroy_key(&self, document: DocumentId) -> Outcome<()> {
        self.keys.destroy(document)
    }

    fn scrub(&self) -> Outcome<()> {
        // rewrites the tables, since a deleted row stays in its page; the cluster's own journal is the cluster's
        session_of(&self.keys.0)?.batch("VACUUM FULL keys")?;
        let mut session = session_of(&self.town)?;
        ["VACUUM FULL views.views", "VACUUM changes", "VACUUM photos"]
            .iter()
            .try_for_each(|sql| session.batch(sql))
    }

    fn weighed(&self, document: DocumentId) -> Outcome<Vec<Weighed>> {
        let sql = "SELECT changes.scope, changes.seq, changes.hash, changes.proposal, acceptances.hash IS NOT NULL, enrolment,
                          changes.body, changes.arrived_at
                   FROM changes LEFT JOIN batches ON batches.id = changes.batch
                        LEFT JOIN acceptances ON acceptances.document = changes.document AND acceptances.hash = changes.hash
                   WHERE changes.document = $1 AND changes.entry = 0 AND changes.body IS NOT NULL ORDER BY changes.place";
        let rows = session_of(&self.town)?.rows(sql, &[&document.bytes().as_slice()])?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.keys.key(document)?;
        let weighed = |row: &Row| -> Outcome<Weighed> {
            let hash = bytes(row, 2)?;
            Ok(Weighed {
                scope: UnitId::new(bytes(row, 0)?),
                seq: count(row, 1)?,
                hash,
                proposal: cell(row, 3)?,
                accepted: cell(row, 4)?,
                enrolment: some_bytes(row, 5)?.map(EnrolmentId::new),
                bytes: key.open(document, &hash, cell(row, 6)?)?,
                at: cell(row, 7)?,
            })
        };
        rows.iter().map(weighed).collect()
    }

    fn proposed(&self) -> Outcome<Vec<DocumentId>> {
        let sql = "SELECT DISTINCT document FROM changes WHERE entry = 0 AND proposal AND body IS NOT NULL AND NOT EXISTS
                       (SELECT 1 FROM acceptances WHERE acceptances.document = changes.document
                        AND acceptances.hash = changes.hash) ORDER BY document";
        let rows = session_of(&self.town)?.rows(sql, &[])?;
        rows.iter().map(|row| bytes(row, 0).map(DocumentId::new)).collect()
    }

    fn held(&self, limit: usize) -> Outcome<Vec<HeldBack>> {
        let sql = "SELECT document, hash, quarantine.enrolment, code, body, quarantine.arrived_at, header, signature
                   FROM quarantine JOIN batches ON batches.id = quarantine.batch WHERE settlement IS NULL
                   ORDER BY quarantine.arrived_at DESC, hash LIMIT $1";
        self.held_back(&session_of(&self.town)?.rows(sql, &[&signed(limit as u64)?])?)
    }

    fn held_of(&self, document: DocumentId) -> Outcome<Vec<HeldBack>> {
        let sql = "SELECT document, hash, quarantine.enrolment, code, body, quarantine.arrived_at, header, signature
                   FROM quarantine JOIN batches ON batches.id = quarantine.batch
                   WHERE settlement IS NULL AND document = $1";
        self.held_back(&session_of(&self.town)?.rows(sql, &[&document.bytes().as_slice()])?)
    }

    fn quarantined(&self) -> Outcome<u64> {
        let row =
            session_of(&self.town)?.row("SELECT count(*) FROM quarantine WHERE settlement IS NULL", &[])?;
        row.map_or(Ok(0), |row| count(&row, 0))
    }
}

impl Postgres {
    /// Refused changes, opened; the key store is asked once.
    fn held_back(&self, rows: &[Row]) -> Outcome<Vec<HeldBack>> {
        let documents = rows.iter().map(|row| bytes(row, 0).map(DocumentId::new)).collect::<Outcome<_>>()?;
        let keys = self.keys.keys(&documents)?;
        let open = |row: &Row| -> Outcome<HeldBack> {
            let (document, hash) = (DocumentId::new(bytes(row, 0)?), bytes(row, 1)?);
            let key = keys.get(&document).ok_or(DatabaseError::KeyMissing)?;
            Ok(HeldBack {
                document,
                hash,
                batch: SignedBatch(Signed { bytes: cell(row, 6)?, signature: bytes(row, 7)? }),
                enrolment: EnrolmentId::new(bytes(row, 2)?),
                code: cell(row, 3)?,
                bytes: key.open(document, &hash, cell(row, 4)?)?,
                at: cell(row, 5)?,
            })
        };
        rows.iter().map(open).collect()
    }

    /// Rows of a scope's log, opened; the key store is asked once.
    fn opened<T>(
        &self,
        scope: UnitId,
        after: u64,
        upto: u64,
        limit: usize,
        open: impl Fn(&mut Opener<'_>, EntryRow) -> Outcome<T>,
    ) -> Outcome<Vec<T>> {
        let (after, upto, limit) = (signed(after)?, signed(upto)?, signed(limit as u64)?);
        let unit = scope.bytes().as_slice();
        let rows = session_of(&self.town)?.rows(ROWS, &[&unit, &after, &upto, &limit])?;
        let rows = rows.iter().map(entry).collect::<Outcome<Vec<EntryRow>>>()?;
        let keys = self.keys.keys(&rows.iter().map(|row| row.document).collect())?;
        let keys = RefCell::new(keys);
        let key_of = |id| keys.borrow_mut().remove(&id).ok_or(DatabaseError::KeyMissing);
        let mut opener = Opener::new(&key_of);
        rows.into_iter().map(|row| open(&mut opener, row)).collect()
    }
}

fn entry(row: &Row) -> Outcome<EntryRow> {
    let kind: i16 = cell(row, 3)?;
    Ok(EntryRow {
        seq: cell(row, 0)?,
        mark: Mark::of(cell(row, 1)?)?,
        gone: cell::<Option<i16>>(row, 10)?.map(Mark::of).transpose()?,
        document: DocumentId::new(bytes(row, 2)?),
        doc_kind: u8::try_from(kind).map_err(|_| DatabaseError::Damaged(format!("kind {kind}")))?,
        hash: some_bytes(row, 4)?,
        actor: some_bytes(row, 5)?.map(ActorId::new),
        actor_seq: cell(row, 6)?,
        proposal: cell(row, 7)?,
        batch: some_bytes(row, 8)?,
        body: cell(row, 9)?,
    })
}
