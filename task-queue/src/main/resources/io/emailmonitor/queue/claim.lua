-- Hands out what is next in turn: first what is due again, then what waits in the list. Payloads stay
-- in Redis and never pass through Lua; the caller reads them from their job keys.
-- KEYS  1 list  2 due  3 n  4 dead  5 uncounted  6 reason  7 bell  8 stats  9 events
-- ARGV  1 lease in ms  2 deliveries at most  3 beginning of the job keys  4 events kept
--       5 beginning of the ids of new claims  6 tasks at most  7 bytes at most
--       8 '1' if the first task may be of any size
-- gives {bytes, id, delivery, attempt, id, delivery, attempt, ...}: bytes is 0, or the size of the
--       task that comes first, if it was too large to be handed out
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local most, room = tonumber(ARGV[6]), tonumber(ARGV[7])
local claimed, taken, in_the_way = {0}, 0, false

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

local function forget(id)
  redis.call('HDEL', KEYS[3], id)
  redis.call('HDEL', KEYS[5], id)
  redis.call('HDEL', KEYS[6], id)
end

-- Whether a task of that size may be handed out too; if not, nothing behind it may overtake it.
local function fits(size)
  if size <= room or (taken == 0 and ARGV[8] == '1') then
    room = room - size
    return true
  end
  in_the_way = true
  if taken == 0 then claimed[1] = size end
  return false
end

local function hand_out(id, delivery, attempt)
  claimed[#claimed + 1] = id
  claimed[#claimed + 1] = delivery
  claimed[#claimed + 1] = attempt
  taken = taken + 1
end

for _ = 1, most + 16 do
  if taken == most then break end
  local id = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1)[1]
  if not id then break end
  local size = redis.call('MEMORY', 'USAGE', ARGV[3] .. id)
  if size and not fits(size) then break end
  -- Removed first: after a write that frees memory, Redis lets a script go on although it is full.
  redis.call('ZREM', KEYS[2], id)
  if not size then
    forget(id)
  else
    local n = redis.call('HINCRBY', KEYS[3], id, 1)
    local attempt = n - (redis.call('HGET', KEYS[5], id) or 0)
    if attempt > tonumber(ARGV[2]) then
      room = room + size
      give_up(id, attempt - 1)
    else
      redis.call('ZADD', KEYS[2], now + ARGV[1], id)
      redis.call('HINCRBY', KEYS[8], 'redelivered', 1)
      hand_out(id, n, attempt)
    end
  end
end

local waiting = redis.call('LLEN', KEYS[1])
local fresh = in_the_way and 0 or math.min(most - taken, waiting)
local moved, leases, deliveries = 0, {}, {}
-- As above: a write that frees memory comes first, if only by name.
if fresh > 0 then redis.call('ZREM', KEYS[2], ARGV[5] .. '1') end
while moved < fresh do
  local id = ARGV[5] .. (moved + 1)
  local job = ARGV[3] .. id
  -- Copies one item from the right end within the server; LMOVE would bring it into Lua.
  redis.call('SORT', KEYS[1], 'BY', 'nosort', 'DESC', 'LIMIT', moved, 1, 'STORE', job)
  if not fits(redis.call('MEMORY', 'USAGE', job)) then
    redis.call('UNLINK', job)
    break
  end
  moved = moved + 1
  leases[2 * moved - 1], leases[2 * moved] = now + ARGV[1], id
  deliveries[2 * moved - 1], deliveries[2 * moved] = id, 1
  hand_out(id, 1, 1)
end
if moved > 0 then
  redis.call('LTRIM', KEYS[1], 0, -1 - moved)
  redis.call('ZADD', KEYS[2], unpack(leases))
  redis.call('HSET', KEYS[3], unpack(deliveries))
end
-- One ring wakes one worker, who wakes the next while there is more. Not worth failing for.
if waiting > moved then redis.pcall('ZADD', KEYS[7], 0, '1') end
return claimed
