-- What a person ran, as far as it is kept.
CREATE TABLE runs (
  run_id        TEXT    PRIMARY KEY,
  workflow_id   TEXT    NOT NULL,  -- 'draft' for a graph that was not saved; the workflow may be gone
  status        TEXT    NOT NULL,
  started_at    INTEGER NOT NULL,
  finished_at   INTEGER,
  process       TEXT    NOT NULL,  -- of the server that ran it: what another one left 'running' was interrupted
  last_event    INTEGER NOT NULL,
  error_code    TEXT,
  error_detail  TEXT,
  input_tokens  INTEGER,
  output_tokens INTEGER,
  record_bytes  INTEGER NOT NULL,
  record        TEXT    NOT NULL   -- JSON of results and logs
) STRICT;

CREATE INDEX runs_by_time ON runs (started_at DESC, run_id DESC);
CREATE INDEX runs_by_workflow ON runs (workflow_id, started_at DESC, run_id DESC);
