ALTER TABLE attachments ADD COLUMN mismatch VARCHAR(10); -- what contradicts the content: name, declared or both
ALTER TABLE attachments ADD COLUMN contained INTEGER; -- how many attachments it holds; absent when nobody looked into it
