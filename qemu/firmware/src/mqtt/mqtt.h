/* MQTT 3.1.1 on a connection, as espressif/esp-mqtt speaks it: QoS 0 out, QoS 0 and 1 in, and nothing subscribed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/byte_buffer.h"
#include "net/connection.h"

/* What is empty is left out of the CONNECT. */
struct mqtt_identity {
    const char *client_id;
    const char *username;
    const char *password;
    uint32_t keepalive_seconds; /* 0: no pings */
};

struct mqtt {
    struct connection connection;
    struct byte_buffer input;
    size_t consumed; /* of the input, by the packet given last */
    uint32_t keepalive_milliseconds;
    uint32_t answered; /* when the connection came up, or the last ping was answered */
    bool pinged;
};

enum mqtt_event {
    MQTT_NOTHING,
    MQTT_CONNACK,
    MQTT_PUBLISH,
    MQTT_OTHER,     /* a packet that is nobody's business */
    MQTT_MALFORMED, /* logged */
    MQTT_SILENT,    /* a ping stayed unanswered */
    MQTT_ENDED,     /* the peer closed the connection */
    MQTT_LOST,
};

struct mqtt_packet {
    enum mqtt_event event;
    uint8_t type;          /* of MQTT_OTHER */
    uint8_t return_code;   /* of a CONNACK */
    bool session_present;  /* of a CONNACK */
    const uint8_t *payload; /* of a PUBLISH; valid until the next call */
    size_t count;
};

/* False when the connection is lost. */
bool mqtt_send_connect(struct mqtt *mqtt, const struct mqtt_identity *identity);
bool mqtt_publish(struct mqtt *mqtt, const char *topic, const char *text);

/* What came next. Pings and acknowledges by itself once it has seen a CONNACK that lets it in. */
struct mqtt_packet mqtt_next(struct mqtt *mqtt);

/* Milliseconds until it wants to be asked again. */
uint32_t mqtt_due(const struct mqtt *mqtt);

/* A client that is stopped says so, if the connection is up. */
void mqtt_disconnect(struct mqtt *mqtt);
void mqtt_free(struct mqtt *mqtt);
