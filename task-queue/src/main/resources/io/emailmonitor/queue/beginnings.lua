-- Shows how items begin. They are cut off here, so that their content does not travel; Lua has to
-- hold each one whole for a moment, hence a bound on how much one call looks at.
-- KEYS  1 list
-- ARGV  1 how many items to pass over, from the right end  2 items at most  3 bytes of each item
--       4 bytes to look at: no further item is begun beyond them
-- gives {length, beginning, length, beginning, ...}, the rightmost first
local found = {}
local looked_at = 0
local index = tonumber(ARGV[1])
local last = index + ARGV[2] - 1
while index <= last and looked_at < tonumber(ARGV[4]) do
  local item = redis.call('LINDEX', KEYS[1], -1 - index)
  if not item then break end
  found[#found + 1] = #item
  found[#found + 1] = string.sub(item, 1, tonumber(ARGV[3]))
  looked_at = looked_at + #item
  index = index + 1
  item = nil
end
-- Else Lua keeps the items, which count as memory in use, until it happens to clean up.
if looked_at > 1048576 then collectgarbage() end
return found
