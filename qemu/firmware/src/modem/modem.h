/* A cellular modem on the UART: set up as AtModem::Detect and WaitForNetworkReady of 78/esp-ml307 do, then its sockets, or PPP on its line. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum modem_use { MODEM_NONE, MODEM_SOCKETS, MODEM_PPP, MODEM_CARD };

struct modem_settings {
    enum modem_use use;
    uint32_t baud;      /* that the firmware asks for */
    const char *locks;  /* "TCP" or "UDP": what carries voice, of firmware whose receiver of it waits for its sender; else empty */
    const char *user;   /* for PPP, with password; may be empty */
    const char *password;
};

/* Waits until there is a network; false where the modem refuses, is silent or finds none: call again. */
bool modem_set_up(const struct modem_settings *settings, const uint8_t mac[6]);

/* Whether PPP was up and is over, so that it has to be set up again. */
bool modem_is_lost(void);

/* Whether connections are the modem's sockets. */
bool modem_has_sockets(void);

/* Reads the line; true if something came. */
bool modem_poll(void);

/* The address the network gave, as text. */
const char *modem_address(void);
