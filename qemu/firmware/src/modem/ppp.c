#include "modem/ppp.h"

#include <string.h>

#include "lwip/netif.h"
#include "machine/clock.h"
#include "machine/interrupt.h"
#include "machine/log.h"
#include "machine/serial.h"
#include "machine/watchdog.h"
#include "netif/ppp/pppapi.h"
#include "netif/ppp/pppos.h"

static const char TAG[] = "fieldloop";

static struct netif interface;
static ppp_pcb *session;
static bool up;
static bool over;

static u32_t send(ppp_pcb *pcb, u8_t *bytes, u32_t count, void *context)
{
    (void)pcb;
    (void)context;
    serial_write(bytes, count);
    return count;
}

static void on_status(ppp_pcb *pcb, int error, void *context)
{
    (void)pcb;
    (void)context;
    up = error == PPPERR_NONE;
    over = !up;
    if (!up) {
        LOGW(TAG, "ppp ended error=%d", error);
    }
}

bool ppp_dial(uint32_t milliseconds_max)
{
    char said[128];
    size_t used = 0;
    uint32_t since = clock_milliseconds();
    serial_write("ATD*99#\r", 8);
    while (clock_milliseconds() - since < milliseconds_max && used < sizeof said - 1) {
        size_t came = serial_read(said + used, 1);
        used += came;
        said[used] = '\0';
        if (came == 0) {
            watchdog_feed();
            interrupt_wait(1000);
        } else if (said[used - 1] == '\n' && strstr(said, "CONNECT") != NULL) {
            return true;
        } else if (strstr(said, "NO CARRIER") != NULL || strstr(said, "ERROR") != NULL) {
            break;
        }
    }
    LOGW(TAG, "ppp not dialled");
    return false;
}

bool ppp_begin(const char *user, const char *password)
{
    up = false;
    over = false;
    if (session == NULL) {
        session = pppos_create(&interface, send, on_status, NULL);
        ppp_set_default(session);
    }
    if (session == NULL) {
        return false;
    }
    ppp_set_auth(session, PPPAUTHTYPE_ANY, user, password);
    ppp_set_usepeerdns(session, 1);
    return ppp_connect(session, 0) == ERR_OK;
}

bool ppp_is_up(void)
{
    return up;
}

bool ppp_is_over(void)
{
    return over;
}

bool ppp_poll(void)
{
    static uint8_t bytes[1500];
    size_t came = serial_read(bytes, sizeof bytes);
    if (came > 0) {
        pppos_input(session, bytes, (int)came);
    }
    return came > 0;
}

const char *ppp_address(void)
{
    return ip4addr_ntoa(netif_ip4_addr(&interface));
}
