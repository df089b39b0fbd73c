/* The device's side of MCP: two tools, as JSON-RPC 2.0. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "web/json.h"

/* The answer to a request; false when it deserves none. */
bool mcp_answer(struct json request, char *to, size_t room);
