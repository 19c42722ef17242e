//! The server's own limits, with their units. Those of the protocol are in `sync::limits`.

use std::time::Duration;

/// Connections that are open at once; more wait in the system's queue.
pub const CONNECTIONS_MAX: usize = 512;
/// How long a connection may say nothing while the server waits for it.
pub const CONNECTION_IDLE: Duration = Duration::from_secs(75);
/// How long one request may take, its body included.
pub const REQUEST_TIME: Duration = Duration::from_secs(60);
/// Devices that listen at once to one process: half of the connections, so that a request always finds one.
pub const LISTENERS_MAX: usize = 256;
/// Streams of one enrolment; a further one ends the oldest.
pub const LISTENERS_OF_ONE: usize = 2;
/// Between two signs of life on a stream. Each time it is looked whether something was missed, and who may still hear it.
pub const LIVE_BEAT: Duration = Duration::from_secs(25);
/// How long a stream lasts; its device opens another one.
pub const LIVE_TIME: Duration = Duration::from_secs(60 * 60);
/// Events that wait for one device; while they wait, nothing more is gathered for it.
pub const EVENTS_WAITING: usize = 64;
/// Notices that are kept for listeners; who is further behind looks for what was missed.
pub const NOTICES_KEPT: usize = 1_024;
/// Pushes and pulls that are worked on at once; more wait.
pub const SYNCS_AT_ONCE: usize = 8;
/// Reports that are computed at once; more wait.
pub const REPORTS_AT_ONCE: usize = 1;
/// Bytes of a form of the office page.
pub const FORM_MAX: usize = 8 * 1024;
/// Bytes of the form that brings a device's file.
pub const CARRIED_MAX: usize = sync::limits::BUNDLE_FILE_MAX + FORM_MAX;
/// Entries that are read from the log at a time.
pub const ENTRIES_AT_A_TIME: usize = 256;

/// How long an enrolment code is taken.
pub const CODE_LIFE: i64 = 7 * crate::clock::DAY;
/// How long an office session lasts, in seconds.
pub const SESSION_LIFE: i64 = 12 * 60 * 60;

/// The window over which attempts and requests are counted, in seconds.
pub const WINDOW: i64 = 10 * 60;
/// Wrong enrolment codes of one address in a window.
pub const WRONG_CODES_MAX: u32 = 20;
/// Wrong passwords for one name, and of one address, in a window.
pub const WRONG_PASSWORDS_MAX: u32 = 10;
/// Bytes of a body over the limit that are read and thrown away before it is refused, and for how long at most.
pub const THROWN_AWAY_MAX: usize = 1024 * 1024;
/// See [`THROWN_AWAY_MAX`].
pub const THROWN_AWAY_FOR: std::time::Duration = std::time::Duration::from_secs(1);
/// Passwords that are checked at once; each takes the memory of one Argon2.
pub const LOGINS_AT_ONCE: usize = 2;
/// Requests of one enrolment in a window.
pub const REQUESTS_MAX: u32 = 12_000;
/// Names and addresses that are counted at once.
pub const COUNTED_MAX: usize = 20_000;

/// Characters of an office login's name.
pub const LOGIN_NAME_MAX: usize = 64;
/// Bytes of a list to recognise.
pub const LIST_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Refused changes that a page shows.
pub const QUARANTINE_SHOWN: usize = 50;
/// Notes of the access log that a page shows.
pub const ACCESSES_SHOWN: usize = 50;
