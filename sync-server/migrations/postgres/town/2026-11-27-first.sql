-- The town's truth: its log of changes and the facts that the server owns; and what is computed from it, in a schema of
-- its own. Times are seconds since 1970 by the server's clock; ids and hashes are raw bytes.

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    town BYTEA NOT NULL CHECK (length(town) = 16),
    epoch BYTEA NOT NULL CHECK (length(epoch) = 16),
    signing_key BYTEA NOT NULL CHECK (length(signing_key) = 32),
    configuration_version BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

-- Units, users, reviews, policies, citations, population and settings as JSON of the domain's structs. The text is kept
-- as it was written. A newer version of a row is a new row; the configuration version says from when it holds.
CREATE TABLE registry (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    place BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id, version)
);

-- The row of a scope is what its writers wait for each other on.
CREATE TABLE scopes (
    unit BYTEA PRIMARY KEY CHECK (length(unit) = 16),
    head BIGINT NOT NULL DEFAULT 0,
    changes BIGINT NOT NULL DEFAULT 0,
    digest BYTEA NOT NULL CHECK (length(digest) = 16)
);

CREATE TABLE documents (
    id BYTEA PRIMARY KEY CHECK (length(id) = 16),
    kind SMALLINT NOT NULL,
    scope BYTEA NOT NULL REFERENCES scopes (unit),
    key BYTEA NOT NULL,
    placed_at BIGINT NOT NULL,
    purged_at BIGINT
);

CREATE TABLE codes (
    hash BYTEA PRIMARY KEY CHECK (length(hash) = 32),
    user_id TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE enrolments (
    id BYTEA PRIMARY KEY CHECK (length(id) = 16),
    user_id BYTEA NOT NULL CHECK (length(user_id) = 16),
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
    device TEXT NOT NULL,
    code BYTEA NOT NULL UNIQUE REFERENCES codes (hash),
    made_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE batches (
    id BYTEA PRIMARY KEY CHECK (length(id) = 32),
    enrolment BYTEA NOT NULL REFERENCES enrolments (id),
    number BIGINT NOT NULL,
    header BYTEA NOT NULL,
    signature BYTEA NOT NULL CHECK (length(signature) = 64),
    arrived_at BIGINT NOT NULL
);

-- One row an entry of a scope's log. The body is encrypted with the document's key from the key store. `place` orders a
-- document's changes, whose writers wait for each other on the scope; nobody's cursor is read from it.
CREATE TABLE changes (
    scope BYTEA NOT NULL REFERENCES scopes (unit),
    seq BIGINT NOT NULL CHECK (seq > 0),
    place BIGINT GENERATED ALWAYS AS IDENTITY,
    entry SMALLINT NOT NULL, -- 0 a change, 1 left, 2 entered, 3 purged, 4 a change that came along with its document
    document BYTEA NOT NULL REFERENCES documents (id),
    hash BYTEA CHECK (length(hash) = 32),
    actor BYTEA CHECK (length(actor) = 16),
    actor_seq BIGINT,
    proposal BOOLEAN NOT NULL DEFAULT FALSE,
    batch BYTEA REFERENCES batches (id),
    body BYTEA,
    arrived_at BIGINT NOT NULL,
    PRIMARY KEY (scope, seq)
);
CREATE INDEX changes_by_document ON changes (document, place);
CREATE UNIQUE INDEX changes_once ON changes (document, hash) WHERE entry = 0;
CREATE UNIQUE INDEX changes_no_equivocation ON changes (document, actor, actor_seq) WHERE entry = 0;
-- Where a document left or was purged, so that its earlier places are passed over.
CREATE INDEX changes_gone ON changes (document, scope, seq) WHERE entry IN (1, 3);

CREATE INDEX changes_proposed ON changes (document) WHERE entry = 0 AND proposal;

-- Proposals that the office accepted: they count in what was sealed.
CREATE TABLE acceptances (
    document BYTEA NOT NULL REFERENCES documents (id),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    at BIGINT NOT NULL,
    PRIMARY KEY (document, hash)
);

-- What the gate refused, kept where a person can look at it.
CREATE TABLE quarantine (
    document BYTEA NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    enrolment BYTEA NOT NULL REFERENCES enrolments (id),
    batch BYTEA NOT NULL REFERENCES batches (id),
    code TEXT NOT NULL,
    body BYTEA NOT NULL,
    arrived_at BIGINT NOT NULL,
    settlement TEXT, -- what the office decided: released or refused
    settled_at BIGINT,
    PRIMARY KEY (document, hash)
);
CREATE INDEX quarantine_by_enrolment ON quarantine (enrolment);

-- An actor belongs to one enrolment for ever.
CREATE TABLE actors (
    actor BYTEA PRIMARY KEY CHECK (length(actor) = 16),
    enrolment BYTEA NOT NULL REFERENCES enrolments (id)
);

-- The pictures that photos of households describe, encrypted with the household's key.
CREATE TABLE photos (
    document BYTEA NOT NULL REFERENCES documents (id),
    photo BYTEA NOT NULL CHECK (length(photo) = 16),
    sha256 BYTEA NOT NULL CHECK (length(sha256) = 32),
    body BYTEA NOT NULL,
    enrolment BYTEA NOT NULL REFERENCES enrolments (id),
    arrived_at BIGINT NOT NULL,
    PRIMARY KEY (document, photo, sha256)
);
-- Pictures and bodies are noise: trying to make them smaller is wasted.
ALTER TABLE photos ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE changes ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE office_users (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
    name TEXT NOT NULL REFERENCES office_users (name),
    csrf TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE recognitions (
    seq BIGINT PRIMARY KEY,
    household BYTEA NOT NULL CHECK (length(household) = 16),
    body TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);

CREATE TABLE access_log (
    seq BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL
);

-- What is append-only is so in the database itself, whoever opens it.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append_only';
END $$;
CREATE TRIGGER registry_keeps BEFORE UPDATE OR DELETE ON registry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER recognitions_keep BEFORE UPDATE OR DELETE ON recognitions FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER access_keeps BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER batches_keep BEFORE UPDATE OR DELETE ON batches FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER acceptances_keep BEFORE UPDATE OR DELETE ON acceptances FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER changes_stay BEFORE DELETE ON changes FOR EACH ROW EXECUTE FUNCTION append_only();
-- A purge may empty a body and nothing else: the sequence stays dense.
CREATE TRIGGER changes_keep BEFORE UPDATE ON changes FOR EACH ROW
WHEN (NEW.body IS NOT NULL
    OR (NEW.scope, NEW.seq, NEW.place, NEW.entry, NEW.document, NEW.hash, NEW.actor, NEW.actor_seq, NEW.proposal,
        NEW.batch, NEW.arrived_at)
    IS DISTINCT FROM (OLD.scope, OLD.seq, OLD.place, OLD.entry, OLD.document, OLD.hash, OLD.actor, OLD.actor_seq,
        OLD.proposal, OLD.batch, OLD.arrived_at))
EXECUTE FUNCTION append_only();
-- A scope's counter only grows, and only by entries that are there.
CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.head < OLD.head OR NEW.head - OLD.head <>
        (SELECT count(*) FROM town.changes WHERE scope = NEW.unit AND seq > OLD.head AND seq <= NEW.head)
    THEN
        RAISE EXCEPTION 'append_only';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scopes_count BEFORE UPDATE OF head ON scopes FOR EACH ROW
WHEN (NEW.head <> OLD.head) EXECUTE FUNCTION counted();

-- Everything here is computed from the tables above and may be thrown away.
CREATE SCHEMA views;

-- What the rows below were computed from: another configuration means computing them anew.
CREATE TABLE views.basis (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    configuration_version BIGINT NOT NULL
);

-- How far each scope's log has been taken in.
CREATE TABLE views.applied (
    scope BYTEA PRIMARY KEY,
    seq BIGINT NOT NULL
);

CREATE TABLE views.views (
    document BYTEA PRIMARY KEY,
    scope BYTEA NOT NULL,
    kind SMALLINT NOT NULL,
    listed BOOLEAN NOT NULL,
    conflicts BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    removed BOOLEAN NOT NULL,
    merged_into BYTEA,
    merged BOOLEAN NOT NULL
);
CREATE INDEX views_by_scope ON views.views (scope, kind);
CREATE INDEX views_merged ON views.views (document, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE views.standings (
    document BYTEA NOT NULL,
    review BYTEA NOT NULL,
    progress TEXT NOT NULL,
    class TEXT,
    PRIMARY KEY (document, review)
);
