-- Makes a dead task claimable. Its delivery number stays, since a worker that was given up for dead
-- may still hold the old one; all deliveries so far cease to count instead.
-- KEYS  1 due  2 n  3 uncounted  4 reason  5 stats  6 dead  7 bell
-- ARGV  1 id
-- gives 1, or 0 if there is no such dead task
if redis.call('ZREM', KEYS[6], ARGV[1]) == 0 then return 0 end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[1], t[1] * 1000 + math.floor(t[2] / 1000), ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], redis.call('HGET', KEYS[2], ARGV[1]) or 0)
redis.call('HDEL', KEYS[4], ARGV[1])
redis.call('HINCRBY', KEYS[5], 'redriven', 1)
redis.call('ZADD', KEYS[7], 0, '1')
return 1
