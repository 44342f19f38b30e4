-- Whose file holds a key that must be gone from `due` on, so that the few files with one are found among all. Written
-- before the key is put there, and removed after it has gone.
CREATE TABLE key_erasures (
  user_id TEXT    NOT NULL REFERENCES users ON DELETE CASCADE,
  due     INTEGER NOT NULL,
  PRIMARY KEY (user_id, due)
) STRICT, WITHOUT ROWID;

CREATE INDEX key_erasures_by_due ON key_erasures (due);
