#include "settings/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/board.h"
#include "machine/log.h"
#include "settings/settings_source.h"

#define HEAP_BYTES       160000
#define WATCHDOG_SECONDS 10
#define PATIENCE_SECONDS 30
#define KEEPALIVE_SECONDS 240
#define MODEM_BAUD       921600

static const char TAG[] = "fieldloop";
static const char CLIENT_ID[] = "6f0b007e-0000-4000-8000-000000000001";

struct settings settings;

size_t settings_hex(const char *text, uint8_t *to, size_t room)
{
    size_t count = 0;
    while (count < room && text[0] != '\0' && text[1] != '\0') {
        char digits[3] = {text[0], text[1], '\0'};
        to[count++] = (uint8_t)strtoul(digits, NULL, 16);
        text += 2;
        text += *text == ':';
    }
    return count;
}

static void load_mac(void)
{
    static const uint8_t usual[6] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};
    char text[24];
    if (settings_text("mac", text, sizeof text) && settings_hex(text, settings.mac, sizeof settings.mac) == 6) {
        return;
    }
    if (!board_mac(settings.mac)) {
        memcpy(settings.mac, usual, sizeof usual);
    }
}

static void load_identity(void)
{
    load_mac();
    const uint8_t *mac = settings.mac;
    if (!settings_text("device-id", settings.device_id, sizeof settings.device_id)) {
        snprintf(settings.device_id, sizeof settings.device_id, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1],
                 mac[2], mac[3], mac[4], mac[5]);
    }
    if (!settings_text("client-id", settings.client_id, sizeof settings.client_id)) {
        strcpy(settings.client_id, CLIENT_ID);
    }
}

static void load_profile(void)
{
    char name[40];
    settings.profile = profile_named("xiaozhi-wifi");
    if (settings_text("profile", name, sizeof name)) {
        const struct profile *named = profile_named(name);
        if (named == NULL) {
            LOGE(TAG, "setting profile: no profile %s, using %s", name, settings.profile->name);
        } else {
            settings.profile = named;
        }
    }
}

static void load_ota(void)
{
    char key[2 * sizeof settings.hmac_key + 1];
    settings_text("ota-url", settings.ota_url, sizeof settings.ota_url);
    settings_text("serial-number", settings.serial_number, sizeof settings.serial_number);
    settings_text("hmac-key", key, sizeof key);
    settings_hex(key, settings.hmac_key, sizeof settings.hmac_key);
    if (!settings_text("app-version", settings.app_version, sizeof settings.app_version)) {
        strcpy(settings.app_version, "1.0.0");
    }
    if (!settings_text("board", settings.board, sizeof settings.board)) {
        snprintf(settings.board, sizeof settings.board, "fieldloop-%s", board_name);
    }
}

static void load_mqtt(void)
{
    settings.speaks_mqtt = settings_text("mqtt-endpoint", settings.mqtt_endpoint, sizeof settings.mqtt_endpoint);
    settings_text("mqtt-client-id", settings.mqtt_client_id, sizeof settings.mqtt_client_id);
    settings_text("mqtt-username", settings.mqtt_username, sizeof settings.mqtt_username);
    settings_text("mqtt-password", settings.mqtt_password, sizeof settings.mqtt_password);
    settings_text("mqtt-topic", settings.mqtt_topic, sizeof settings.mqtt_topic);
    settings.mqtt_keepalive_seconds = settings_number("mqtt-keepalive", KEEPALIVE_SECONDS);
}

static void load_modem(void)
{
    char use[8];
    struct modem_settings *modem = &settings.modem;
    settings_text("modem", use, sizeof use);
    settings_text("ppp-user", settings.ppp_user, sizeof settings.ppp_user);
    settings_text("ppp-password", settings.ppp_password, sizeof settings.ppp_password);
    modem->use = strcmp(use, "at") == 0    ? MODEM_SOCKETS
                 : strcmp(use, "ppp") == 0 ? MODEM_PPP
                 : strcmp(use, "eth") == 0 ? MODEM_CARD
                                           : MODEM_NONE;
    modem->baud = settings_number("modem-baud", MODEM_BAUD);
    modem->locks = settings_number("modem-locks", 0) == 0 ? "" : settings.speaks_mqtt ? "UDP" : "TCP";
    modem->user = settings.ppp_user;
    modem->password = settings.ppp_password;
}

static void load_ip(void)
{
    char versions[8];
    settings_text("ip", versions, sizeof versions);
    settings_text("dns", settings.dns, sizeof settings.dns);
    settings.ip = strcmp(versions, "v6") == 0 ? NETWORK_IPV6 : strcmp(versions, "both") == 0 ? NETWORK_BOTH : NETWORK_IPV4;
}

static void load_seed(void)
{
    char text[2 * sizeof settings.seed + 1];
    settings_text("seed", text, sizeof text);
    settings.seed_bytes = settings_hex(text, settings.seed, sizeof settings.seed);
}

void settings_load(void)
{
    settings_text("url", settings.url, sizeof settings.url);
    settings_text("token", settings.token, sizeof settings.token);
    settings_text("sntp", settings.sntp, sizeof settings.sntp);
    settings.version = (int32_t)settings_number("version", 1);
    settings.version = settings.version == 0 ? 1 : settings.version;
    settings.epoch = settings_number("epoch", 0);
    settings.reconnect_seconds = settings_number("reconnect", 0);
    settings.patience_seconds = settings_number("patience", PATIENCE_SECONDS);
    settings.watchdog_seconds = settings_number("watchdog", WATCHDOG_SECONDS);
    settings.heap_bytes = settings_number("heap", HEAP_BYTES);
    settings.autoconnect = settings_number("autoconnect", 0) != 0;
    settings.ca_bytes = settings_base64("ca", settings.ca, sizeof settings.ca);
    load_identity();
    load_profile();
    load_ota();
    load_mqtt();
    load_modem();
    load_ip();
    load_seed();
}
