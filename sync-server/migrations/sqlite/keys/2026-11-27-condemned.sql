-- Documents whose keys are destroyed, noted before anything is erased: an erasure that was cut short is carried on, and
-- what comes back from an older copy of the log is known to be purged.
CREATE TABLE condemned (
    document BLOB PRIMARY KEY CHECK (length(document) = 16),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
