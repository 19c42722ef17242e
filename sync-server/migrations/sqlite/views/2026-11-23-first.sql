-- Everything here is computed from the town's database and may be thrown away.

-- What the rows below were computed from: another configuration means computing them anew.
CREATE TABLE basis (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    configuration_version INTEGER NOT NULL
) STRICT;

-- How far each scope's log has been taken in.
CREATE TABLE applied (
    scope BLOB PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
    document BLOB PRIMARY KEY,
    scope BLOB NOT NULL,
    kind INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX views_by_scope ON views (scope, kind);

CREATE TABLE standings (
    document BLOB NOT NULL,
    review BLOB NOT NULL,
    progress TEXT NOT NULL,
    class TEXT,
    PRIMARY KEY (document, review)
) STRICT, WITHOUT ROWID;
