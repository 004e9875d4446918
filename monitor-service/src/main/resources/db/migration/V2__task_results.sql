-- What workers say became of tasks. A table of its own, because a worker may be done with a task before the monitor
-- has recorded that it handed it on.
CREATE TABLE task_results (
  task_id     VARCHAR(66) NOT NULL PRIMARY KEY, -- that of an attachment, once the attachment is recorded
  outcome     VARCHAR(20) NOT NULL,
  attempt     INTEGER NOT NULL,
  worker      VARCHAR,
  duration_ms BIGINT,
  reason      VARCHAR,
  settled_at  TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX task_results_by_age ON task_results (settled_at);

-- How far each queue's events have been read.
CREATE TABLE event_positions (
  queue    VARCHAR NOT NULL PRIMARY KEY,
  position VARCHAR NOT NULL
);
