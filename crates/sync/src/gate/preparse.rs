//! Takes an uncompressed Automerge change apart before the library sees it.
//!
//! The layout: `85 6f 4a 83 | checksum 4 | type 1 | length | deps | actor | seq | start_op | time | message |
//! other actors | column list | columns`. Numbers are LEB128; the checksum is the start of the SHA-256 of everything
//! from the type on, and that SHA-256 is the change's name.
//!
//! **Invariant:** time and memory are bounded by [`CHUNK_MAX`], [`OPS_MAX`] and [`PREDS_MAX`], whatever the bytes say.
//! **Invariant:** what passes has no part that this module did not read: no unknown column, no byte too many.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ActorId, VisitId};
use sha2::{Digest, Sha256};

use super::column::{all_no, differences, full_runs, runs};
use super::reader::{Reader, Taken};
use crate::Hash;
use crate::code::RefusalCode;
use crate::limits::{
    ACTOR_BYTES, ACTORS_MAX, CHUNK_MAX, COLUMNS_MAX, DEPS_MAX, KEY_MAX, KEYS_TOTAL_MAX, MAX_OP, MESSAGE_MAX,
    OPS_MAX, PREDS_MAX, PREDS_PER_OP_MAX, TIME_MAX,
};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Where the chunk's type stands.
const KIND_AT: usize = 8;
const CHANGE: u8 = 1;
const COMPRESSED: u8 = 2;

/// The bit of a column's specification that says it is compressed.
const DEFLATED: u64 = 0b1000;
/// The columns that a change of maps has: (id << 4) | type.
mod spec {
    pub const OBJECT_ACTOR: u64 = 0x01;
    pub const OBJECT_COUNTER: u64 = 0x02;
    pub const KEY: u64 = 0x15;
    pub const INSERT: u64 = 0x34;
    pub const ACTION: u64 = 0x42;
    pub const VALUE_KIND: u64 = 0x56;
    pub const VALUE: u64 = 0x57;
    pub const PRED_COUNT: u64 = 0x70;
    pub const PRED_ACTOR: u64 = 0x71;
    pub const PRED_COUNTER: u64 = 0x73;
    pub const ALL: [u64; 10] = [
        OBJECT_ACTOR,
        OBJECT_COUNTER,
        KEY,
        INSERT,
        ACTION,
        VALUE_KIND,
        VALUE,
        PRED_COUNT,
        PRED_ACTOR,
        PRED_COUNTER,
    ];
}
/// Actions: documents make maps and put values; nothing is deleted, counted, listed or marked.
const MAKE_MAP: u64 = 0;
const PUT: u64 = 1;
/// Kinds of values: the low four bits of a value's specification, the rest is its length in bytes.
const NULL: u64 = 0;
const NO: u64 = 1;
const YES: u64 = 2;
const WHOLE_NUMBER: u64 = 4;
const TEXT: u64 = 6;

/// What a well-formed change says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// SHA-256, recomputed.
    pub hash: Hash,
    /// The author's actor.
    pub actor: ActorId,
    /// The actor's how-manieth change in this document.
    pub seq: u64,
    /// Counter of the first operation.
    pub start_op: u64,
    /// Counter of the last operation.
    pub max_op: u64,
    /// Seconds since 1970: a claim.
    pub time: i64,
    /// The visit that it belongs to.
    pub visit: Option<VisitId>,
    /// The changes that it depends on directly, ascending.
    pub deps: Vec<Hash>,
    /// The other actors that its operations name, ascending.
    pub other_actors: Vec<ActorId>,
}

/// Takes a change apart.
///
/// # Errors
/// `Compressed`, `OverLimit`, `StartOp` or `Damaged`.
pub fn preparse(chunk: &[u8]) -> Result<Outline, RefusalCode> {
    match chunk.get(KIND_AT) {
        Some(&COMPRESSED) => return Err(RefusalCode::Compressed),
        _ if chunk.len() > CHUNK_MAX => return Err(RefusalCode::OverLimit),
        _ => {}
    }
    let (hash, mut reader) = open(chunk)?;
    let outline = head(hash, &mut reader)?;
    let columns = columns(&mut reader)?;
    let operations = operations(&columns, &outline)?;
    let max_op = outline.start_op.checked_add(operations - 1).filter(|max_op| *max_op <= MAX_OP);
    Ok(Outline { max_op: max_op.ok_or(RefusalCode::OverLimit)?, ..outline })
}

/// Checks the frame of the chunk, and returns its hash and content.
fn open(chunk: &[u8]) -> Taken<(Hash, Reader<'_>)> {
    let mut reader = Reader::new(chunk);
    let magic: [u8; 4] = reader.array()?;
    let checksum: [u8; 4] = reader.array()?;
    let hashed = reader.rest();
    let [kind] = reader.array()?;
    if magic != MAGIC || kind != CHANGE {
        return Err(RefusalCode::Damaged);
    }
    let length = reader.unsigned()?;
    let hash: Hash = Sha256::digest(hashed).into();
    let whole = length == reader.rest().len() as u64;
    if whole && hash.starts_with(&checksum) { Ok((hash, reader)) } else { Err(RefusalCode::Damaged) }
}

fn actor(reader: &mut Reader<'_>) -> Taken<ActorId> {
    match reader.unsigned()? {
        length if length == ACTOR_BYTES as u64 => Ok(ActorId::new(reader.array()?)),
        _ => Err(RefusalCode::Damaged),
    }
}

fn ascending<T: Ord>(list: &[T]) -> Taken<()> {
    if list.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(RefusalCode::Damaged) }
}

/// Reads everything before the columns.
fn head(hash: Hash, reader: &mut Reader<'_>) -> Taken<Outline> {
    let deps: Vec<Hash> = (0..reader.count(DEPS_MAX)?).map(|_| reader.array()).collect::<Taken<_>>()?;
    ascending(&deps)?;
    let author = actor(reader)?;
    let seq = reader.unsigned()?;
    let start_op = reader.unsigned()?;
    let time = reader.signed()?;
    let length = reader.count(MESSAGE_MAX)?;
    let message = reader.text(length)?;
    let others: Vec<ActorId> =
        (0..reader.count(ACTORS_MAX - 1)?).map(|_| actor(reader)).collect::<Taken<_>>()?;
    ascending(&others)?;
    let visit = match message {
        "" => None,
        visit => Some(visit.parse().map_err(|_| RefusalCode::Damaged)?),
    };
    if seq == 0 || start_op == 0 || others.contains(&author) {
        return Err(RefusalCode::Damaged);
    }
    if start_op > MAX_OP {
        return Err(RefusalCode::StartOp);
    }
    if !(0..=TIME_MAX).contains(&time) {
        return Err(RefusalCode::OverLimit);
    }
    Ok(Outline { hash, actor: author, seq, start_op, max_op: 0, time, visit, deps, other_actors: others })
}

/// Reads the list of columns, and cuts the rest into them without anything left over.
fn columns<'a>(reader: &mut Reader<'a>) -> Taken<BTreeMap<u64, &'a [u8]>> {
    let mut listed = Vec::new();
    for _ in 0..reader.count(COLUMNS_MAX)? {
        let specification = reader.unsigned()?;
        if specification & DEFLATED != 0 {
            return Err(RefusalCode::Compressed);
        }
        let length = reader.count(CHUNK_MAX as u64)?;
        if length == 0 || !spec::ALL.contains(&specification) {
            return Err(RefusalCode::Damaged);
        }
        listed.push((specification, length));
    }
    ascending(&listed.iter().map(|(specification, _)| specification).collect::<Vec<_>>())?;
    let cut = listed.into_iter().map(|(specification, length)| Ok((specification, reader.take(length)?)));
    let columns = cut.collect::<Taken<_>>()?;
    if reader.is_done() { Ok(columns) } else { Err(RefusalCode::Damaged) }
}

/// Reads every column, and returns the number of operations.
fn operations(columns: &BTreeMap<u64, &[u8]>, outline: &Outline) -> Taken<u64> {
    let column = |specification| columns.get(&specification).copied().unwrap_or_default();
    let actions = full_runs(column(spec::ACTION), OPS_MAX, Reader::unsigned)?;
    let rows = actions.len();
    let actors = 1 + outline.other_actors.len() as u64;
    let known = actions.iter().all(|action| matches!(*action, MAKE_MAP | PUT));
    let inserts = all_no(column(spec::INSERT), OPS_MAX)?;
    if rows == 0 || !known || inserts != rows as u64 {
        return Err(RefusalCode::Damaged);
    }
    let objects = objects(column(spec::OBJECT_ACTOR), column(spec::OBJECT_COUNTER), rows)?;
    let keys = keys(column(spec::KEY), rows)?;
    let known = |(own, object): (u64, &Object)| match object {
        None => true,
        Some((actor, counter)) => *actor < actors && (1..own).contains(counter),
    };
    let places: BTreeSet<(&Object, &str)> = objects.iter().zip(keys).collect();
    if !(outline.start_op..).zip(&objects).all(known) || places.len() != rows {
        return Err(RefusalCode::Damaged);
    }
    values(column(spec::VALUE_KIND), column(spec::VALUE), &actions)?;
    let preds = [column(spec::PRED_COUNT), column(spec::PRED_ACTOR), column(spec::PRED_COUNTER)];
    predecessors(preds, rows, actors, outline.start_op)?;
    Ok(rows as u64)
}

/// The map that an operation works in: the root, or the operation with this actor and counter.
type Object = Option<(u64, u64)>;

fn objects(actors: &[u8], counters: &[u8], rows: usize) -> Taken<Vec<Object>> {
    let actors = runs(actors, OPS_MAX, Reader::unsigned)?;
    let counters = runs(counters, OPS_MAX, Reader::unsigned)?;
    if actors.is_empty() && counters.is_empty() {
        return Ok(vec![None; rows]);
    }
    let pairs = actors.iter().zip(&counters).map(|pair| match pair {
        (None, None) => Some(None),
        (Some(actor), Some(counter)) => Some(Some((*actor, *counter))),
        _ => None,
    });
    let objects: Option<Vec<Object>> = pairs.collect();
    let whole = actors.len() == rows && counters.len() == rows;
    objects.filter(|_| whole).ok_or(RefusalCode::Damaged)
}

fn keys(column: &[u8], rows: usize) -> Taken<Vec<&str>> {
    let keys = full_runs(column, OPS_MAX, |reader| {
        let length = reader.count(KEY_MAX)?;
        reader.text(length)
    })?;
    let total: u64 = keys.iter().map(|key| key.len() as u64).sum();
    if total > KEYS_TOTAL_MAX {
        return Err(RefusalCode::OverLimit);
    }
    if keys.len() == rows { Ok(keys) } else { Err(RefusalCode::Damaged) }
}

/// The values: their kinds are known, their lengths fill the column exactly, a made map has none.
fn values(kinds: &[u8], values: &[u8], actions: &[u64]) -> Taken<()> {
    let kinds = full_runs(kinds, OPS_MAX, Reader::unsigned)?;
    if kinds.len() != actions.len() {
        return Err(RefusalCode::Damaged);
    }
    let mut reader = Reader::new(values);
    for (kind, action) in kinds.into_iter().zip(actions) {
        let value = reader.take(kind >> 4)?;
        let sound = match kind & 0xf {
            NULL => value.is_empty(),
            NO | YES => value.is_empty() && *action == PUT,
            WHOLE_NUMBER => *action == PUT && is_one_number(value),
            TEXT => *action == PUT && std::str::from_utf8(value).is_ok(),
            _ => false,
        };
        if !sound {
            return Err(RefusalCode::Damaged);
        }
    }
    if reader.is_done() { Ok(()) } else { Err(RefusalCode::Damaged) }
}

fn is_one_number(value: &[u8]) -> bool {
    let mut reader = Reader::new(value);
    reader.signed().is_ok() && reader.is_done()
}

/// The operations that are superseded: as many as each says, and all of them from before this change.
fn predecessors(
    [counts, pred_actors, counters]: [&[u8]; 3],
    rows: usize,
    actors: u64,
    start_op: u64,
) -> Taken<()> {
    let counts = full_runs(counts, OPS_MAX, Reader::unsigned)?;
    if counts.iter().any(|count| *count > PREDS_PER_OP_MAX) {
        return Err(RefusalCode::OverLimit);
    }
    let sum: u64 = counts.iter().sum();
    if sum > PREDS_MAX {
        return Err(RefusalCode::OverLimit);
    }
    let pred_actors = full_runs(pred_actors, PREDS_MAX, Reader::unsigned)?;
    let counters = differences(counters, PREDS_MAX)?;
    let seen = |counter: &i64| u64::try_from(*counter).is_ok_and(|counter| (1..start_op).contains(&counter));
    let sound = counts.len() == rows
        && pred_actors.len() as u64 == sum
        && counters.len() as u64 == sum
        && pred_actors.iter().all(|actor| *actor < actors)
        && counters.iter().all(seen);
    if sound { Ok(()) } else { Err(RefusalCode::Damaged) }
}
