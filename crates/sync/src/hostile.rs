//! Hostile changes, built for tests: each is whole and well-spelt except for the one thing that is wrong with it.
//!
//! Only with the feature `hostile`; no program contains this.
//!
//! **Invariant:** what is built is what it says: with harmless numbers the library takes it, so that a refusal is the
//! gate's merit.

use std::io::Write;

use domain::id::{ActorId, EnrolmentId, TownId};
use sha2::{Digest, Sha256};

use crate::bundle::BundleHeader;
use crate::code::RefusalCode;
use crate::frame::{self, Kind};
use crate::gate::reader::{Reader, Taken};
use crate::gate::spell::{signed, unsigned};
use crate::{Hash, limits, wire};

/// Operations or predecessors of a bomb.
pub const BOMB_COUNT: u64 = 10_000_000;
/// Bytes that the compressed bomb inflates to.
pub const BOMB_INFLATED: usize = 512 * 1024 * 1024;

/// The parts of a change, to be spelt with a good checksum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forge {
    /// Direct dependencies.
    pub deps: Vec<Hash>,
    /// The author's actor.
    pub actor: ActorId,
    /// The actor's sequence.
    pub seq: u64,
    /// Counter of the first operation.
    pub start_op: u64,
    /// The claimed time.
    pub time: i64,
    /// The message.
    pub message: Vec<u8>,
    /// Other actors.
    pub others: Vec<ActorId>,
    /// Columns by specification.
    pub columns: Vec<(u64, Vec<u8>)>,
    /// Bytes after the columns.
    pub extra: Vec<u8>,
}

/// A chunk of this type with its good checksum.
pub fn seal(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut hashed = vec![kind];
    unsigned(&mut hashed, content.len() as u64);
    hashed.extend_from_slice(content);
    let hash: Hash = Sha256::digest(&hashed).into();
    [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &hashed].concat()
}

impl Forge {
    /// A change of one operation without dependencies, which puts nothing under "a".
    pub fn new(actor: ActorId) -> Self {
        Self {
            deps: Vec::new(),
            actor,
            seq: 1,
            start_op: 1,
            time: 0,
            message: Vec::new(),
            others: Vec::new(),
            columns: rows(1, &[0]),
            extra: Vec::new(),
        }
    }

    /// Takes a change apart that the gate would let through.
    pub fn read(chunk: &[u8]) -> Taken<Self> {
        let mut reader = Reader::new(chunk);
        let _: [u8; 9] = reader.array()?;
        reader.unsigned()?;
        let deps = (0..reader.unsigned()?).map(|_| reader.array()).collect::<Taken<_>>()?;
        let actor = read_actor(&mut reader)?;
        let (seq, start_op, time) = (reader.unsigned()?, reader.unsigned()?, reader.signed()?);
        let length = reader.unsigned()?;
        let message = reader.take(length)?.to_vec();
        let others = (0..reader.unsigned()?).map(|_| read_actor(&mut reader)).collect::<Taken<_>>()?;
        let listed = (0..reader.unsigned()?).map(|_| Ok((reader.unsigned()?, reader.unsigned()?)));
        let listed: Vec<(u64, u64)> = listed.collect::<Taken<_>>()?;
        let columns = listed.into_iter().map(|(column, length)| Ok((column, reader.take(length)?.to_vec())));
        let columns = columns.collect::<Taken<_>>()?;
        Ok(Self { deps, actor, seq, start_op, time, message, others, columns, extra: reader.rest().to_vec() })
    }

    /// The chunk.
    pub fn bytes(&self) -> Vec<u8> {
        seal(1, &self.content())
    }

    /// Everything after the chunk's length.
    pub fn content(&self) -> Vec<u8> {
        let mut out = Vec::new();
        unsigned(&mut out, self.deps.len() as u64);
        self.deps.iter().for_each(|dep| out.extend_from_slice(dep));
        text(&mut out, self.actor.bytes());
        unsigned(&mut out, self.seq);
        unsigned(&mut out, self.start_op);
        signed(&mut out, self.time);
        text(&mut out, &self.message);
        unsigned(&mut out, self.others.len() as u64);
        self.others.iter().for_each(|actor| text(&mut out, actor.bytes()));
        unsigned(&mut out, self.columns.len() as u64);
        for (column, data) in &self.columns {
            unsigned(&mut out, *column);
            unsigned(&mut out, data.len() as u64);
        }
        self.columns.iter().for_each(|(_, data)| out.extend_from_slice(data));
        out.extend_from_slice(&self.extra);
        out
    }
}

fn read_actor(reader: &mut Reader<'_>) -> Taken<ActorId> {
    reader.unsigned()?;
    reader.array().map(ActorId::new)
}

fn text(out: &mut Vec<u8>, bytes: &[u8]) {
    unsigned(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// A run of `count` equal values, spelt as they are.
fn run(count: u64, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let lone = count == 1;
    signed(&mut out, if lone { -1 } else { count as i64 });
    out.extend_from_slice(value);
    out
}

fn number(number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    unsigned(&mut out, number);
    out
}

/// The columns of `count` operations that each put nothing under "a", with these numbers of predecessors.
fn rows(count: u64, preds: &[u8]) -> Vec<(u64, Vec<u8>)> {
    vec![
        (0x15, run(count, &[1, b'a'])),
        (0x34, number(count)),
        (0x42, run(count, &[1])),
        (0x56, run(count, &[0])),
        (0x70, run(count, preds)),
    ]
}

/// One run of `count` operations. With [`BOMB_COUNT`]: some seconds and gigabytes in the library.
pub fn operation_bomb(actor: ActorId, count: u64) -> Vec<u8> {
    Forge { columns: rows(count, &[0]), ..Forge::new(actor) }.bytes()
}

/// One operation with `count` predecessors.
pub fn predecessor_bomb(actor: ActorId, count: u64) -> Vec<u8> {
    let mut columns = rows(1, &number(count));
    columns.push((0x71, run(count, &[0])));
    columns.push((0x73, run(count, &[1])));
    Forge { columns, start_op: (count + 1).min(limits::MAX_OP), ..Forge::new(actor) }.bytes()
}

/// A compressed chunk (type 2) that inflates to this many bytes.
pub fn compressed_bomb(inflated: usize) -> Vec<u8> {
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let piece = vec![0; 1024 * 1024];
    let mut left = inflated;
    while left > 0 {
        let now = left.min(piece.len());
        deflate.write_all(&piece[..now]).expect("memory takes every write");
        left -= now;
    }
    seal(2, &deflate.finish().expect("memory takes every write"))
}

/// A change with its actor's sequence moved on by `by`.
pub fn sequence_jump(real: &[u8], by: u64) -> Taken<Vec<u8>> {
    let forge = Forge::read(real)?;
    Ok(Forge { seq: forge.seq + by, ..forge }.bytes())
}

/// A change whose first operation has another counter.
pub fn start_op(real: &[u8], start_op: u64) -> Taken<Vec<u8>> {
    Ok(Forge { start_op, ..Forge::read(real)? }.bytes())
}

/// A change with a flipped bit in its checksum.
pub fn wrong_checksum(real: &[u8]) -> Vec<u8> {
    let mut bytes = real.to_vec();
    bytes[4] ^= 1;
    bytes
}

/// A change with bytes after its end, or after its columns.
pub fn trailing(real: &[u8], inside: bool) -> Taken<Vec<u8>> {
    match inside {
        true => Ok(Forge { extra: vec![7], ..Forge::read(real)? }.bytes()),
        false => Ok([real, &[7]].concat()),
    }
}

/// A change with a column that the format does not have.
pub fn unknown_column(real: &[u8]) -> Taken<Vec<u8>> {
    let mut forge = Forge::read(real)?;
    forge.columns.push((0x7f2, run(1, &[1])));
    Ok(forge.bytes())
}

/// A change whose column says that it is compressed.
pub fn compressed_column(real: &[u8]) -> Taken<Vec<u8>> {
    let mut forge = Forge::read(real)?;
    let column = forge.columns.first_mut().ok_or(RefusalCode::Damaged)?;
    column.0 |= 0b1000;
    Ok(forge.bytes())
}

/// A change with as many other actors as asked.
pub fn crowd(real: &[u8], count: u64) -> Taken<Vec<u8>> {
    let mut forge = Forge::read(real)?;
    let crowd = (0..count).map(|nth| ActorId::new((u128::MAX - u128::from(count - nth)).to_be_bytes()));
    forge.others = crowd.collect();
    Ok(forge.bytes())
}

/// Everything above, made from one real change, with the code that refuses it. `real` must not be its actor's last
/// possible change, and the compressed bomb is a small one: it is refused for its type.
pub fn all(real: &[u8]) -> Taken<Vec<(&'static str, Vec<u8>, RefusalCode)>> {
    let actor = Forge::read(real)?.actor;
    Ok(vec![
        ("operations", operation_bomb(actor, BOMB_COUNT), RefusalCode::OverLimit),
        ("predecessors", predecessor_bomb(actor, BOMB_COUNT), RefusalCode::OverLimit),
        ("compressed", compressed_bomb(16 * limits::CHUNK_MAX), RefusalCode::Compressed),
        ("sequence", sequence_jump(real, 1)?, RefusalCode::Sequence),
        ("start_op", start_op(real, u64::from(u32::MAX))?, RefusalCode::StartOp),
        ("checksum", wrong_checksum(real), RefusalCode::Damaged),
        ("trailing", trailing(real, false)?, RefusalCode::Damaged),
        ("extra", trailing(real, true)?, RefusalCode::Damaged),
        ("unknown column", unknown_column(real)?, RefusalCode::Damaged),
        ("compressed column", compressed_column(real)?, RefusalCode::Compressed),
        ("crowd", crowd(real, limits::ACTORS_MAX)?, RefusalCode::OverLimit),
    ])
}

/// A bundle's content of this town with these parts, whatever they are.
pub fn content_of(town: TownId, parts: &[&[u8]]) -> Vec<u8> {
    let (enrolment, made_at) = (EnrolmentId::new([3; 16]), 1);
    let header = BundleHeader {
        version: limits::PROTOCOL_VERSION,
        town,
        enrolment,
        made_at,
        parts: parts.len() as u32,
    };
    let mut content = Vec::new();
    frame::write(&mut content, Kind::Bundle, &wire::to_bytes(&header));
    parts.iter().for_each(|part| frame::write(&mut content, Kind::BundlePart, part));
    frame::write(&mut content, Kind::End, &[]);
    content
}
