#include "device/mcp.h"

#include <stdio.h>
#include <string.h>

#include "machine/board.h"

static int volume = 70;

static void answer_result(char *to, size_t room, struct json id, const char *result)
{
    snprintf(to, room, "{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"result\":%s}", (int)(id.end - id.start), id.start, result);
}

static void answer_error(char *to, size_t room, struct json id, const char *message)
{
    snprintf(to, room, "{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"error\":{\"message\":\"%s\"}}", (int)(id.end - id.start),
             id.start, message);
}

static void answer_tool_list(char *to, size_t room, struct json id)
{
    answer_result(to, room, id,
                  "{\"tools\":["
                  "{\"name\":\"self.get_device_status\","
                  "\"description\":\"Provides the real-time information of the device, such as the speaker volume.\","
                  "\"inputSchema\":{\"type\":\"object\",\"properties\":{}}},"
                  "{\"name\":\"self.audio_speaker.set_volume\","
                  "\"description\":\"Set the volume of the audio speaker.\","
                  "\"inputSchema\":{\"type\":\"object\",\"properties\":"
                  "{\"volume\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":100}},\"required\":[\"volume\"]}}]}");
}

static void answer_status(char *to, size_t room, struct json id)
{
    char result[256];
    snprintf(result, sizeof result,
             "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"audio_speaker\\\":{\\\"volume\\\":%d},"
             "\\\"network\\\":{\\\"type\\\":\\\"ethernet\\\"},\\\"board\\\":\\\"%s\\\"}\"}],\"isError\":false}",
             volume, board_name);
    answer_result(to, room, id, result);
}

static void set_volume(char *to, size_t room, struct json id, struct json wanted)
{
    int64_t value = json_integer(wanted, -1);
    if (!json_is_integer(wanted)) {
        answer_error(to, room, id, "Missing valid argument: volume");
    } else if (value < 0) {
        answer_error(to, room, id, "Value is below minimum allowed: 0");
    } else if (value > 100) {
        answer_error(to, room, id, "Value exceeds maximum allowed: 100");
    } else {
        volume = (int)value;
        answer_result(to, room, id, "{\"content\":[{\"type\":\"text\",\"text\":\"true\"}],\"isError\":false}");
    }
}

static void call_tool(char *to, size_t room, struct json id, struct json parameters)
{
    struct json tool = json_member(parameters, "name");
    if (json_equals(tool, "self.get_device_status")) {
        answer_status(to, room, id);
    } else if (json_equals(tool, "self.audio_speaker.set_volume")) {
        set_volume(to, room, id, json_member(json_member(parameters, "arguments"), "volume"));
    } else {
        answer_error(to, room, id, "Unknown tool");
    }
}

bool mcp_answer(struct json request, char *to, size_t room)
{
    struct json id = json_member(request, "id");
    struct json method = json_member(request, "method");
    if (!json_equals(json_member(request, "jsonrpc"), "2.0") || !json_is_string(method) || !json_is_integer(id)) {
        return false;
    }
    if (json_equals(method, "initialize")) {
        answer_result(to, room, id,
                      "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
                      "\"serverInfo\":{\"name\":\"fieldloop\",\"version\":\"1.0.0\"}}");
    } else if (json_equals(method, "tools/list")) {
        answer_tool_list(to, room, id);
    } else if (json_equals(method, "tools/call")) {
        call_tool(to, room, id, json_member(request, "params"));
    } else {
        answer_error(to, room, id, "Method not implemented");
    }
    return true;
}
