-- What was done with this person's account and data. Each row's hash covers the row and the hash before it
-- (server/store/audit_chain.h). Never a secret.
CREATE TABLE audit (
  sequence      INTEGER PRIMARY KEY,  -- without a gap; the oldest go when there are very many
  at            INTEGER NOT NULL,
  action        TEXT    NOT NULL,
  subject       TEXT    NOT NULL,     -- what it was done to: provider/label, or an id; may be empty, like the next three
  address       TEXT    NOT NULL,
  agent         TEXT    NOT NULL,
  session_id    TEXT    NOT NULL,
  result        TEXT    NOT NULL,     -- 'success', or the code of an error
  previous_hash TEXT    NOT NULL,
  hash          TEXT    NOT NULL
) STRICT;
