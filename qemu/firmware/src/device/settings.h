/* What the harness tells this device, read once at boot. README.md lists the keys. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/profile.h"

struct settings {
    char url[256];
    char token[512];
    char ota_url[256];
    char client_id[40];
    char device_id[24];
    char sntp[128];
    uint8_t mac[6];
    uint8_t ca[2048];
    size_t ca_bytes;
    uint8_t seed[64];
    size_t seed_bytes;
    const struct profile *profile;
    int32_t version;
    uint32_t epoch;
    uint32_t reconnect_seconds;
    uint32_t patience_seconds;
    uint32_t watchdog_seconds;
    uint32_t heap_bytes;
    bool autoconnect;
};

extern struct settings settings;

void settings_load(void);
