//! The log inside one write transaction. What is written waits in [`Pending`] until the end, or until it is asked for.
//!
//! **Invariant:** the scopes' rows are locked, in the order of their ids, before a document of theirs is read; a document
//! is only read, appended to or placed in a scope that is locked.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ActorId, DocumentId, EnrolmentId, UnitId};
use postgres::Row;
use records::{Hash, Kind};
use sync::live::News;
use sync::scope::Digest;

use super::cell::{bytes, cell, count};
use super::documents::{changes, former, placed};
use super::keys::KeyStore;
use super::pending::Pending;
use super::people;
use super::session::Session;
use crate::database::live::Notice;
use crate::database::log::{
    Claim, Ledger, Mark, NewBatch, NewChange, Placed, QUARANTINE_MAX, Quarantined, Settlement,
};
use crate::database::people::Enrolment;
use crate::database::value::{random, signed, unsigned};
use crate::database::{DatabaseError, Outcome};

/// Documents whose changes are read at a time.
const DOCUMENTS_AT_A_TIME: usize = 32;

/// A scope whose row is locked.
struct Counter {
    head: u64,
    digest: Digest,
    moved: bool,
}

/// The open transaction.
pub struct OpenLedger<'a> {
    session: &'a mut Session,
    keys: &'a KeyStore,
    now: i64,
    counters: BTreeMap<UnitId, Counter>,
    placed: BTreeMap<DocumentId, Placed>,
    fetched: BTreeMap<DocumentId, Vec<Vec<u8>>>,
    pending: Pending,
}

impl<'a> OpenLedger<'a> {
    /// Locks the scopes `wanted` and those of the claimed documents. A document that is in another scope than was thought
    /// adds that one to `wanted`, and the transaction is tried again.
    pub fn begin(
        session: &'a mut Session,
        keys: &'a KeyStore,
        now: i64,
        claims: &[Claim],
        wanted: &mut BTreeSet<UnitId>,
    ) -> Outcome<Self> {
        let counters = lock(session, wanted)?;
        let documents: BTreeSet<DocumentId> = claims.iter().map(|claim| claim.document).collect();
        let placed = placed(session, &documents)?;
        let elsewhere: Vec<UnitId> = placed
            .values()
            .map(|placed| placed.scope)
            .filter(|scope| !counters.contains_key(scope))
            .collect();
        if !elsewhere.is_empty() {
            wanted.extend(elsewhere);
            return session.yields("a document is in another scope");
        }
        let (fetched, pending) = (BTreeMap::new(), Pending::default());
        Ok(Self { session, keys, now, counters, placed, fetched, pending })
    }

    /// Puts everything down.
    pub fn finish(mut self) -> Outcome<()> {
        self.put_down()?;
        let moved: Vec<(&UnitId, &Counter)> = self.counters.iter().filter(|(_, it)| it.moved).collect();
        if moved.is_empty() {
            return Ok(());
        }
        let units: Vec<&[u8]> = moved.iter().map(|(unit, _)| unit.bytes().as_slice()).collect();
        let heads = moved.iter().map(|(_, it)| signed(it.head)).collect::<Outcome<Vec<i64>>>()?;
        let counts = moved.iter().map(|(_, it)| signed(it.digest.count)).collect::<Outcome<Vec<i64>>>()?;
        let sums: Vec<&[u8]> = moved.iter().map(|(_, it)| it.digest.sum.as_slice()).collect();
        self.session.run(
            "UPDATE scopes SET head = new.head, changes = new.changes, digest = new.digest
             FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[]) AS new (unit, head, changes, digest)
             WHERE scopes.unit = new.unit",
            &[&units, &heads, &counts, &sums],
        )?;
        let news = moved.iter().map(|(unit, counter)| Notice::News(News::Head(**unit, counter.head)));
        news.for_each(|news| self.session.tell(news));
        Ok(())
    }

    fn put_down(&mut self) -> Outcome<()> {
        self.pending.put_down(self.session, self.keys, self.now)
    }

    /// Reads the changes of a document, and of some that will be asked for next.
    fn fetch(&mut self, document: DocumentId) -> Outcome<()> {
        let after = self.placed.range(document..).filter(|(_, placed)| !placed.purged).map(|(id, _)| *id);
        let group: BTreeSet<DocumentId> = after.take(DOCUMENTS_AT_A_TIME).chain([document]).collect();
        for (id, changes) in changes(self.session, self.keys, &group)? {
            self.fetched.insert(id, changes.into_iter().map(|(body, _)| body).collect());
        }
        Ok(())
    }

    /// Takes the scope's next sequence, and lets its digest become what the entry makes of it.
    fn next(&mut self, scope: UnitId, digest: impl FnOnce(Digest) -> Digest) -> Outcome<i64> {
        let unclaimed = || DatabaseError::Failed("an entry of a scope that was not claimed".to_owned());
        let counter = self.counters.get_mut(&scope).ok_or_else(unclaimed)?;
        counter.head += 1;
        counter.digest = digest(counter.digest);
        counter.moved = true;
        signed(counter.head)
    }

    /// Appends an entry that is no change.
    fn mark(
        &mut self,
        scope: UnitId,
        document: DocumentId,
        mark: Mark,
        digest: impl FnOnce(Digest) -> Digest,
    ) -> Outcome<()> {
        let seq = self.next(scope, digest)?;
        let sql = "INSERT INTO changes (scope, seq, entry, document, arrived_at) VALUES ($1, $2, $3, $4, $5)";
        let (unit, id) = (scope.bytes().as_slice(), document.bytes().as_slice());
        self.session.run(sql, &[&unit, &seq, &mark.number(), &id, &self.now])?;
        Ok(())
    }

    /// The hashes of a document's changes in the log's order, each with the row that has its body.
    fn hashes(&mut self, document: DocumentId) -> Outcome<Vec<(Hash, i64)>> {
        let sql = "SELECT hash, place FROM changes WHERE document = $1 AND entry = 0 ORDER BY place";
        let rows = self.session.rows(sql, &[&document.bytes().as_slice()])?;
        rows.iter().map(|row| Ok((bytes(row, 0)?, cell(row, 1)?))).collect()
    }

    fn there(&mut self, document: DocumentId) -> Outcome<Placed> {
        let there = self.find(document)?;
        there.ok_or_else(|| DatabaseError::Failed("a document that is not there".to_owned()))
    }

    /// A document that was claimed is known to be there or not; another one is looked for.
    fn find(&mut self, document: DocumentId) -> Outcome<Option<Placed>> {
        if let Some(placed) = self.placed.get(&document) {
            return Ok(Some(*placed));
        }
        Ok(placed(self.session, &BTreeSet::from([document]))?.remove(&document))
    }
}

fn lock(session: &mut Session, scopes: &BTreeSet<UnitId>) -> Outcome<BTreeMap<UnitId, Counter>> {
    let units: Vec<&[u8]> = scopes.iter().map(|unit| unit.bytes().as_slice()).collect();
    let rows = session.rows(
        "SELECT unit, head, digest, changes FROM scopes WHERE unit = ANY ($1) ORDER BY unit FOR UPDATE",
        &[&units],
    )?;
    let counter = |row: &Row| -> Outcome<(UnitId, Counter)> {
        let digest = Digest { sum: bytes(row, 2)?, count: count(row, 3)? };
        Ok((UnitId::new(bytes(row, 0)?), Counter { head: count(row, 1)?, digest, moved: false }))
    };
    rows.iter().map(counter).collect()
}

impl Ledger for OpenLedger<'_> {
    fn version(&mut self) -> Outcome<u64> {
        let row = self.session.row("SELECT configuration_version FROM identity", &[])?;
        row.map_or(Ok(0), |row| count(&row, 0))
    }

    fn head(&mut self, scope: UnitId) -> Outcome<u64> {
        let unclaimed = || DatabaseError::Failed("the head of a scope that was not claimed".to_owned());
        self.counters.get(&scope).map(|counter| counter.head).ok_or_else(unclaimed)
    }

    fn placed(&mut self, document: DocumentId) -> Outcome<Option<Placed>> {
        self.find(document)
    }

    fn is_condemned(&mut self, document: DocumentId) -> Outcome<bool> {
        self.keys.is_condemned(document)
    }

    fn changes(&mut self, document: DocumentId) -> Outcome<Vec<Vec<u8>>> {
        self.put_down()?;
        if !self.fetched.contains_key(&document) {
            self.fetch(document)?;
        }
        Ok(self.fetched.remove(&document).unwrap_or_default())
    }

    fn signer(&mut self, enrolment: EnrolmentId) -> Outcome<Option<Enrolment>> {
        let sql = "SELECT id, user_id, public_key, revoked_at FROM enrolments WHERE id = $1";
        let row = self.session.row(sql, &[&enrolment.bytes().as_slice()])?;
        row.as_ref().map(people::enrolment).transpose()
    }

    fn owner(&mut self, actor: ActorId) -> Outcome<Option<EnrolmentId>> {
        let sql = "SELECT enrolment FROM actors WHERE actor = $1";
        let row = self.session.row(sql, &[&actor.bytes().as_slice()])?;
        row.map(|row| bytes(&row, 0).map(EnrolmentId::new)).transpose()
    }

    fn claim(&mut self, actor: ActorId, enrolment: EnrolmentId) -> Outcome<()> {
        let sql = "INSERT INTO actors (actor, enrolment) VALUES ($1, $2)";
        self.session.run(sql, &[&actor.bytes().as_slice(), &enrolment.bytes().as_slice()])?;
        Ok(())
    }

    fn keep_batch(&mut self, batch: &NewBatch<'_>) -> Outcome<()> {
        self.pending.batch(batch)
    }

    fn place(&mut self, document: DocumentId, kind: Kind, scope: UnitId) -> Outcome<()> {
        let placed = Placed { kind, scope, moved: false, purged: false };
        self.placed.insert(document, placed);
        self.pending.document(document, placed);
        Ok(())
    }

    fn append(&mut self, change: &NewChange<'_>) -> Outcome<u64> {
        let seq = self.next(change.scope, |digest| digest.with(&change.hash))?;
        self.fetched.remove(&change.document);
        self.pending.change(change, seq)?;
        unsigned(seq)
    }

    fn former(&mut self, document: DocumentId) -> Outcome<Vec<UnitId>> {
        former(self.session, document)
    }

    fn relocate(&mut self, document: DocumentId, to: UnitId) -> Outcome<()> {
        self.put_down()?;
        let (placed, hashes) = (self.there(document)?, self.hashes(document)?);
        let without = |digest| hashes.iter().fold(digest, |digest: Digest, (hash, _)| digest.without(hash));
        self.mark(placed.scope, document, Mark::Left, without)?;
        self.mark(to, document, Mark::Entered, |digest| digest)?;
        let unit = to.bytes().as_slice();
        for (hash, row) in &hashes {
            let seq = self.next(to, |digest| digest.with(hash))?;
            self.session.run(
                "INSERT INTO changes
                 (scope, seq, entry, document, hash, actor, actor_seq, proposal, batch, body, arrived_at)
                 SELECT $1, $2, $3, document, hash, actor, actor_seq, proposal, batch, body, $4
                 FROM changes WHERE place = $5",
                &[&unit, &seq, &Mark::Carried.number(), &self.now, row],
            )?;
        }
        let sql = "UPDATE documents SET scope = $1 WHERE id = $2";
        self.session.run(sql, &[&unit, &document.bytes().as_slice()])?;
        self.placed.insert(document, Placed { scope: to, moved: true, ..placed });
        Ok(())
    }

    fn erase(&mut self, document: DocumentId) -> Outcome<()> {
        self.put_down()?;
        let (placed, hashes) = (self.there(document)?, self.hashes(document)?);
        let without = |digest| hashes.iter().fold(digest, |digest: Digest, (hash, _)| digest.without(hash));
        self.mark(placed.scope, document, Mark::Purged, without)?;
        for scope in former(self.session, document)? {
            self.mark(scope, document, Mark::Purged, |digest| digest)?;
        }
        let id = document.bytes().as_slice();
        self.session
            .run("UPDATE changes SET body = NULL WHERE document = $1 AND body IS NOT NULL", &[&id])?;
        self.session.run("DELETE FROM photos WHERE document = $1", &[&id])?;
        self.session.run("DELETE FROM photo_pieces WHERE document = $1", &[&id])?;
        self.session.run("DELETE FROM quarantine WHERE document = $1", &[&id])?;
        self.session.run("UPDATE documents SET purged_at = $1 WHERE id = $2", &[&self.now, &id])?;
        self.placed.insert(document, Placed { purged: true, ..placed });
        Ok(())
    }

    fn accept(&mut self, document: DocumentId, hash: &Hash) -> Outcome<()> {
        let sql = "INSERT INTO acceptances (document, hash, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        self.session.run(sql, &[&document.bytes().as_slice(), &hash.as_slice(), &self.now])?;
        Ok(())
    }

    fn settle(&mut self, document: DocumentId, hash: &Hash, settlement: Settlement) -> Outcome<()> {
        let (id, hash) = (document.bytes().as_slice(), hash.as_slice());
        let sql = "UPDATE quarantine SET settlement = $1, settled_at = $2
                   WHERE document = $3 AND hash = $4 AND settlement IS NULL";
        self.session.run(sql, &[&settlement.word(), &self.now, &id, &hash])?;
        Ok(())
    }

    fn quarantine(&mut self, refused: &Quarantined<'_>) -> Outcome<()> {
        let enrolment = refused.batch.enrolment;
        let sql = "SELECT count(*), coalesce(bool_or(document = $2 AND hash = $3), FALSE) FROM quarantine
                   WHERE (enrolment = $1 AND settlement IS NULL) OR (document = $2 AND hash = $3)";
        let (document, hash) = (refused.document.bytes().as_slice(), refused.hash.as_slice());
        let row = self.session.row(sql, &[&enrolment.bytes().as_slice(), &document, &hash])?;
        let (held, known): (i64, bool) = match &row {
            Some(row) => (cell(row, 0)?, cell(row, 1)?),
            None => (0, false),
        };
        if known || held >= QUARANTINE_MAX {
            tracing::warn!(%enrolment, held, known, "not kept in quarantine");
            return Ok(());
        }
        self.keep_batch(&refused.batch)?;
        self.pending.put_batches(self.session, self.now)?;
        let mut keys = self.keys.make(&BTreeSet::from([refused.document]), self.now)?;
        let (_, key) = keys.remove(&refused.document).ok_or(DatabaseError::KeyMissing)?;
        let body = key.seal(refused.document, &refused.hash, refused.bytes, random()?)?;
        self.session.run(
            "INSERT INTO quarantine (document, hash, enrolment, batch, code, body, arrived_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            &[
                &document,
                &hash,
                &enrolment.bytes().as_slice(),
                &refused.batch.signed.id().as_slice(),
                &refused.code,
                &body,
                &self.now,
            ],
        )?;
        Ok(())
    }
}
