-- Removes a task that is done. Frees memory before it counts, so that it works when Redis is full.
-- KEYS  1 due  2 n  3 uncounted  4 reason  5 stats  6 job  7 events
-- ARGV  1 id  2 delivery  3 events kept  4... fields and values of the event
-- gives 1, or 0 if the claim is no longer the caller's
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
local done = redis.call('UNLINK', KEYS[6])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
-- A claim that found the list empty has no job to count.
if done == 1 then
  redis.call('HINCRBY', KEYS[5], 'acknowledged', 1)
  -- What tells of the work must not stand in its way.
  redis.pcall('XADD', KEYS[7], 'MAXLEN', '~', ARGV[3], '*', unpack(ARGV, 4))
end
return 1
