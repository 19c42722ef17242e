//! What a write transaction has still to put down: batches, new documents and changes, in one statement a table.
//!
//! **Invariant:** what is put down is put down in the order in which it came; batches and documents before the changes that
//! name them.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ActorId, DocumentId, EnrolmentId, UnitId};
use records::Hash;

use super::keys::KeyStore;
use super::session::Session;
use crate::database::cipher::DocumentKey;
use crate::database::log::{Mark, NewBatch, NewChange, Placed};
use crate::database::value::{random, signed};
use crate::database::{DatabaseError, Outcome};

/// A batch to be kept.
struct Kept {
    enrolment: EnrolmentId,
    number: i64,
    header: Vec<u8>,
    signature: [u8; 64],
}

/// A change to be put down.
struct Appended {
    document: DocumentId,
    scope: UnitId,
    seq: i64,
    hash: Hash,
    actor: ActorId,
    actor_seq: i64,
    proposal: bool,
    batch: Hash,
    bytes: Vec<u8>,
}

/// What is to be put down.
#[derive(Default)]
pub struct Pending {
    batches: BTreeMap<Hash, Kept>,
    documents: BTreeMap<DocumentId, Placed>,
    changes: Vec<Appended>,
}

impl Pending {
    /// A batch; one that is pending already stays as it is.
    pub fn batch(&mut self, batch: &NewBatch<'_>) -> Outcome<()> {
        let signed_batch = &batch.signed.0;
        let (enrolment, number) = (batch.enrolment, signed(batch.number)?);
        self.batches.entry(batch.signed.id()).or_insert_with(|| Kept {
            enrolment,
            number,
            header: signed_batch.bytes.clone(),
            signature: signed_batch.signature,
        });
        Ok(())
    }

    /// A new document.
    pub fn document(&mut self, document: DocumentId, placed: Placed) {
        self.documents.insert(document, placed);
    }

    /// A change, at this place of its scope's log.
    pub fn change(&mut self, change: &NewChange<'_>, seq: i64) -> Outcome<()> {
        self.changes.push(Appended {
            document: change.document,
            scope: change.scope,
            seq,
            hash: change.hash,
            actor: change.actor,
            actor_seq: signed(change.actor_seq)?,
            proposal: change.proposal,
            batch: change.batch,
            bytes: change.bytes.to_vec(),
        });
        Ok(())
    }

    /// Puts everything down.
    pub fn put_down(&mut self, session: &mut Session, keys: &KeyStore, now: i64) -> Outcome<()> {
        self.put_batches(session, now)?;
        self.put_documents(session, keys, now)?;
        self.put_changes(session, keys, now)
    }

    /// Puts the batches down: what is refused of them names them as well.
    pub fn put_batches(&mut self, session: &mut Session, now: i64) -> Outcome<()> {
        let batches = std::mem::take(&mut self.batches);
        if batches.is_empty() {
            return Ok(());
        }
        let ids: Vec<&[u8]> = batches.keys().map(<[u8; 32]>::as_slice).collect();
        let enrolments: Vec<&[u8]> = batches.values().map(|it| it.enrolment.bytes().as_slice()).collect();
        let numbers: Vec<i64> = batches.values().map(|it| it.number).collect();
        let headers: Vec<&[u8]> = batches.values().map(|it| it.header.as_slice()).collect();
        let signatures: Vec<&[u8]> = batches.values().map(|it| it.signature.as_slice()).collect();
        session.run(
            "INSERT INTO batches (id, enrolment, number, header, signature, arrived_at)
             SELECT id, enrolment, number, header, signature, $6
             FROM unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bytea[], $5::bytea[])
                  AS new (id, enrolment, number, header, signature)
             ON CONFLICT (id) DO NOTHING",
            &[&ids, &enrolments, &numbers, &headers, &signatures, &now],
        )?;
        Ok(())
    }

    fn put_documents(&mut self, session: &mut Session, keys: &KeyStore, now: i64) -> Outcome<()> {
        let documents = std::mem::take(&mut self.documents);
        if documents.is_empty() {
            return Ok(());
        }
        let keys = keys.make(&documents.keys().copied().collect(), now)?;
        let ids: Vec<&[u8]> = documents.keys().map(|id| id.bytes().as_slice()).collect();
        let kinds: Vec<i16> = documents.values().map(|placed| i16::from(placed.kind.number())).collect();
        let scopes: Vec<&[u8]> = documents.values().map(|placed| placed.scope.bytes().as_slice()).collect();
        let key_of = |id| keys.get(id).map(|(key, _)| key.as_slice()).ok_or(DatabaseError::KeyMissing);
        let named = documents.keys().map(key_of).collect::<Outcome<Vec<&[u8]>>>()?;
        session.run(
            "INSERT INTO documents (id, kind, scope, key, placed_at)
             SELECT id, kind, scope, key, $5
             FROM unnest($1::bytea[], $2::smallint[], $3::bytea[], $4::bytea[]) AS new (id, kind, scope, key)",
            &[&ids, &kinds, &scopes, &named, &now],
        )?;
        Ok(())
    }

    fn put_changes(&mut self, session: &mut Session, keys: &KeyStore, now: i64) -> Outcome<()> {
        let changes = std::mem::take(&mut self.changes);
        if changes.is_empty() {
            return Ok(());
        }
        let documents: BTreeSet<DocumentId> = changes.iter().map(|it| it.document).collect();
        let keys = keys.keys(&documents)?;
        let sealed = changes.iter().map(|it| sealed(&keys, it)).collect::<Outcome<Vec<Vec<u8>>>>()?;
        let scopes: Vec<&[u8]> = changes.iter().map(|it| it.scope.bytes().as_slice()).collect();
        let seqs: Vec<i64> = changes.iter().map(|it| it.seq).collect();
        let documents: Vec<&[u8]> = changes.iter().map(|it| it.document.bytes().as_slice()).collect();
        let hashes: Vec<&[u8]> = changes.iter().map(|it| it.hash.as_slice()).collect();
        let actors: Vec<&[u8]> = changes.iter().map(|it| it.actor.bytes().as_slice()).collect();
        let actor_seqs: Vec<i64> = changes.iter().map(|it| it.actor_seq).collect();
        let proposals: Vec<bool> = changes.iter().map(|it| it.proposal).collect();
        let batches: Vec<&[u8]> = changes.iter().map(|it| it.batch.as_slice()).collect();
        let bodies: Vec<&[u8]> = sealed.iter().map(Vec::as_slice).collect();
        // in the order in which they were appended, which is that of `place`
        session.run(
            "INSERT INTO changes
                (scope, seq, entry, document, hash, actor, actor_seq, proposal, batch, body, arrived_at)
             SELECT scope, seq, $10, document, hash, actor, actor_seq, proposal, batch, body, $11
             FROM unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bigint[],
                         $7::boolean[], $8::bytea[], $9::bytea[]) WITH ORDINALITY
                  AS new (scope, seq, document, hash, actor, actor_seq, proposal, batch, body, at)
             ORDER BY at",
            &[
                &scopes,
                &seqs,
                &documents,
                &hashes,
                &actors,
                &actor_seqs,
                &proposals,
                &batches,
                &bodies,
                &Mark::Change.number(),
                &now,
            ],
        )?;
        Ok(())
    }
}

fn sealed(keys: &BTreeMap<DocumentId, DocumentKey>, it: &Appended) -> Outcome<Vec<u8>> {
    let key = keys.get(&it.document).ok_or(DatabaseError::KeyMissing)?;
    key.seal(it.document, &it.hash, &it.bytes, random()?)
}
