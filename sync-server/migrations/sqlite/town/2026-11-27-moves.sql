-- A document that moves takes its changes along: they stand in the new scope's log once more (entry 4), after `entered` (2).
DROP INDEX changes_once;
DROP INDEX changes_no_equivocation;
CREATE UNIQUE INDEX changes_once ON changes (document, hash) WHERE entry = 0;
CREATE UNIQUE INDEX changes_no_equivocation ON changes (document, actor, actor_seq) WHERE entry = 0;
-- Where a document left (1) or was purged (3), so that its earlier places are passed over.
CREATE INDEX changes_gone ON changes (document, scope, seq) WHERE entry IN (1, 3);
