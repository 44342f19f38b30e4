-- How a person's keys stand in for each other, what they may use in a month, and what they used.

CREATE TABLE failover (
  provider       TEXT    PRIMARY KEY,
  enabled        INTEGER NOT NULL,
  credential_ids TEXT    NOT NULL     -- JSON list, first choice first; may name keys that are gone
) STRICT;

CREATE TABLE budgets (
  credential_id  TEXT    PRIMARY KEY,
  monthly_tokens INTEGER NOT NULL     -- input and output together, in a calendar month (UTC)
) STRICT;

-- Added up by day, so that the table grows with the days and not with the calls.
CREATE TABLE usage (
  day           TEXT    NOT NULL,     -- 2026-11-24, UTC
  credential_id TEXT    NOT NULL,     -- empty for a key of the operator's
  provider      TEXT    NOT NULL,
  model         TEXT    NOT NULL,
  workflow_id   TEXT    NOT NULL,     -- "draft" for unsaved ones
  calls         INTEGER NOT NULL,
  input_tokens  INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  PRIMARY KEY (day, credential_id, provider, model, workflow_id)
) STRICT, WITHOUT ROWID;
