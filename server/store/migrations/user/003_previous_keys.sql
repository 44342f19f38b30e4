-- The key before the present one, kept for a while so that replacing it can be undone. All of it or nothing.
ALTER TABLE credentials ADD COLUMN previous_sealed_key       BLOB;  -- bound to this column and to `generation`
ALTER TABLE credentials ADD COLUMN previous_masked_key       TEXT;
ALTER TABLE credentials ADD COLUMN previous_is_active        INTEGER;
ALTER TABLE credentials ADD COLUMN previous_base_url         TEXT;
ALTER TABLE credentials ADD COLUMN previous_last_verified_at INTEGER;
ALTER TABLE credentials ADD COLUMN previous_verification     TEXT;
ALTER TABLE credentials ADD COLUMN replaced_at               INTEGER;
ALTER TABLE credentials ADD COLUMN previous_until            INTEGER;  -- from then on it must not be in the file
