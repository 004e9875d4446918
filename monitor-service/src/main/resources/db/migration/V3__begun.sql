-- Messages on which work has begun and not ended: what the process dies over stays here, and is counted.
CREATE TABLE begun (
  message_key VARCHAR(32) NOT NULL PRIMARY KEY,
  times       INTEGER NOT NULL
);
