/* From reset to the main loop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/console.h"
#include "device/device.h"
#include "device/mqtt_channel.h"
#include "device/ota.h"
#include "device/slots.h"
#include "device/state.h"
#include "ip/dns.h"
#include "ip/sntp.h"
#include "machine/board.h"
#include "machine/clock.h"
#include "machine/date.h"
#include "machine/description.h"
#include "machine/heap.h"
#include "machine/interrupt.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "machine/reset.h"
#include "machine/store.h"
#include "machine/watchdog.h"
#include "net/network.h"
#include "settings/kept.h"
#include "settings/settings.h"
#include "settings/settings_source.h"
#include "tls/random.h"
#include "tls/tls.h"

#define DHCP_MILLISECONDS_MAX  30000
#define MODEM_AGAIN_MILLISECONDS 10000
#define SLEEP_MILLISECONDS_MAX 1000

static const char TAG[] = "fieldloop";

static uint32_t count_boot(void)
{
    uint32_t count = 0;
    struct store_options options = {settings_number("store-bytes", 0), settings_number("store-counts-early", 0) != 0};
    if (store_open(options)) {
        store_read(STORE_BOOT_COUNT, &count, sizeof count);
        count++;
        store_write(STORE_BOOT_COUNT, &count, sizeof count);
    }
    return count;
}

static void log_boot(uint32_t count, enum reset_reason reason)
{
    char number[12] = "?";
    if (count > 0) {
        snprintf(number, sizeof number, "%lu", (unsigned long)count);
    }
    LOGI(TAG, "boot count=%s reset=%s board=%s version=%s", number, reset_reason_name(reason), board_name,
         description_version());
}

/* One seed must not give two devices, or one device after a restart, the same numbers. */
static void start_random(uint32_t boot_count, uint32_t resets)
{
    struct {
        uint8_t mac[8];
        uint32_t boot_count;
        uint32_t resets;
    } salt = {.boot_count = boot_count, .resets = resets};
    memcpy(salt.mac, settings.mac, sizeof settings.mac);
    random_start(settings.seed, settings.seed_bytes, &salt, sizeof salt);
}

static bool poll(void)
{
    bool received = network_poll();
    return console_poll() || received;
}

static void set_modem_up(void)
{
    network_start(settings.mac, settings.ip, &settings.modem);
    while (!network_is_up()) {
        LOGW(TAG, "network failed reason=modem");
        loop_wait(MODEM_AGAIN_MILLISECONDS);
        network_start(settings.mac, settings.ip, &settings.modem);
    }
}

static void start_network(void)
{
    bool told = false;
    uint32_t start = clock_milliseconds();
    if (settings.modem.use != MODEM_NONE) {
        set_modem_up();
        return;
    }
    network_start(settings.mac, settings.ip, &settings.modem);
    dns_use(settings.dns);
    while (!network_is_up()) {
        loop_turn(SLEEP_MILLISECONDS_MAX);
        if (!told && clock_milliseconds() - start >= DHCP_MILLISECONDS_MAX) {
            told = true;
            LOGW(TAG, "network failed reason=dhcp");
        }
    }
}

/* The date and the gateway's address, from those who know them. */
static void learn(void)
{
    int64_t date;
    if (settings.sntp[0] != '\0') {
        if (sntp_ask(settings.sntp, &date)) {
            date_set(date, "sntp");
        } else {
            LOGW(TAG, "time failed source=sntp");
        }
    }
    if (settings.ota_url[0] != '\0') {
        ota_run();
    }
    if (settings.speaks_mqtt) {
        loop_resume();
        mqtt_channel_boot();
    }
    loop_resume();
    console_forget();
}

static void log_ready(void)
{
    const uint8_t *mac = settings.mac;
    LOGI(TAG, "ready ip=%s mac=%02x:%02x:%02x:%02x:%02x:%02x", network_address(), mac[0], mac[1], mac[2], mac[3],
         mac[4], mac[5]);
}

static void carry_out(const char *command)
{
    if (strcmp(command, "connect") == 0) {
        device_connect();
    } else if (strcmp(command, "disconnect") == 0) {
        device_disconnect();
    } else if (strcmp(command, "abort") == 0) {
        device_abort();
    } else if (strncmp(command, "talk ", 5) == 0) {
        device_talk((uint32_t)strtoul(command + 5, NULL, 10));
    } else if (strncmp(command, "set url ", 8) == 0) {
        kept_set_url(command + 8);
    } else {
        LOGW(TAG, "unknown command: %s", command);
    }
}

static _Noreturn void run(void)
{
    char command[64];
    for (;;) {
        while (console_take(command, sizeof command)) {
            carry_out(command);
        }
        uint32_t due = device_poll();
        if (modem_is_lost()) {
            set_modem_up();
        }
        loop_turn(due < SLEEP_MILLISECONDS_MAX ? due : SLEEP_MILLISECONDS_MAX);
    }
}

_Noreturn void firmware_main(const void *boot_parameters);

/* Called by start.S. */
_Noreturn void firmware_main(const void *boot_parameters)
{
    board_start(boot_parameters);
    clock_microseconds();
    enum reset_reason reason = reset_reason_take();
    uint32_t boot_count = count_boot();
    log_boot(boot_count, reason);
    state_enter(STATE_STARTING);
    settings_load();
    kept_open();
    if (settings.ota_url[0] != '\0') {
        slots_boot();
        LOGD(TAG, "firmware started version=%s partition=%s", slots_version(), slots_running());
    } else {
        kept_recall();
    }
    heap_limit(settings.heap_bytes);
    start_random(boot_count, reset_count());
    tls_trust(settings.ca, settings.ca_bytes, settings.profile->checks_dates);
    interrupt_start();
    watchdog_start(settings.watchdog_seconds);
    loop_serve(poll, network_idle_milliseconds);
    if (settings.epoch != 0) {
        date_set(settings.epoch, "setting");
    }
    start_network();
    learn();
    state_enter(STATE_IDLE);
    log_ready();
    if (settings.autoconnect) {
        device_connect();
    }
    run();
}
