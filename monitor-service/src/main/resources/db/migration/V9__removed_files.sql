-- When the file of a stored attachment was removed by its age; stored_at is absent from then on.
ALTER TABLE attachments ADD COLUMN removed_at TIMESTAMP WITH TIME ZONE;
