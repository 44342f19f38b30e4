-- What the person likes. JSON, because nothing here ever looks for a part of it.
CREATE TABLE preferences (
  only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
  preferences TEXT    NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
