//! The log inside one write transaction.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::id::{ActorId, DocumentId, EnrolmentId, UnitId};
use records::{Hash, Kind};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sync::scope::Digest;

use super::keys::KeyStore;
use super::people;
use crate::database::log::{
    Ledger, Mark, NewBatch, NewChange, Placed, QUARANTINE_MAX, Quarantined, Settlement,
};
use crate::database::people::Enrolment;
use crate::database::value::{random, signed, unsigned};
use crate::database::{DatabaseError, Outcome};

/// The open transaction.
pub struct OpenLedger<'a> {
    pub transaction: &'a Transaction<'a>,
    pub keys: &'a KeyStore,
    pub now: i64,
    /// The heads that entries were appended up to.
    pub moved: &'a RefCell<BTreeMap<UnitId, u64>>,
}

/// Where a document is.
pub fn placed(connection: &Connection, document: DocumentId) -> Outcome<Option<Placed>> {
    let mut query = connection.prepare_cached(
        "SELECT kind, scope, EXISTS (SELECT 1 FROM changes WHERE document = ?1 AND entry = 1), purged_at IS NOT NULL
         FROM documents WHERE id = ?1",
    )?;
    let row = query.query_row([document.bytes()], |row| {
        Ok((row.get::<_, u8>(0)?, UnitId::new(row.get(1)?), row.get(2)?, row.get(3)?))
    });
    let Some((kind, scope, moved, purged)) = row.optional()? else { return Ok(None) };
    let kind = Kind::of_number(kind).ok_or_else(|| DatabaseError::Damaged(format!("kind {kind}")))?;
    Ok(Some(Placed { kind, scope, moved, purged }))
}

/// The scopes that a document was in before the one that it is in.
pub fn former(connection: &Connection, document: DocumentId) -> Outcome<Vec<UnitId>> {
    let mut query = connection.prepare_cached(
        "SELECT DISTINCT scope FROM changes WHERE document = ?1 AND entry = 1
         AND scope <> (SELECT scope FROM documents WHERE id = ?1)",
    )?;
    let rows = query.query_map([document.bytes()], |row| row.get(0).map(UnitId::new))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A document's raw changes in the log's order, and when the last arrived.
pub fn changes(
    connection: &Connection,
    keys: &KeyStore,
    document: DocumentId,
) -> Outcome<(Vec<Vec<u8>>, i64)> {
    let mut query = connection.prepare_cached(
        "SELECT hash, body, arrived_at FROM changes
         WHERE document = ? AND entry = 0 AND body IS NOT NULL ORDER BY changes.rowid",
    )?;
    let rows = query.query_map([document.bytes()], |row| {
        Ok((row.get::<_, Hash>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?))
    })?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    if rows.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let key = keys.key(document)?;
    let last_at = rows.iter().map(|row| row.2).max().unwrap_or(0);
    let bodies = rows.iter().map(|(hash, body, _)| key.open(document, hash, body));
    Ok((bodies.collect::<Outcome<_>>()?, last_at))
}

impl OpenLedger<'_> {
    /// Takes the scope's next sequence, and lets its digest become what the entry makes of it.
    fn next(&self, scope: UnitId, digest: impl FnOnce(Digest) -> Digest) -> Outcome<i64> {
        let sql = "SELECT head, digest, changes FROM scopes WHERE unit = ?";
        let (head, sum, count): (i64, [u8; 16], i64) = self
            .transaction
            .prepare_cached(sql)?
            .query_row([scope.bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let digest = digest(Digest { sum, count: unsigned(count)? });
        let sql = "UPDATE scopes SET head = head + 1, digest = ?, changes = ? WHERE unit = ?";
        let counted = params![digest.sum, signed(digest.count)?, scope.bytes()];
        self.transaction.prepare_cached(sql)?.execute(counted)?;
        self.moved.borrow_mut().insert(scope, unsigned(head + 1)?);
        Ok(head + 1)
    }

    /// Appends an entry that is no change.
    fn mark(
        &self,
        scope: UnitId,
        document: DocumentId,
        mark: Mark,
        digest: impl FnOnce(Digest) -> Digest,
    ) -> Outcome<()> {
        let seq = self.next(scope, digest)?;
        self.transaction.execute(
            "INSERT INTO changes (scope, seq, entry, document, arrived_at) VALUES (?, ?, ?, ?, ?)",
            params![scope.bytes(), seq, mark.number(), document.bytes(), self.now],
        )?;
        Ok(())
    }

    /// The hashes of a document's changes in the log's order, each with the row that has its body.
    fn hashes(&self, document: DocumentId) -> Outcome<Vec<(Hash, i64)>> {
        let sql = "SELECT hash, rowid FROM changes WHERE document = ? AND entry = 0 ORDER BY rowid";
        let mut query = self.transaction.prepare_cached(sql)?;
        let rows = query.query_map([document.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn there(&self, document: DocumentId) -> Outcome<Placed> {
        placed(self.transaction, document)?
            .ok_or_else(|| DatabaseError::Failed("a document that is not there".to_owned()))
    }
}

impl Ledger for OpenLedger<'_> {
    fn version(&mut self) -> Outcome<u64> {
        let sql = "SELECT configuration_version FROM identity";
        unsigned(self.transaction.query_row(sql, [], |row| row.get(0))?)
    }

    fn head(&mut self, scope: UnitId) -> Outcome<u64> {
        let sql = "SELECT head FROM scopes WHERE unit = ?";
        unsigned(self.transaction.query_row(sql, [scope.bytes()], |row| row.get(0))?)
    }

    fn placed(&mut self, document: DocumentId) -> Outcome<Option<Placed>> {
        placed(self.transaction, document)
    }

    fn is_condemned(&mut self, document: DocumentId) -> Outcome<bool> {
        self.keys.is_condemned(document)
    }

    fn changes(&mut self, document: DocumentId) -> Outcome<Vec<Vec<u8>>> {
        changes(self.transaction, self.keys, document).map(|(changes, _)| changes)
    }

    fn signer(&mut self, enrolment: EnrolmentId) -> Outcome<Option<Enrolment>> {
        let sql = format!("{} WHERE id = ?", people::ENROLMENT);
        let mut query = self.transaction.prepare_cached(&sql)?;
        Ok(query.query_row([enrolment.bytes()], people::enrolment).optional()?)
    }

    fn owner(&mut self, actor: ActorId) -> Outcome<Option<EnrolmentId>> {
        let mut query = self.transaction.prepare_cached("SELECT enrolment FROM actors WHERE actor = ?")?;
        Ok(query.query_row([actor.bytes()], |row| row.get(0).map(EnrolmentId::new)).optional()?)
    }

    fn claim(&mut self, actor: ActorId, enrolment: EnrolmentId) -> Outcome<()> {
        let mut insert =
            self.transaction.prepare_cached("INSERT INTO actors (actor, enrolment) VALUES (?, ?)")?;
        insert.execute(params![actor.bytes(), enrolment.bytes()])?;
        Ok(())
    }

    fn keep_batch(&mut self, batch: &NewBatch<'_>) -> Outcome<()> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO batches (id, enrolment, number, header, signature, arrived_at) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO NOTHING",
        )?;
        let (number, signed) = (signed(batch.number)?, &batch.signed.0);
        let enrolment = batch.enrolment.bytes();
        insert.execute(params![
            batch.signed.id(),
            enrolment,
            number,
            signed.bytes,
            signed.signature,
            self.now
        ])?;
        Ok(())
    }

    fn place(&mut self, document: DocumentId, kind: Kind, scope: UnitId) -> Outcome<()> {
        let (key, _) = self.keys.make(document, self.now)?;
        self.transaction.execute(
            "INSERT INTO documents (id, kind, scope, key, placed_at) VALUES (?, ?, ?, ?, ?)",
            params![document.bytes(), kind.number(), scope.bytes(), key, self.now],
        )?;
        Ok(())
    }

    fn append(&mut self, change: &NewChange<'_>) -> Outcome<u64> {
        let key = self.keys.key(change.document)?;
        let body = key.seal(change.document, &change.hash, change.bytes, random()?)?;
        let seq = self.next(change.scope, |digest| digest.with(&change.hash))?;
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO changes
             (scope, seq, entry, document, hash, actor, actor_seq, proposal, batch, body, arrived_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        insert.execute(params![
            change.scope.bytes(),
            seq,
            Mark::Change.number(),
            change.document.bytes(),
            change.hash,
            change.actor.bytes(),
            signed(change.actor_seq)?,
            change.proposal,
            change.batch,
            body,
            self.now,
        ])?;
        unsigned(seq)
    }

    fn former(&mut self, document: DocumentId) -> Outcome<Vec<UnitId>> {
        former(self.transaction, document)
    }

    fn relocate(&mut self, document: DocumentId, to: UnitId) -> Outcome<()> {
        let (from, hashes) = (self.there(document)?.scope, self.hashes(document)?);
        let without = |digest| hashes.iter().fold(digest, |digest: Digest, (hash, _)| digest.without(hash));
        self.mark(from, document, Mark::Left, without)?;
        self.mark(to, document, Mark::Entered, |digest| digest)?;
        for (hash, row) in &hashes {
            let seq = self.next(to, |digest| digest.with(hash))?;
            self.transaction.execute(
                "INSERT INTO changes
                 (scope, seq, entry, document, hash, actor, actor_seq, proposal, batch, body, arrived_at)
                 SELECT ?, ?, ?, document, hash, actor, actor_seq, proposal, batch, body, ? FROM changes WHERE rowid = ?",
                params![to.bytes(), seq, Mark::Carried.number(), self.now, row],
            )?;
        }
        let sql = "UPDATE documents SET scope = ? WHERE id = ?";
        self.transaction.execute(sql, params![to.bytes(), document.bytes()])?;
        Ok(())
    }

    fn erase(&mut self, document: DocumentId) -> Outcome<()> {
        let (scope, hashes) = (self.there(document)?.scope, self.hashes(document)?);
        let without = |digest| hashes.iter().fold(digest, |digest: Digest, (hash, _)| digest.without(hash));
        self.mark(scope, document, Mark::Purged, without)?;
        for scope in former(self.transaction, document)? {
            self.mark(scope, document, Mark::Purged, |digest| digest)?;
        }
        let id = document.bytes();
        self.transaction
            .execute("UPDATE changes SET body = NULL WHERE document = ? AND body IS NOT NULL", [id])?;
        self.transaction.execute("DELETE FROM photos WHERE document = ?", [id])?;
        self.transaction.execute("DELETE FROM photo_pieces WHERE document = ?", [id])?;
        self.transaction.execute("DELETE FROM quarantine WHERE document = ?", [id])?;
        self.transaction.execute("UPDATE documents SET purged_at = ? WHERE id = ?", params![self.now, id])?;
        Ok(())
    }

    fn accept(&mut self, document: DocumentId, hash: &Hash) -> Outcome<()> {
        let sql = "INSERT INTO acceptances (document, hash, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        self.transaction.execute(sql, params![document.bytes(), hash, self.now])?;
        Ok(())
    }

    fn settle(&mut self, document: DocumentId, hash: &Hash, settlement: Settlement) -> Outcome<()> {
        let sql = "UPDATE quarantine SET settlement = ?, settled_at = ? WHERE document = ? AND hash = ? AND settlement IS NULL";
        self.transaction.execute(sql, params![settlement.word(), self.now, document.bytes(), hash])?;
        Ok(())
    }

    fn quarantine(&mut self, refused: &Quarantined<'_>) -> Outcome<()> {
        let enrolment = refused.batch.enrolment;
        let sql = "SELECT count(*) FROM quarantine WHERE enrolment = ? AND settlement IS NULL";
        let held: i64 = self.transaction.query_row(sql, [enrolment.bytes()], |row| row.get(0))?;
        let sql = "SELECT 1 FROM quarantine WHERE document = ? AND hash = ?";
        let known = self.transaction.prepare(sql)?.exists(params![refused.document.bytes(), refused.hash])?;
        if known || held >= QUARANTINE_MAX {
            tracing::warn!(%enrolment, held, known, "not kept in quarantine");
            return Ok(());
        }
        self.keep_batch(&refused.batch)?;
        let (_, key) = self.keys.make(refused.document, self.now)?;
        let body = key.seal(refused.document, &refused.hash, refused.bytes, random()?)?;
        self.transaction.execute(
            "INSERT INTO quarantine (document, hash, enrolment, batch, code, body, arrived_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![
                refused.document.bytes(),
                refused.hash,
                enrolment.bytes(),
                refused.batch.signed.id(),
                refused.code,
                body,
                self.now
            ],
        )?;
        Ok(())
    }
}
