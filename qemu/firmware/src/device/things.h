/* What only the next build does: as xiaozhi-esp32 1.x, it describes its things to the server once a channel is open. */
#pragma once

#include "device/channel.h"

void things_describe(const struct channel *channel, const char *session_id);
