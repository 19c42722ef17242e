//! `scopes`, `documents`, `changes`, `batches` and `quarantine`, read; and the transaction that writes them.

use std::cell::RefCell;

use domain::id::{ActorId, DocumentId, EnrolmentId, UnitId};
use records::Hash;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sync::batch::{Signed, SignedBatch};
use sync::live::News;
use sync::pull::{Entry, ScopeState};
use sync::scope::Digest;

use super::keys::KeyStore;
use super::ledger::{self, OpenLedger};
use super::{Sqlite, empty_wal, lock};
use crate::database::Outcome;
use crate::database::entry::{EntryRow, Mark, Opener};
use crate::database::live::{Notice, tell};
use crate::database::log::{Claim, HeldBack, Log, Logged, Placed, Stored, Weighed, Work};
use crate::database::value::{signed, unsigned};

impl Log for Sqlite {
    /// Writers wait for each other on the whole file, so nothing needs to be said of what is claimed.
    fn write(&self, now: i64, _claims: &[Claim], work: Work<'_>) -> Outcome<()> {
        let (keys, moved) = (&self.keys, RefCell::default());
        Sqlite::write(self, |transaction| work(&mut OpenLedger { transaction, keys, now, moved: &moved }))?;
        let news = moved.into_inner().into_iter().map(|(scope, head)| News::Head(scope, head));
        news.for_each(|news| tell(&self.teller, Notice::News(news)));
        Ok(())
    }

    fn heads(&self, scopes: &[UnitId]) -> Outcome<Vec<ScopeState>> {
        self.read(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            let mut query =
                snapshot.prepare_cached("SELECT head, digest, changes FROM scopes WHERE unit = ?")?;
            let mut found = Vec::new();
            for unit in scopes {
                let row = query.query_row([unit.bytes()], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 16]>(1)?, row.get::<_, i64>(2)?))
                });
                let Some((head, sum, count)) = row.optional()? else { continue };
                let digest = Digest { sum, count: unsigned(count)? };
                found.push(ScopeState { unit: *unit, head: unsigned(head)?, digest });
            }
            Ok(found)
        })
    }

    fn entries(&self, scope: UnitId, after: u64, upto: u64, limit: usize) -> Outcome<Vec<Entry>> {
        self.read(|connection| {
            let key_of = |document| self.keys.key(document);
            let mut opener = Opener::new(&key_of);
            let rows = rows(connection, scope, after, signed(upto)?, limit)?;
            rows.into_iter().map(|row| opener.entry(scope, row)).collect()
        })
    }

    fn batch(&self, id: &Hash) -> Outcome<Option<SignedBatch>> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT header, signature FROM batches WHERE id = ?")?;
            let row = query.query_row([id], |row| Ok(Signed { bytes: row.get(0)?, signature: row.get(1)? }));
            Ok(row.optional()?.map(SignedBatch))
        })
    }

    fn logged(&self, document: DocumentId) -> Outcome<Option<Logged>> {
        self.read(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            let Some(placed) = ledger::placed(&snapshot, document)? else { return Ok(None) };
            let (changes, last_at) = ledger::changes(&snapshot, &self.keys, document)?;
            Ok(Some(Logged { placed, changes, last_at }))
        })
    }

    fn touched(&self, scope: UnitId, after: u64, upto: u64) -> Outcome<Vec<DocumentId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT DISTINCT document FROM changes WHERE scope = ? AND seq > ? AND seq <= ?",
            )?;
            let bounds = params![scope.bytes(), signed(after)?, signed(upto)?];
            let rows = query.query_map(bounds, |row| row.get(0).map(DocumentId::new))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn stored(&self, scope: UnitId, after: u64, limit: usize) -> Outcome<Vec<Stored>> {
        self.read(|connection| {
            let key_of = |document| self.keys.key(document);
            let mut opener = Opener::new(&key_of);
            let rows = rows(connection, scope, after, i64::MAX, limit)?;
            rows.into_iter().map(|row| opener.stored(row)).collect()
        })
    }

    fn documents(&self) -> Outcome<Vec<DocumentId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT id FROM documents ORDER BY id")?;
            let rows = query.query_map([], |row| row.get(0).map(DocumentId::new))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn placed(&self, document: DocumentId) -> Outcome<Option<Placed>> {
        self.read(|connection| ledger::placed(connection, document))
    }

    fn former(&self, document: DocumentId) -> Outcome<Vec<UnitId>> {
        self.read(|connection| ledger::former(connection, document))
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
        // what is deleted is overwritten (`secure_delete`); what the write-ahead log still has goes with it
        empty_wal(&lock(&self.writer))?;
        empty_wal(&lock(&self.views))?;
        self.keys.scrub()
    }

    fn weighed(&self, document: DocumentId) -> Outcome<Vec<Weighed>> {
        self.read(|connection| {
            let sql = "SELECT changes.scope, changes.seq, changes.hash, changes.proposal, acceptances.hash IS NOT NULL, enrolment,
                          changes.body, changes.arrived_at
                   FROM changes LEFT JOIN batches ON batches.id = changes.batch
                        LEFT JOIN acceptances ON acceptances.document = changes.document AND acceptances.hash = changes.hash
                   WHERE changes.document = ? AND changes.entry = 0 AND changes.body IS NOT NULL ORDER BY changes.rowid";
            let mut query = connection.prepare_cached(sql)?;
            let mut rows = query.query([document.bytes()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let hash = row.get(2)?;
                let body = self.keys.key(document)?.open(document, &hash, &row.get::<_, Vec<u8>>(6)?)?;
                found.push(Weighed {
                    scope: UnitId::new(row.get(0)?),
                    seq: unsigned(row.get(1)?)?,
                    hash,
                    proposal: row.get(3)?,
                    accepted: row.get(4)?,
                    enrolment: row.get::<_, Option<[u8; 16]>>(5)?.map(EnrolmentId::new),
                    bytes: body,
                    at: row.get(7)?,
                });
            }
            Ok(found)
        })
    }

    fn proposed(&self) -> Outcome<Vec<DocumentId>> {
        self.read(|connection| {
            let sql = "SELECT DISTINCT document FROM changes WHERE entry = 0 AND proposal = 1 AND body IS NOT NULL AND NOT EXISTS
                       (SELECT 1 FROM acceptances WHERE acceptances.document = changes.document
                        AND acceptances.hash = changes.hash) ORDER BY document";
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([], |row| row.get(0).map(DocumentId::new))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn held(&self, limit: usize) -> Outcome<Vec<HeldBack>> {
        let sql = format!("{HELD} ORDER BY quarantine.arrived_at DESC, hash LIMIT ?");
        self.read(|connection| held(connection, &self.keys, &sql, params![signed(limit as u64)?]))
    }

    fn held_of(&self, document: DocumentId) -> Outcome<Vec<HeldBack>> {
        let sql = format!("{HELD} AND document = ?");
        self.read(|connection| held(connection, &self.keys, &sql, params![document.bytes()]))
    }

    fn quarantined(&self) -> Outcome<u64> {
        self.read(|connection: &Connection| {
            unsigned(connection.query_row(
                "SELECT count(*) FROM quarantine WHERE settlement IS NULL",
                [],
                |row| row.get(0),
            )?)
        })
    }
}

/// The start of every query that reads refused changes with [`held`].
const HELD: &str =
    "SELECT document, hash, quarantine.enrolment, code, body, quarantine.arrived_at, header, signature
    FROM quarantine JOIN batches ON batches.id = quarantine.batch WHERE settlement IS NULL";

fn held(
    connection: &Connection,
    keys: &KeyStore,
    sql: &str,
    params: &[&dyn rusqlite::ToSql],
) -> Outcome<Vec<HeldBack>> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (document, hash) = (DocumentId::new(row.get(0)?), row.get(1)?);
        let bytes = keys.key(document)?.open(document, &hash, &row.get::<_, Vec<u8>>(4)?)?;
        found.push(HeldBack {
            document,
            hash,
            batch: SignedBatch(Signed { bytes: row.get(6)?, signature: row.get(7)? }),
            enrolment: EnrolmentId::new(row.get(2)?),
            code: row.get(3)?,
            bytes,
            at: row.get(5)?,
        });
    }
    Ok(found)
}

/// The columns of [`row`] for the entries of a scope (1) with 2 < sequence ≤ 3, at most so many (4).
const ROWS: &str = "SELECT seq, entry, document, kind, hash, actor, actor_seq, proposal, batch, body,
        (SELECT max(later.entry) FROM changes later WHERE later.document = changes.document
         AND later.scope = ?1 AND later.entry IN (1, 3) AND later.seq > changes.seq AND later.seq <= ?3)
    FROM changes JOIN documents ON documents.id = changes.document
    WHERE changes.scope = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";

fn rows(
    connection: &Connection,
    scope: UnitId,
    after: u64,
    upto: i64,
    limit: usize,
) -> Outcome<Vec<EntryRow>> {
    let mut query = connection.prepare_cached(ROWS)?;
    let mut found = query.query(params![scope.bytes(), signed(after)?, upto, signed(limit as u64)?])?;
    let mut rows = Vec::new();
    while let Some(next) = found.next()? {
        rows.push(row(next)?);
    }
    Ok(rows)
}

fn row(row: &Row<'_>) -> Outcome<EntryRow> {
    Ok(EntryRow {
        seq: row.get(0)?,
        mark: Mark::of(row.get(1)?)?,
        gone: row.get::<_, Option<i16>>(10)?.map(Mark::of).transpose()?,
        document: DocumentId::new(row.get(2)?),
        doc_kind: row.get(3)?,
        hash: row.get(4)?,
        actor: row.get::<_, Option<[u8; 16]>>(5)?.map(ActorId::new),
        actor_seq: row.get(6)?,
        proposal: row.get(7)?,
        batch: row.get(8)?,
        body: row.get(9)?,
    })
}
