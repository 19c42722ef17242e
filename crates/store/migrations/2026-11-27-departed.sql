-- When a document left this device's villages, by the server's clock: it stays for a while, hidden, because this device may
-- be the last one that has what the server needs when it comes back from an older copy.
ALTER TABLE documents ADD COLUMN departed_at INTEGER;
UPDATE documents SET departed_at = 0 WHERE departed = 1;
-- While every log is read from its beginning: documents that none of them has spoken of so far.
ALTER TABLE documents ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
