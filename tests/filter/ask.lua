-- Asks tshark the display filters of the file FILTERS, one a line, of one capture, all at once:
--
--	FILTERS=FILE tshark -2 -n -q -X lua_script:ask.lua -r CAPTURE
--
-- A line for each: the numbers of the frames that it selects, or "refused"; a tab; the filter. Trees are whole, as those of -V are:
-- without them tshark's slices of a protocol reach beyond its header.

local asked = {}

for expression in io.lines(os.getenv("FILTERS")) do
	local answer = { expression = expression, frames = {} }
	local is_good, listener = pcall(Listener.new, "frame", expression, true)
	if is_good then
		function listener.packet(pinfo)
			table.insert(answer.frames, pinfo.number)
		end
	else
		answer.frames[1] = "refused"
	end
	table.insert(asked, answer)
end

local last, is_written = Listener.new("frame"), false
function last.draw()
	for _, answer in ipairs(is_written and {} or asked) do
		print(table.concat(answer.frames, " ") .. "\t" .. answer.expression)
	end
	is_written = true
end
