/* What the harness tells this device, read once at boot. README.md lists the keys. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/profile.h"
#include "modem/modem.h"
#include "net/network.h"

struct settings {
    char url[256];
    char token[512];
    char ota_url[256];
    char client_id[40];
    char device_id[24];
    char sntp[128];
    char app_version[32];   /* of the image the device was flashed with */
    char board[64];
    char serial_number[40]; /* empty: it was never given one */
    uint8_t hmac_key[32];
    char mqtt_endpoint[128];
    char mqtt_client_id[128];
    char mqtt_username[256];
    char mqtt_password[128];
    char mqtt_topic[64];
    uint32_t mqtt_keepalive_seconds;
    bool speaks_mqtt;
    uint8_t mac[6];
    enum network_ip ip;
    char dns[40];           /* empty: DHCP says */
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
    struct modem_settings modem;
    char ppp_user[40];
    char ppp_password[40];
};

extern struct settings settings;

void settings_load(void);

/* Bytes written in hex, with or without colons between them; how many were read. */
size_t settings_hex(const char *text, uint8_t *to, size_t room);
