//! `scopes`, `documents`, `changes`, `batches` and `quarantine`, read; and the transaction that writes them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::id::{ActorId, DocumentId, UnitId};
use postgres::Row;
use records::Hash;
use sync::batch::{Signed, SignedBatch};
use sync::pull::{Entry, ScopeState};
use sync::scope::Digest;

use super::cell::{bytes, cell, count, some_bytes};
use super::ledger::{self, OpenLedger};
use super::{Postgres, session_of};
use crate::database::entry::{EntryRow, Opener};
use crate::database::log::{Claim, Log, Logged, Stored, Work};
use crate::database::value::signed;
use crate::database::{DatabaseError, Outcome};

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
        let sql = "SELECT seq, entry, document, kind, hash, actor, actor_seq, proposal, batch, body
                   FROM changes JOIN documents ON documents.id = changes.document
                   WHERE changes.scope = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4";
        self.opened(sql, scope, after, upto, limit, |opener, row| opener.entry(scope, row))
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
            let Some(placed) = ledger::placed(session, &one)?.remove(&document) else { return Ok(None) };
            let changes = ledger::changes(session, &self.keys, &one)?.remove(&document).unwrap_or_default();
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
        let sql = "SELECT seq, entry, document, kind, hash, actor, actor_seq, proposal, batch, body
                   FROM changes JOIN documents ON documents.id = changes.document
                   WHERE changes.scope = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4";
        self.opened(sql, scope, after, i64::MAX as u64, limit, |opener, row| opener.stored(row))
    }

    fn documents(&self) -> Outcome<Vec<DocumentId>> {
        let rows = session_of(&self.town)?.rows("SELECT id FROM documents ORDER BY id", &[])?;
        rows.iter().map(|row| bytes(row, 0).map(DocumentId::new)).collect()
    }

    fn quarantined(&self) -> Outcome<u64> {
        let row = session_of(&self.town)?.row("SELECT count(*) FROM quarantine", &[])?;
        row.map_or(Ok(0), |row| count(&row, 0))
    }
}

impl Postgres {
    /// Rows of a scope's log, opened; the key store is asked once.
    fn opened<T>(
        &self,
        sql: &'static str,
        scope: UnitId,
        after: u64,
        upto: u64,
        limit: usize,
        open: impl Fn(&mut Opener<'_>, EntryRow) -> Outcome<T>,
    ) -> Outcome<Vec<T>> {
        let (after, upto, limit) = (signed(after)?, signed(upto)?, signed(limit as u64)?);
        let unit = scope.bytes().as_slice();
        let rows = session_of(&self.town)?.rows(sql, &[&unit, &after, &upto, &limit])?;
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
        entry: cell(row, 1)?,
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
