-- What lists and search read, in a shape that a keystroke over ten thousand households can afford. Projections are
-- computed anew after a migration, so the old ones are thrown away.
DROP TABLE household_reviews;
DROP TABLE household_search;
DROP TABLE households;

CREATE TABLE households (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
    scope BLOB NOT NULL CHECK (length(scope) = 16),
    shown INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    members INTEGER NOT NULL,
    name_folded TEXT NOT NULL,
    name TEXT,
    address TEXT
) STRICT;
CREATE INDEX households_by_name ON households (name_folded, name, id) WHERE shown = 1;

CREATE TABLE household_reviews (
    household BLOB NOT NULL REFERENCES households (id) ON DELETE CASCADE,
    review BLOB NOT NULL,
    progress TEXT NOT NULL,
    stage TEXT NOT NULL,
    class TEXT,
    possible TEXT NOT NULL,
    PRIMARY KEY (household, review)
) STRICT, WITHOUT ROWID;

-- Words are found by their beginning, numbers of three digits or more anywhere inside.
CREATE VIRTUAL TABLE household_search USING fts5 (
    text, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2', columnsize = 0
);
CREATE VIRTUAL TABLE household_digits USING fts5 (digits, tokenize = "trigram", columnsize = 0);

-- Who lives in the households that are here: the same person entered twice is found by number, or by name and year.
CREATE TABLE people (
    household BLOB NOT NULL REFERENCES households (id) ON DELETE CASCADE,
    member BLOB NOT NULL CHECK (length(member) = 16),
    name TEXT,
    name_folded TEXT NOT NULL,
    year INTEGER,
    citizen_id TEXT,
    PRIMARY KEY (household, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_citizen_id ON people (citizen_id) WHERE citizen_id IS NOT NULL;
CREATE INDEX people_by_name ON people (name_folded, year) WHERE year IS NOT NULL;
