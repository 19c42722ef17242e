-- Where a household stands in the procedure of a review. Projections are computed anew after a migration.
ALTER TABLE household_reviews ADD COLUMN stage TEXT NOT NULL DEFAULT 'unlisted';
