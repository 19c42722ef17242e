-- Records of households that were entered twice: which one each names, and whether another one stays in its place. The
-- views are thrown away, so that the next reading computes them anew.
DELETE FROM basis;
ALTER TABLE views ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE views ADD COLUMN merged_into BLOB;
ALTER TABLE views ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
CREATE INDEX views_merged ON views (document, merged_into) WHERE merged_into IS NOT NULL;
