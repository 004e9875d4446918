-- Plain SQL that H2 and PostgreSQL both understand.
--
-- Keys of messages and attachments are fingerprints (hex digits of SHA-256 over mailbox, message id and attachment id):
-- ids have no length limit, an index entry has one.

CREATE TABLE mailboxes (
  address       VARCHAR NOT NULL PRIMARY KEY,
  watched       BOOLEAN NOT NULL,
  parked_reason VARCHAR,
  next_check_at TIMESTAMP WITH TIME ZONE,
  last_sync_at  TIMESTAMP WITH TIME ZONE,
  problem       VARCHAR
);

CREATE TABLE folders (
  mailbox     VARCHAR NOT NULL,
  name        VARCHAR NOT NULL, -- as configured
  folder_id   VARCHAR NOT NULL,
  cursor_link VARCHAR,          -- absent: from the beginning
  PRIMARY KEY (mailbox, name)
);

CREATE TABLE messages (
  message_key         VARCHAR(32) NOT NULL PRIMARY KEY,
  id_key              VARCHAR(32) NOT NULL, -- of the message id alone
  header_key          VARCHAR(32),          -- of the Message-ID header without its brackets
  mailbox             VARCHAR NOT NULL,
  folder              VARCHAR NOT NULL,
  message_id          VARCHAR NOT NULL,
  internet_message_id VARCHAR,
  subject             VARCHAR NOT NULL,
  sender_name         VARCHAR NOT NULL,
  sender_address      VARCHAR NOT NULL,
  received_at         TIMESTAMP WITH TIME ZONE NOT NULL,
  state               VARCHAR(10) NOT NULL,
  first_seen_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  worked_at           TIMESTAMP WITH TIME ZONE NOT NULL,
  attempts            INTEGER NOT NULL,
  next_attempt_at     TIMESTAMP WITH TIME ZONE, -- set only while state is RETRYING
  problem             VARCHAR
);

CREATE INDEX messages_by_id ON messages (id_key);
CREATE INDEX messages_by_header ON messages (header_key);
CREATE INDEX messages_by_work ON messages (worked_at, message_key);
CREATE INDEX messages_due ON messages (mailbox, next_attempt_at);

CREATE TABLE attachments (
  attachment_key VARCHAR(66) NOT NULL PRIMARY KEY, -- the task id it has, or would have
  message_key    VARCHAR(32) NOT NULL REFERENCES messages (message_key) ON DELETE CASCADE,
  place          INTEGER NOT NULL,                 -- their order
  attachment_id  VARCHAR NOT NULL,
  name           VARCHAR NOT NULL,
  kind           VARCHAR(10) NOT NULL,
  content_type   VARCHAR,
  detected_type  VARCHAR,
  size_bytes     BIGINT NOT NULL,
  is_inline      BOOLEAN NOT NULL,
  outcome        VARCHAR(10) NOT NULL,
  reason         VARCHAR(40),
  detail         VARCHAR,
  handed_on      BOOLEAN NOT NULL,
  sha256         VARCHAR(64),
  stored_at      VARCHAR,
  recorded_at    TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX attachments_of_message ON attachments (message_key);

-- Messages whose records were deleted by age: still known, never handed on again.
CREATE TABLE forgotten (
  message_key VARCHAR(32) NOT NULL PRIMARY KEY
);
