-- Throws the waiting tasks away.
-- KEYS  1 list  2 stats
-- ARGV  1 how many there must be for that; empty for any number
-- gives how many they were
local count = redis.call('LLEN', KEYS[1])
if count > 0 and (ARGV[1] == '' or tonumber(ARGV[1]) == count) then
  redis.call('UNLINK', KEYS[1])
  redis.call('HINCRBY', KEYS[2], 'cleared', count)
end
return count
