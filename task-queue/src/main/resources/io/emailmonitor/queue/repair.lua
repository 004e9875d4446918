-- Makes jobs claimable that neither due nor dead leads to.
-- KEYS  1 due  2 dead  3 stats  4 bell  5... jobs
-- ARGV  1 length of what the jobs' keys begin with
-- gives how many they were
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local repaired = 0
for i = 5, #KEYS do
  local id = string.sub(KEYS[i], ARGV[1] + 1)
  if redis.call('EXISTS', KEYS[i]) == 1
      and not redis.call('ZSCORE', KEYS[1], id)
      and not redis.call('ZSCORE', KEYS[2], id) then
    redis.call('ZADD', KEYS[1], 'NX', now, id)
    repaired = repaired + 1
  end
end
if repaired > 0 then
  redis.call('HINCRBY', KEYS[3], 'repaired', repaired)
  redis.call('ZADD', KEYS[4], 0, '1')
end
return repaired
