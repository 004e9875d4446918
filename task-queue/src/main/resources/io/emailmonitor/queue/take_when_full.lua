-- Moves the next task from the list to a claim when Redis, being full, refuses the transaction that
-- otherwise does so: a script may go on after a first write that frees memory. Costs more, since
-- Lua holds the payload for a moment.
-- KEYS  1 list  2 due  3 n  4 job
-- ARGV  1 id  2 end of the lease in ms
-- gives 1, or 0 if the list is empty
redis.call('ZREM', KEYS[2], ARGV[1])
if redis.call('LLEN', KEYS[1]) == 0 then return 0 end
redis.call('LMOVE', KEYS[1], KEYS[4], 'RIGHT', 'LEFT')
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], 1)
return 1
