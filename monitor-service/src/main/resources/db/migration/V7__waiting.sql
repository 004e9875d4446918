-- Since when an attachment lay in storage because the queue was down; while its outcome is STORED, it still does.
ALTER TABLE attachments ADD COLUMN waited_from TIMESTAMP WITH TIME ZONE;

CREATE INDEX attachments_waiting ON attachments (outcome, waited_from);
