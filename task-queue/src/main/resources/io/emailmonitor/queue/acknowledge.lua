-- Removes tasks that are done. Frees memory before it counts, so that it works when Redis is full.
-- KEYS  1 due  2 n  3 uncounted  4 reason  5 stats  6 events  7... jobs
-- ARGV  1 events kept  2... for each job: id, delivery, how many fields and values the event has,
--       these
-- gives for each job 1, or 0 if the claim is no longer the caller's
local replies, ids, jobs, events = {}, {}, {}, {}
local at = 2
for i = 1, #KEYS - 6 do
  local id, delivery, length = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  if redis.call('HGET', KEYS[2], id) == delivery and redis.call('ZREM', KEYS[1], id) == 1 then
    replies[i] = 1
    ids[#ids + 1] = id
    jobs[#jobs + 1] = KEYS[6 + i]
    events[#events + 1] = {unpack(ARGV, at + 3, at + 2 + length)}
  else
    replies[i] = 0
  end
  at = at + 3 + length
end
if #ids > 0 then
  redis.call('UNLINK', unpack(jobs))
  for key = 2, 4 do redis.call('HDEL', KEYS[key], unpack(ids)) end
  redis.call('HINCRBY', KEYS[5], 'acknowledged', #ids)
  for _, event in ipairs(events) do
    -- What tells of the work must not stand in its way.
    redis.pcall('XADD', KEYS[6], 'MAXLEN', '~', ARGV[1], '*', unpack(event))
  end
end
return replies
