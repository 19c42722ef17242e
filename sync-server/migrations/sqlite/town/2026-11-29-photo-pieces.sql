-- Pieces of pictures that have not come to their end, encrypted with the household's key; each begins where the one before it
-- ended. Every enrolment has its own: what one of them sends wrong spoils nothing for another.
CREATE TABLE photo_pieces (
    enrolment BLOB NOT NULL REFERENCES enrolments (id),
    document BLOB NOT NULL REFERENCES documents (id),
    photo BLOB NOT NULL CHECK (length(photo) = 16),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    start INTEGER NOT NULL CHECK (start >= 0),
    arrived_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (enrolment, document, photo, sha256, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_pieces_by_document ON photo_pieces (document);
CREATE INDEX photo_pieces_by_age ON photo_pieces (arrived_at);
