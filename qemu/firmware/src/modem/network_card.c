#include "modem/network_card.h"

#include <string.h>

#include "machine/log.h"
#include "machine/loop.h"
#include "machine/serial.h"
#include "modem/card_frames.h"

#define ANSWER_MILLISECONDS  500
#define PAUSE_MILLISECONDS   100
#define RESTART_MILLISECONDS 1500
#define MODE_MILLISECONDS    3000
#define START_MILLISECONDS   5000
#define DETECT_QUERIES       4
#define RESTART_QUERIES      20

static const char TAG[] = "UartEthModem";

static bool has_nat;
static bool started;

bool network_card_hear(const char *name, const struct at_arguments *arguments)
{
    if (strcmp(name, "ECNETCFG") == 0 && arguments->count >= 2) {
        has_nat = at_number(arguments->text[1]) == 1;
    } else if (strcmp(name, "ECNETDEVCTL") == 0 && arguments->count >= 4) {
        started = at_number(arguments->text[3]) == 1;
    }
    return true;
}

static bool answers(int queries)
{
    for (int i = 0; i < queries; i++) {
        if (at_command("AT", ANSWER_MILLISECONDS, NULL, 0) == AT_OK) {
            return true;
        }
        loop_wait(PAUSE_MILLISECONDS);
    }
    return false;
}

/* The speed at which it answers, the firmware's own first; 0 where it is silent at all of them. */
static uint32_t detect_speed(uint32_t own)
{
    const uint32_t speeds[] = {own, 2000000, 3000000};
    LOGI(TAG, "Detecting modem...");
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        serial_set_baud(speeds[i]);
        LOGI(TAG, "Trying baud rate: %lu", (unsigned long)speeds[i]);
        if (answers(DETECT_QUERIES)) {
            return speeds[i];
        }
    }
    LOGE(TAG, "Modem not detected");
    return 0;
}

static bool restart(uint32_t baud)
{
    at_command("AT+ECRST", ANSWER_MILLISECONDS, NULL, 0);
    serial_set_baud(baud);
    loop_wait(RESTART_MILLISECONDS);
    if (!answers(RESTART_QUERIES)) {
        LOGE(TAG, "Modem not responding after reset");
        return false;
    }
    return true;
}

bool network_card_identify(uint32_t baud)
{
    has_nat = false;
    uint32_t speed = detect_speed(baud);
    if (speed == 0) {
        return false;
    }
    LOGI(TAG, "Checking network configuration...");
    at_ask("AT+ECNETCFG?");
    if (!has_nat) {
        LOGI(TAG, "Configuring network (first-time setup)...");
        at_ask("AT+ECPCFG=\"usbCtrl\",1");
        at_ask("AT+ECNETCFG=\"nat\",1,\"192.168.10.2\"");
    }
    if (speed != baud) {
        LOGI(TAG, "Setting baud rate to configured value: %lu", (unsigned long)baud);
        at_ask("AT+XJCFG=netPortBaudRate,%lu", (unsigned long)baud);
    }
    if ((!has_nat || speed != baud) && !restart(baud)) {
        return false;
    }
    if (at_command("AT+CFUN=1", MODE_MILLISECONDS, NULL, 0) != AT_OK) {
        LOGE(TAG, "Failed to enter full functionality mode");
        return false;
    }
    return true;
}

bool network_card_join(void)
{
    started = false;
    at_ask("AT+ECSCLKEX=1,3,30");
    at_ask("AT+ECNETDEVCTL?");
    LOGI(TAG, started ? "Network device already started" : "Starting network device...");
    if (!started && at_command("AT+ECNETDEVCTL=2,1,1", START_MILLISECONDS, NULL, 0) != AT_OK) {
        return false;
    }
    return card_join(started);
}
