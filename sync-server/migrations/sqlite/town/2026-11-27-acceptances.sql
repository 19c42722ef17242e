-- Proposals that the office accepted: they count in what was sealed. Append-only.
CREATE TABLE acceptances (
    document BLOB NOT NULL REFERENCES documents (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at INTEGER NOT NULL,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER acceptances_keep BEFORE UPDATE ON acceptances BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER acceptances_stay BEFORE DELETE ON acceptances BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE INDEX changes_proposed ON changes (document) WHERE entry = 0 AND proposal = 1;
