-- Sets a claimed task aside as dead; its payload stays in the job key.
-- KEYS  1 due  2 n  3 reason  4 stats  5 dead  6 events
-- ARGV  1 id  2 delivery  3 reason  4 events kept  5... fields and values of the event
-- gives 1, or 0 if the claim is no longer the caller's
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[5], t[1] * 1000 + math.floor(t[2] / 1000), ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
redis.call('HINCRBY', KEYS[4], 'buried', 1)
-- What tells of the work must not stand in its way.
redis.pcall('XADD', KEYS[6], 'MAXLEN', '~', ARGV[4], '*', unpack(ARGV, 5))
return 1
