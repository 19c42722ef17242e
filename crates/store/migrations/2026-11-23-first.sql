-- What was told: documents as raw changes, one row for each change.
CREATE TABLE documents (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    kind INTEGER NOT NULL,
    scope BLOB NOT NULL CHECK (length(scope) = 16),
    departed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE batches (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 32),
    own_number INTEGER UNIQUE,
    header BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE TABLE changes (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    document BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    bytes BLOB NOT NULL,
    batch BLOB REFERENCES batches (id),
    sequence INTEGER
) STRICT;
CREATE INDEX changes_by_document ON changes (document, position);
CREATE INDEX changes_by_batch ON changes (batch);

-- Changes that the server has not acknowledged by their hash.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE REFERENCES changes (hash) ON DELETE CASCADE,
    document BLOB NOT NULL,
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_document ON outbox (document);

-- Changes that the server refused, with what they would have written.
CREATE TABLE set_aside (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    document BLOB NOT NULL,
    bytes BLOB NOT NULL,
    code TEXT NOT NULL,
    at INTEGER NOT NULL,
    edits TEXT NOT NULL
) STRICT;
CREATE INDEX set_aside_by_document ON set_aside (document);

-- Who wrote: an actor belongs to one user on one device.
CREATE TABLE actors (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    enrolment BLOB NOT NULL CHECK (length(enrolment) = 16)
) STRICT;

-- How far each scope's log has been read.
CREATE TABLE cursors (
    scope BLOB PRIMARY KEY NOT NULL CHECK (length(scope) = 16),
    sequence INTEGER NOT NULL
) STRICT;

CREATE TABLE configuration (
    one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
    version INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE facts (
    name TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE sync_log (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL
) STRICT;

-- Everything below is computed from the changes and the configuration, and can be computed again.
CREATE TABLE households (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
    name TEXT,
    name_folded TEXT NOT NULL,
    address TEXT,
    digits TEXT NOT NULL,
    members INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    removed INTEGER NOT NULL
) STRICT;
CREATE INDEX households_by_name ON households (name_folded, name, id);

CREATE TABLE household_reviews (
    household BLOB NOT NULL REFERENCES households (id) ON DELETE CASCADE,
    review BLOB NOT NULL,
    progress TEXT NOT NULL,
    class TEXT,
    possible TEXT NOT NULL,
    PRIMARY KEY (household, review)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE household_search USING fts5 (text, tokenize = "unicode61 remove_diacritics 0");
