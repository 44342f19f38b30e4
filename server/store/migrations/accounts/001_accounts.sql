-- Whom this server knows. Rows that belong to a person begin with the person's id, so that they can be split up later.

CREATE TABLE instance (
  only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
  instance_id TEXT    NOT NULL,
  salt        BLOB    NOT NULL,  -- for HKDF, so that two installations never derive the same keys
  created_at  INTEGER NOT NULL   -- times are milliseconds since 1970
) STRICT;

-- Tells a wrong master key from a right one without opening anything.
CREATE TABLE master_key_checks (
  master_key_id INTEGER PRIMARY KEY,
  check_value   BLOB    NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
  user_id       TEXT    PRIMARY KEY,
  email         TEXT    NOT NULL UNIQUE,  -- normalised
  full_name     TEXT    NOT NULL,
  password_hash TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE data_keys (
  user_id       TEXT    NOT NULL REFERENCES users ON DELETE CASCADE,
  version       INTEGER NOT NULL,
  master_key_id INTEGER NOT NULL,
  wrapped       BLOB    NOT NULL,
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (user_id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX data_keys_by_master_key ON data_keys (master_key_id);

CREATE TABLE sessions (
  user_id      TEXT    NOT NULL REFERENCES users ON DELETE CASCADE,
  session_id   TEXT    NOT NULL,
  token_hash   BLOB    NOT NULL UNIQUE,  -- SHA-256: the table alone lets nobody in
  address      TEXT    NOT NULL,
  agent        TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, session_id)
) STRICT, WITHOUT ROWID;
