-- Removes a dead task for good, by hand or by its age.
-- KEYS  1 n  2 uncounted  3 reason  4 stats  5 dead  6 job  7 events
-- ARGV  1 id  2 for how many ms it must have been dead at least  3 'discarded' or 'expired'
--       4 events kept  5... fields and values of the event
-- gives 1, or 0 if there is no such dead task
local died = redis.call('ZSCORE', KEYS[5], ARGV[1])
if not died then return 0 end
local t = redis.call('TIME')
if died + ARGV[2] > t[1] * 1000 + math.floor(t[2] / 1000) then return 0 end
redis.call('ZREM', KEYS[5], ARGV[1])
redis.call('UNLINK', KEYS[6])
for key = 1, 3 do redis.call('HDEL', KEYS[key], ARGV[1]) end
redis.call('HINCRBY', KEYS[4], ARGV[3], 1)
-- What tells of the work must not stand in its way.
redis.pcall('XADD', KEYS[7], 'MAXLEN', '~', ARGV[4], '*', unpack(ARGV, 5))
return 1
