-- How much of a picture the server had from its beginning when it last answered. It is only where the next piece begins: the
-- server says again how much it has.
ALTER TABLE photo_outbox ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0);
