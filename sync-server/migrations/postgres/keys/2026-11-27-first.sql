-- One key a document; a purge destroys the key. A database of its own, backed up apart from the town's.
CREATE TABLE keys (
    id BYTEA PRIMARY KEY CHECK (length(id) = 16),
    document BYTEA NOT NULL UNIQUE CHECK (length(document) = 16),
    secret BYTEA NOT NULL CHECK (length(secret) = 32),
    made_at BIGINT NOT NULL
);

-- Documents whose keys are destroyed, noted before anything is erased: an erasure that was cut short is carried on, and
-- what comes back from an older copy of the log is known to be purged.
CREATE TABLE condemned (
    document BYTEA PRIMARY KEY CHECK (length(document) = 16),
    at BIGINT NOT NULL
);
