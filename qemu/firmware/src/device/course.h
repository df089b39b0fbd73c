/* What the phases of an attempt hand to one another. */
#pragma once

#include "device/attempt.h"
#include "web/url.h"

struct course {
    struct attempt *attempt;
    struct connection *connection;
    struct websocket *websocket; /* NULL over MQTT */
    struct url url;
    uint32_t started;
    uint32_t connected;
    uint32_t upgraded;
};

/* Notes the fault, or that the user gave up; always false. */
bool course_fail(struct course *course, enum phase phase, enum reason reason);

/* Name, TCP and, where the URL wants it, TLS. False: course_fail was called. */
bool course_dial(struct course *course, uint32_t plain_connect_milliseconds_max);

/* The phases on an open connection of a WebSocket. False: course_fail was called. early_hello as in attempt_run. */
bool course_upgrade(struct course *course);
bool course_exchange_hello(struct course *course, const struct server_hello *early_hello);
