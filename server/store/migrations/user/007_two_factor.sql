-- The second factor of signing in: what an authenticator app shares with this server.
CREATE TABLE two_factor (
  only_row      INTEGER PRIMARY KEY CHECK (only_row = 1),
  two_factor_id TEXT    NOT NULL UNIQUE,  -- another for each secret
  kind          TEXT    NOT NULL,         -- 'totp'
  sealed_secret BLOB    NOT NULL,
  generation    INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  enabled_at    INTEGER,                  -- nothing as long as no code of it was seen
  last_step     INTEGER NOT NULL          -- of the codes that were used: each works once
) STRICT;

-- Those that are left. A keyed hash: the table alone lets nobody in.
CREATE TABLE recovery_codes (
  code_hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
