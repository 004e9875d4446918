-- Decides what is next in turn. Writes begin with ZREM: after a first write that frees memory, Redis
-- lets a script go on although its memory is full.
-- Handing out what is due must change the statistics: the client watches them, so that a task that it
-- takes from the list in the same breath stays there.
-- KEYS  1 list  2 due  3 n  4 dead  5 uncounted  6 reason  7 bell  8 stats  9 events
-- ARGV  1 lease in ms  2 deliveries at most  3 beginning of the job keys
--       4 events kept
-- gives {1, id, delivery, attempt}  claimed again; its payload is in the job key
--       {2, now in ms}              the list has a task: move it
--       {0}                         nothing
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)

-- Nobody who parsed the task is here to say its id. Rare, so that Lua may hold the payload once.
local function tell(id, deliveries, reason)
  local event = {'outcome', 'exhausted', 'claim', id, 'attempt', deliveries, 'reason', reason}
  local payload = redis.call('LINDEX', ARGV[3] .. id, 0)
  local task = string.match(string.sub(payload, 1, 65536), '"task_id"%s*:%s*"([%w_.-]+)"')
  if task then
    event[#event + 1] = 'task'
    event[#event + 1] = string.sub(task, 1, 200)
  end
  redis.pcall('XADD', KEYS[9], 'MAXLEN', '~', ARGV[4], '*', unpack(event))
  payload = nil
  collectgarbage()
end

local function give_up(id, deliveries)
  local last = redis.call('HGET', KEYS[6], id)
  local reason = 'handed out ' .. deliveries .. ' times and never finished; '
    .. (last and 'last failure: ' .. last or 'no worker said why: it crashed or its lease ran out')
  redis.call('HINCRBY', KEYS[5], id, 1)
  redis.call('ZADD', KEYS[4], now, id)
  redis.call('HSET', KEYS[6], id, reason)
  redis.call('HINCRBY', KEYS[8], 'exhausted', 1)
  tell(id, deliveries, string.sub(reason, 1, 500))
end

for _ = 1, 16 do
  local id = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1)[1]
  if not id then break end
  redis.call('ZREM', KEYS[2], id)
  if redis.call('EXISTS', ARGV[3] .. id) == 0 then
    redis.call('HDEL', KEYS[3], id)
    redis.call('HDEL', KEYS[5], id)
    redis.call('HDEL', KEYS[6], id)
  else
    local n = redis.call('HINCRBY', KEYS[3], id, 1)
    local attempt = n - (redis.call('HGET', KEYS[5], id) or 0)
    if attempt > tonumber(ARGV[2]) then
      give_up(id, attempt - 1)
    else
      redis.call('ZADD', KEYS[2], now + ARGV[1], id)
      redis.call('HINCRBY', KEYS[8], 'redelivered', 1)
      if redis.call('LLEN', KEYS[1]) > 0 then redis.call('ZADD', KEYS[7], 0, '1') end
      return {1, id, n, attempt}
    end
  end
end

local waiting = redis.call('LLEN', KEYS[1])
if waiting == 0 then return {0} end
-- One ring wakes one worker, who wakes the next while there is more. Not worth failing for.
if waiting > 1 then redis.pcall('ZADD', KEYS[7], 0, '1') end
return {2, now}
