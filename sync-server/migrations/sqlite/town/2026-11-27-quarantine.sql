-- What the office decided on a refused change: released or refused.
ALTER TABLE quarantine ADD COLUMN settlement TEXT;
ALTER TABLE quarantine ADD COLUMN settled_at INTEGER;
