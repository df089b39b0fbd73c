#include "modem/modem.h"

#include <stdio.h>
#include <string.h>

#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "machine/serial.h"
#include "modem/at.h"
#include "modem/card_frames.h"
#include "modem/network_card.h"
#include "modem/ppp.h"
#include "modem/socket.h"
#include "modem/socket_lines.h"

/* 20 ms in esp-ml307; a busy machine gets more, since an answer that is late is taken for the next speed's. */
#define PROBE_MILLISECONDS   200
#define CGMR_MILLISECONDS    3000
#define DIAL_MILLISECONDS    5000
#define PROTOCOL_MILLISECONDS 30000
#define SIM_QUERIES          10
#define ADDRESS_QUERIES      10
#define NO_SIM               10

static const char TAG[] = "AtModem";

static enum modem_use use;
static bool detected;
static bool quectel;
static bool on_line;
static int registration;
static char address[20];

static bool hear(const char *name, const struct at_arguments *arguments)
{
    if (strcmp(name, "CEREG") == 0 && arguments->count > 0) {
        int second = arguments->count > 1 ? at_number(arguments->text[1]) : 0;
        bool asked = arguments->count == 2 || (arguments->count > 4 && second > 0);
        registration = asked ? second : arguments->count == 1 ? 0 : at_number(arguments->text[0]);
    } else if (strcmp(name, "MIPCALL") == 0 && arguments->count >= 3 && at_number(arguments->text[1]) == 1) {
        snprintf(address, sizeof address, "%s", arguments->text[2]);
    }
    return use == MODEM_CARD ? network_card_hear(name, arguments) : modem_socket_hear(name, arguments);
}

/* The speed at which it answers; it goes on until there is one. */
static uint32_t detect_speed(void)
{
    static const uint32_t speeds[] = {115200, 921600, 460800, 230400, 57600, 38400, 19200, 9600};
    LOGI("AtUart", "Detecting baud rate...");
    for (;;) {
        for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
            serial_set_baud(speeds[i]);
            if (at_command("AT", PROBE_MILLISECONDS, NULL, 0) == AT_OK) {
                LOGI("AtUart", "Detected baud rate: %lu", (unsigned long)speeds[i]);
                return speeds[i];
            }
        }
        loop_wait(1000);
    }
}

static bool identify(const struct modem_settings *settings)
{
    if (detect_speed() != settings->baud) {
        if (at_ask("AT+IPR=%lu", (unsigned long)settings->baud) != AT_OK) {
            LOGI("AtUart", "Failed to set baud rate to %lu", (unsigned long)settings->baud);
            return false;
        }
        serial_set_baud(settings->baud);
        LOGI("AtUart", "Set baud rate to %lu", (unsigned long)settings->baud);
    }
    if (at_command("AT+CGMR", CGMR_MILLISECONDS, NULL, 0) != AT_OK) {
        LOGE(TAG, "Failed to send AT+CGMR command");
        return false;
    }
    LOGI(TAG, "Detected modem: %s", at_response());
    quectel = strncmp(at_response(), "EC801E", 6) == 0 || strncmp(at_response(), "NT26K", 5) == 0;
    modem_socket_family(quectel, settings->baud, settings->locks);
    if (quectel) {
        at_ask("ATE0");
        at_ask("AT+QURCCFG=\"urcport\",\"uart1\"");
    }
    return true;
}

static bool has_sim(void)
{
    for (int i = 0; i < SIM_QUERIES; i++) {
        if (at_ask("AT+CPIN?") == AT_OK) {
            return true;
        }
        if (at_cme_error() == NO_SIM) {
            return false;
        }
        loop_wait(1000);
    }
    return true;
}

static bool is_registered(void)
{
    registration = -1;
    if (at_ask("AT+CEREG=2") != AT_OK) {
        return false;
    }
    at_ask("AT+CEREG?");
    while (registration != 1 && registration != 5 && registration != 3) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
    return registration != 3;
}

static void ask_for_address(void)
{
    uint32_t pause = 10;
    for (int i = 0; i < ADDRESS_QUERIES && address[0] == '\0'; i++) {
        at_ask("AT+MIPCALL?");
        if (address[0] == '\0') {
            loop_wait(pause);
            pause = pause < 500 ? 2 * pause : 1000;
        }
    }
    if (address[0] == '\0') {
        LOGE("Ml307AtModem", "Network ready but no IP address");
    }
}

/* AT until CONNECT, as esp_modem has it, then packets. */
static bool dial(const struct modem_settings *settings)
{
    at_ask("AT+CGDCONT=1,\"IP\",\"cmnet\"");
    on_line = ppp_dial(DIAL_MILLISECONDS) && ppp_begin(settings->user, settings->password);
    uint32_t since = clock_milliseconds();
    while (on_line && !ppp_is_up() && clock_milliseconds() - since < PROTOCOL_MILLISECONDS) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
    return on_line && ppp_is_up();
}

bool modem_set_up(const struct modem_settings *settings, const uint8_t mac[6])
{
    if (use == MODEM_NONE) {
        use = settings->use;
        serial_start(mac);
        at_start(hear, use == MODEM_CARD ? &card_commands : &at_bare);
        if (use == MODEM_CARD) {
            card_start(mac);
        }
    }
    on_line = false;
    if (!detected && !(use == MODEM_CARD ? network_card_identify(settings->baud) : identify(settings))) {
        return false;
    }
    detected = true;
    LOGI(TAG, "Waiting for network ready...");
    if (!has_sim() || !is_registered()) {
        return false;
    }
    if (use != MODEM_SOCKETS) {
        return use == MODEM_PPP ? dial(settings) : network_card_join();
    }
    if (!quectel) {
        ask_for_address();
    }
    return true;
}

bool modem_is_lost(void)
{
    return on_line && ppp_is_over();
}

bool modem_has_sockets(void)
{
    return use == MODEM_SOCKETS;
}

bool modem_poll(void)
{
    bool card = use == MODEM_CARD && card_poll();
    return (on_line ? ppp_poll() : at_poll()) || card;
}

const char *modem_address(void)
{
    return use == MODEM_PPP ? ppp_address() : use == MODEM_CARD ? card_address() : address[0] != '\0' ? address : "0.0.0.0";
}
