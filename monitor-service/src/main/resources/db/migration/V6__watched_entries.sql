-- For which entries of the configuration the watched mailboxes were found: after a restart they stay watched while the
-- directory does not answer, but only if the same is asked for.
CREATE TABLE watched_entries (
  entry VARCHAR NOT NULL
);

ALTER TABLE mailboxes ADD COLUMN user_id VARCHAR; -- by what it is asked for, when not by its address
