-- Throws the waiting tasks away.
-- KEYS  1 list  2 stats
-- gives how many they were
local count = redis.call('LLEN', KEYS[1])
if count > 0 then
  redis.call('UNLINK', KEYS[1])
  redis.call('HINCRBY', KEYS[2], 'cleared', count)
end
return count
