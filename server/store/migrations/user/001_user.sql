-- Everything of one person, in a file of their own.

-- Whose file this is: a file put in another's place is refused.
CREATE TABLE owner (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  user_id  TEXT    NOT NULL
) STRICT;

CREATE TABLE credentials (
  credential_id    TEXT    PRIMARY KEY,
  provider         TEXT    NOT NULL,
  label            TEXT    NOT NULL,
  masked_key       TEXT    NOT NULL,  -- made when stored, so that listing never decrypts
  sealed_key       BLOB    NOT NULL,
  generation       INTEGER NOT NULL,  -- part of what sealed_key is bound to; goes up with each new key
  is_active        INTEGER NOT NULL,
  base_url         TEXT,
  created_at       INTEGER NOT NULL,  -- times are milliseconds since 1970
  updated_at       INTEGER NOT NULL,
  last_used_at     INTEGER,
  last_verified_at INTEGER,
  verification     TEXT,              -- JSON of the last check
  UNIQUE (provider, label)
) STRICT;

CREATE TABLE workflows (
  workflow_id  TEXT    PRIMARY KEY,
  name         TEXT    NOT NULL,
  description  TEXT    NOT NULL,
  canvas_state TEXT    NOT NULL,      -- JSON, as it came
  status       TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL
) STRICT;
