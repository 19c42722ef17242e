-- The town's truth: its log of changes and the facts that the server owns.
-- Times are seconds since 1970 by the server's clock; ids and hashes are raw bytes.

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    town BLOB NOT NULL CHECK (length(town) = 16),
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    signing_key BLOB NOT NULL CHECK (length(signing_key) = 32),
    configuration_version INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

-- Units, users, reviews, policies, citations, population and settings as JSON of the domain's structs.
-- A newer version of a row is a new row; the configuration version says from when it holds.
CREATE TABLE registry (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    place INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE scopes (
    unit BLOB PRIMARY KEY CHECK (length(unit) = 16),
    head INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    digest BLOB NOT NULL CHECK (length(digest) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind INTEGER NOT NULL,
    scope BLOB NOT NULL REFERENCES scopes (unit),
    key BLOB NOT NULL,
    placed_at INTEGER NOT NULL,
    purged_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
    id BLOB PRIMARY KEY CHECK (length(id) = 32),
    enrolment BLOB NOT NULL REFERENCES enrolments (id),
    number INTEGER NOT NULL,
    header BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    arrived_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row an entry of a scope's log. The body is encrypted with the document's key from the key store.
CREATE TABLE changes (
    scope BLOB NOT NULL REFERENCES scopes (unit),
    seq INTEGER NOT NULL CHECK (seq > 0),
    entry INTEGER NOT NULL, -- 0 a change; other numbers are kept for left, entered and purged
    document BLOB NOT NULL REFERENCES documents (id),
    hash BLOB CHECK (length(hash) = 32),
    actor BLOB CHECK (length(actor) = 16),
    actor_seq INTEGER,
    proposal INTEGER NOT NULL DEFAULT 0,
    batch BLOB REFERENCES batches (id),
    body BLOB,
    arrived_at INTEGER NOT NULL,
    PRIMARY KEY (scope, seq)
) STRICT;
CREATE INDEX changes_by_document ON changes (document, seq);
CREATE UNIQUE INDEX changes_once ON changes (document, hash) WHERE hash IS NOT NULL;
CREATE UNIQUE INDEX changes_no_equivocation ON changes (document, actor, actor_seq) WHERE actor IS NOT NULL;

-- What the gate refused, kept where a person can look at it.
CREATE TABLE quarantine (
    document BLOB NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    enrolment BLOB NOT NULL REFERENCES enrolments (id),
    batch BLOB NOT NULL REFERENCES batches (id),
    code TEXT NOT NULL,
    body BLOB NOT NULL,
    arrived_at INTEGER NOT NULL,
    PRIMARY KEY (document, hash)
) STRICT;
CREATE INDEX quarantine_by_enrolment ON quarantine (enrolment);

CREATE TABLE codes (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    user TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolments (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    device TEXT NOT NULL,
    code BLOB NOT NULL UNIQUE REFERENCES codes (hash),
    made_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- An actor belongs to one enrolment for ever.
CREATE TABLE actors (
    actor BLOB PRIMARY KEY CHECK (length(actor) = 16),
    enrolment BLOB NOT NULL REFERENCES enrolments (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE office_users (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    name TEXT NOT NULL REFERENCES office_users (name),
    csrf TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recognitions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    household BLOB NOT NULL CHECK (length(household) = 16),
    body TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE access_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;

-- What is append-only is so in the database itself, whoever opens it.
CREATE TRIGGER registry_keeps BEFORE UPDATE ON registry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER registry_stays BEFORE DELETE ON registry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER recognitions_keep BEFORE UPDATE ON recognitions BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER recognitions_stay BEFORE DELETE ON recognitions BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER access_keeps BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER access_stays BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER batches_keep BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER batches_stay BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER changes_stay BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- A purge may empty a body and nothing else: the sequence stays dense.
CREATE TRIGGER changes_keep BEFORE UPDATE ON changes
WHEN NEW.body IS NOT NULL OR NEW.scope IS NOT OLD.scope OR NEW.seq IS NOT OLD.seq OR NEW.entry IS NOT OLD.entry
    OR NEW.document IS NOT OLD.document OR NEW.hash IS NOT OLD.hash OR NEW.actor IS NOT OLD.actor
    OR NEW.actor_seq IS NOT OLD.actor_seq OR NEW.proposal IS NOT OLD.proposal OR NEW.batch IS NOT OLD.batch
    OR NEW.arrived_at IS NOT OLD.arrived_at
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- A scope's counter only grows, by one.
CREATE TRIGGER scopes_count BEFORE UPDATE OF head ON scopes WHEN NEW.head <> OLD.head + 1
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
