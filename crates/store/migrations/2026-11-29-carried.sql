-- What was purged: an older file that still has it does not bring it back.
CREATE TABLE purged (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16)
) STRICT, WITHOUT ROWID;
-- The batch that a refused change travelled in: what another person signed cannot be signed again.
ALTER TABLE set_aside ADD COLUMN batch BLOB;
