ALTER TABLE messages ADD COLUMN mail_folder_id VARCHAR; -- where it lay when it was met; absent: not known

-- What is done with messages in their mailboxes after their attachments are taken.
CREATE TABLE follow_ups (
  message_key     VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES messages (message_key) ON DELETE CASCADE,
  mailbox         VARCHAR NOT NULL,
  state           VARCHAR(10) NOT NULL,
  attempts        INTEGER NOT NULL,
  next_attempt_at TIMESTAMP WITH TIME ZONE, -- set only while state is WAITING
  problem         VARCHAR
);

CREATE INDEX follow_ups_due ON follow_ups (mailbox, next_attempt_at);
