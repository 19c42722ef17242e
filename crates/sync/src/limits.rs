//! Every limit of the protocol, with its unit. Over a limit is a clear refusal, and nothing is lost on the device.
//!
//! **Invariant:** a limit is checked before the memory or the time that it bounds is spent.

/// Version of the messages and of the batch header that this program writes and reads.
pub const PROTOCOL_VERSION: u32 = 1;
/// Versions that a header may list; further ones are not read.
pub const VERSIONS_MAX: usize = 16;

/// Bytes of a request's body as sent.
pub const BODY_MAX: usize = 64 * 1024;
/// Bytes of a request's body after inflating.
pub const INFLATED_MAX: usize = 512 * 1024;
/// Bytes of a pull answer as sent; a request may ask for less.
pub const PULL_BODY_MAX: usize = 1024 * 1024;
/// Bytes of an answer's body after inflating.
pub const PULL_INFLATED_MAX: usize = 8 * 1024 * 1024;
/// Bytes that are written to the compressor between two flushes, so that a cut download keeps what came before.
pub const FLUSH_EVERY: usize = 16 * 1024;
/// The largest window of the compressor, as a power of two of bytes (2 MiB).
pub const WINDOW_LOG_MAX: u32 = 21;
/// The compressor's level: a new device fetches some 6 % less than with 3, for two to three times the compressor's time.
pub const COMPRESSION_LEVEL: i32 = 6;
/// Bytes of one frame's payload in a request; a change over its own limit is refused by its hash, not with the body.
pub const FRAME_MAX: usize = INFLATED_MAX;
/// Bytes of one frame's payload in an answer.
pub const ANSWER_FRAME_MAX: usize = 2 * 1024 * 1024;

/// Bytes of one change.
pub const CHUNK_MAX: usize = 32 * 1024;
/// Operations in one change.
pub const OPS_MAX: u64 = 5_000;
/// Predecessors of one operation.
pub const PREDS_PER_OP_MAX: u64 = 64;
/// Predecessors in one change.
pub const PREDS_MAX: u64 = 5_000;
/// Changes that one change depends on directly.
pub const DEPS_MAX: u64 = 64;
/// Actors that one change names, its author included.
pub const ACTORS_MAX: u64 = 256;
/// Bytes of one actor id.
pub const ACTOR_BYTES: usize = 16;
/// Columns of one change; the format has eight for maps, and three for marks and lists, which are not taken.
pub const COLUMNS_MAX: u64 = 16;
/// Bytes of a change's message: a visit's id in hex.
pub const MESSAGE_MAX: u64 = 64;
/// The latest time that a change may claim, in seconds since 1970: the end of the year 9999.
pub const TIME_MAX: i64 = 253_402_300_799;
/// Bytes of one key of a map.
pub const KEY_MAX: u64 = 256;
/// Bytes of all keys of a change after their runs are written out.
pub const KEYS_TOTAL_MAX: u64 = 256 * 1024;
/// The highest operation counter of a document: far above any household, far below the library's 32 bits.
pub const MAX_OP: u64 = 1_000_000;
/// Steps of one review in a household: folding them takes time that grows with their square.
pub const STEPS_MAX: usize = 256;

/// Changes in one batch.
pub const BATCH_CHANGES_MAX: usize = 256;
/// Bytes of the changes of one batch, so that a batch always fits one request.
pub const BATCH_BYTES_MAX: usize = CHUNK_MAX;
/// Documents in one batch.
pub const BATCH_DOCUMENTS_MAX: usize = 256;
/// Actors in one batch.
pub const BATCH_ACTORS_MAX: usize = 64;
/// Bytes of a batch's header.
pub const HEADER_MAX: usize = 24 * 1024;
/// Batches in one request.
pub const BATCHES_PER_PUSH_MAX: usize = 64;

/// Bytes of a bundle's file.
pub const BUNDLE_FILE_MAX: usize = 16 * 1024 * 1024;
/// Bytes of one part of a bundle as compressed: what a push has inflated, and a little for what does not compress.
pub const BUNDLE_PART_MAX: usize = INFLATED_MAX + 32 * 1024;
/// Parts of a bundle.
pub const BUNDLE_PARTS_MAX: usize = 1_024;
/// Bytes of all parts of a bundle after inflating.
pub const BUNDLE_INFLATED_MAX: usize = 128 * 1024 * 1024;
/// Memory that trying a bundle's code may take, in KiB.
pub const BUNDLE_MEMORY_KIB_MAX: u32 = 64 * 1024;
/// Passes over that memory.
pub const BUNDLE_PASSES_MAX: u32 = 8;

/// Bytes of one picture.
pub const PHOTO_MAX: usize = 150 * 1024;
/// Bytes of one piece of a picture: what a line that is cut loses at most.
pub const PHOTO_PIECE_MAX: usize = 32 * 1024;

/// Scopes that one pull may name.
pub const SCOPES_MAX: usize = 1_024;
/// Bytes of one line of a stream of events.
pub const EVENT_LINE_MAX: usize = 1_024;
/// Characters of an enrolment code.
pub const ENROL_CODE_MAX: usize = 64;
/// Characters of a device's name.
pub const DEVICE_NAME_MAX: usize = 80;
/// Bytes of the configuration.
pub const CONFIGURATION_MAX: usize = 1024 * 1024;
