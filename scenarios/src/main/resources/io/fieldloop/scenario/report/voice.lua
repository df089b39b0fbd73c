-- Voice of xiaozhi devices over UDP, for tshark and Wireshark: tshark -X lua_script:voice.lua -r CAPTURE -Y xiaozhi_voice
-- The header of each datagram; its Opus packet stays encrypted (AES-128-CTR, key in the hello). Without this file a datagram
-- of 148 bytes is shown as WireGuard's, whose first message is as long and begins with a 1, too.
local voice = Proto("xiaozhi_voice", "xiaozhi voice")
local length = ProtoField.uint16("xiaozhi_voice.length", "Bytes of Opus")
local connection = ProtoField.uint32("xiaozhi_voice.connection", "Connection", base.HEX)
local timestamp = ProtoField.uint32("xiaozhi_voice.timestamp", "Timestamp in ms")
local sequence = ProtoField.uint32("xiaozhi_voice.sequence", "Sequence")
voice.fields = { length, connection, timestamp, sequence }

function voice.dissector(datagram, packet, tree)
    packet.cols.protocol = "voice"
    packet.cols.info = "Sequence " .. datagram(12, 4):uint() .. ", " .. datagram(2, 2):uint() .. " bytes"
    local header = tree:add(voice, datagram(0, 16))
    header:add(length, datagram(2, 2))
    header:add(connection, datagram(4, 4))
    header:add(timestamp, datagram(8, 4))
    header:add(sequence, datagram(12, 4))
end

voice:register_heuristic("udp", function(datagram, packet, tree)
    local is_voice = datagram:len() > 16 and datagram(0, 2):uint() == 0x0100 and datagram(2, 2):uint() == datagram:len() - 16
    if is_voice then
        voice.dissector(datagram, packet, tree)
    end
    return is_voice
end)
