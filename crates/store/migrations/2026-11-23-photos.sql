-- The pictures that photos of households describe. They travel beside the documents, after the text, and stay when the
-- server refuses a document: what was refused is kept aside, and so are its pictures.
CREATE TABLE photos (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    household BLOB NOT NULL CHECK (length(household) = 16),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    jpeg BLOB NOT NULL
) STRICT;
CREATE INDEX photos_by_household ON photos (household);

-- Pictures that the server does not have, oldest first.
CREATE TABLE photo_outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    photo BLOB NOT NULL UNIQUE REFERENCES photos (id) ON DELETE CASCADE,
    since INTEGER NOT NULL
) STRICT;
