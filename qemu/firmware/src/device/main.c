/* From reset to the main loop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/console.h"
#include "device/device.h"
#include "device/loop.h"
#include "device/settings.h"
#include "device/state.h"
#include "machine/board.h"
#include "machine/clock.h"
#include "machine/heap.h"
#include "machine/interrupt.h"
#include "machine/log.h"
#include "machine/reset.h"
#include "machine/watchdog.h"
#include "net/network.h"
#include "tls/random.h"
#include "tls/tls.h"

#define VERSION                "1.0.0"
#define DHCP_MILLISECONDS_MAX  30000
#define SLEEP_MILLISECONDS_MAX 1000

static const char TAG[] = "fieldloop";

static void start_random(void)
{
    struct {
        uint8_t mac[6];
        uint8_t reset;
    } salt = {.reset = 0};
    memcpy(salt.mac, settings.mac, sizeof salt.mac);
    random_start(settings.seed, settings.seed_bytes, &salt, sizeof salt);
}

static void start_network(void)
{
    bool told = false;
    uint32_t start = clock_milliseconds();
    network_start(settings.mac);
    while (!network_is_up()) {
        loop_turn(SLEEP_MILLISECONDS_MAX);
        if (!told && clock_milliseconds() - start >= DHCP_MILLISECONDS_MAX) {
            told = true;
            LOGW(TAG, "network failed reason=dhcp");
        }
    }
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
    LOGI(TAG, "boot count=? reset=%s board=%s version=" VERSION, reset_reason_name(reason), board_name);
    state_enter(STATE_STARTING);
    settings_load();
    heap_limit(settings.heap_bytes);
    start_random();
    tls_trust(settings.ca, settings.ca_bytes, settings.profile->checks_dates);
    interrupt_start();
    watchdog_start(settings.watchdog_seconds);
    if (settings.epoch != 0) {
        clock_set_date(settings.epoch, "setting");
    }
    start_network();
    state_enter(STATE_IDLE);
    log_ready();
    if (settings.autoconnect) {
        device_connect();
    }
    run();
}
