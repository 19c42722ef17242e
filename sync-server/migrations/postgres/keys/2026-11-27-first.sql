-- One key a document; a purge destroys the key. A database of its own, backed up apart from the town's.
CREATE TABLE keys (
    id BYTEA PRIMARY KEY CHECK (length(id) = 16),
    document BYTEA NOT NULL UNIQUE CHECK (length(document) = 16),
    secret BYTEA NOT NULL CHECK (length(secret) = 32),
    made_at BIGINT NOT NULL
);
