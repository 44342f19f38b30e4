-- When the operator shut the account; nothing for one that may be used.
ALTER TABLE users ADD COLUMN disabled_at INTEGER;
