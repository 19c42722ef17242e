-- Which record stays where a household was entered twice. Projections are computed anew after a migration.
ALTER TABLE households ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE households ADD COLUMN merged_into BLOB;
CREATE INDEX households_merged ON households (id, merged_into) WHERE merged_into IS NOT NULL;
