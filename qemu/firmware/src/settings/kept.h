/* The settings that outlive a boot: in the store, or the first section of them in a file. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "settings/settings.h"

/* The sections as they are stored, each in an NVS namespace of its name on a real board. */
struct websocket_section {
    char url[sizeof settings.url];
    char token[sizeof settings.token];
    int32_t version;
};

struct mqtt_section {
    char endpoint[sizeof settings.mqtt_endpoint];
    char client_id[sizeof settings.mqtt_client_id];
    char username[sizeof settings.mqtt_username];
    char password[sizeof settings.mqtt_password];
    char topic[sizeof settings.mqtt_topic];
    uint32_t keepalive_seconds;
};

/* Opens the file, if it is to be kept in one. */
void kept_open(void);

/* What an earlier boot kept, over the settings of this one. */
void kept_recall(void);

/* Takes a section over and keeps it; false, logged, where there was no room. */
bool kept_websocket(const struct websocket_section *section);
void kept_mqtt(const struct mqtt_section *section);

/* The user gives the device another gateway, as with an app over Bluetooth. */
void kept_set_url(const char *url);
