-- The pictures that photos of households describe, encrypted with the household's key.
CREATE TABLE photos (
    document BLOB NOT NULL REFERENCES documents (id),
    photo BLOB NOT NULL CHECK (length(photo) = 16),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    body BLOB NOT NULL,
    enrolment BLOB NOT NULL REFERENCES enrolments (id),
    arrived_at INTEGER NOT NULL,
    PRIMARY KEY (document, photo, sha256)
) STRICT, WITHOUT ROWID;
