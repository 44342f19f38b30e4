-- 1 once the user's file was made: from then on one that is missing or empty was lost, and none is made in its place.
-- 0 also for files that older versions made: those are noted when they are opened next.
ALTER TABLE users ADD COLUMN has_file INTEGER NOT NULL DEFAULT 0;
