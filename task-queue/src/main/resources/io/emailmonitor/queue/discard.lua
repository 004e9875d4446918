-- Removes a dead task for good.
-- KEYS  1 n  2 uncounted  3 reason  4 stats  5 dead  6 job
-- ARGV  1 id
-- gives 1, or 0 if there is no such dead task
if redis.call('ZREM', KEYS[5], ARGV[1]) == 0 then return 0 end
redis.call('UNLINK', KEYS[6])
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('HINCRBY', KEYS[4], 'discarded', 1)
return 1
