-- One key a document; a purge destroys the key. Backed up apart from the town's database.
CREATE TABLE keys (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    document BLOB NOT NULL UNIQUE CHECK (length(document) = 16),
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
