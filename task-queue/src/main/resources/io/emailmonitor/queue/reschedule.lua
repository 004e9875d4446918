-- Sets when a claimed task may be claimed again: renews its lease or gives it back.
-- KEYS  1 due  2 n  3 uncounted  4 reason  5 stats  6 bell  7 events
-- ARGV  1 id  2 delivery  3 ms from now  4 'renewed', 'retried' or 'released'  5 reason of a retry
--       6 events kept  7... fields and values of the event, for a retry
-- gives 1, or 0 if the claim is no longer the caller's
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
-- Removed first: after a write that frees memory, Redis lets a script go on although it is full.
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[1], t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[3], ARGV[1])
if ARGV[4] == 'renewed' then return 1 end
if ARGV[4] == 'released' then
  redis.call('HINCRBY', KEYS[3], ARGV[1], 1)
else
  redis.call('HSET', KEYS[4], ARGV[1], ARGV[5])
  -- What tells of the work must not stand in its way.
  redis.pcall('XADD', KEYS[7], 'MAXLEN', '~', ARGV[6], '*', unpack(ARGV, 7))
end
redis.call('HINCRBY', KEYS[5], ARGV[4], 1)
redis.call('ZADD', KEYS[6], 0, '1')
return 1
