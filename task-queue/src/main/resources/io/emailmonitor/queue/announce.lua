-- Notes that a worker is alive and what it holds, and forgets those of whom nothing has been heard.
-- KEYS  1 workers  2 holds
-- ARGV  1 name  2 what it says of itself  3 ms of silence after which a worker counts as gone
-- gives 1
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
-- Removed first: after a write that frees memory, Redis lets a script go on although it is full.
redis.call('ZREM', KEYS[1], ARGV[1])
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3], 'LIMIT', 0, 100)) do
  redis.call('ZREM', KEYS[1], name)
  redis.call('HDEL', KEYS[2], name)
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
for key = 1, 2 do redis.call('EXPIRE', KEYS[key], math.ceil(ARGV[3] / 1000)) end
return 1
