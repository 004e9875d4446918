ALTER TABLE messages ADD COLUMN note VARCHAR; -- how it came here, when not by the changes of its folder

ALTER TABLE mailboxes ADD COLUMN reconciled_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE mailboxes ADD COLUMN missing INTEGER DEFAULT 0 NOT NULL; -- messages that the last reconciliation found
ALTER TABLE mailboxes ADD COLUMN late INTEGER DEFAULT 0 NOT NULL; -- attachments that it found
