-- Accounts that are being erased: the user is gone from here already, their file may not be yet. A row has no more than
-- the id, and lives no longer than that takes.
CREATE TABLE erasures (
  user_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
