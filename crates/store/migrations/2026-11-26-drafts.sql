-- What is typed into forms and not saved yet: it outlives the program, stays on the device and is no record of anything.
-- The household is empty for the form of one that does not exist yet.
CREATE TABLE drafts (
    household BLOB NOT NULL CHECK (length(household) IN (0, 16)),
    form TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (household, form)
) STRICT, WITHOUT ROWID;
