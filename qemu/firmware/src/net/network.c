#include "net/network.h"

#include "ip/ethernet.h"
#include "lwip/dhcp.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "machine/clock.h"
#include "machine/open_eth.h"
#include "modem/modem.h"

static struct netif interface;
static enum network_ip versions;
static bool behind_modem;
static bool is_set_up;

/* lwIP's clock. */
u32_t sys_now(void)
{
    return clock_milliseconds();
}

/* The clock that PPP's magic numbers are made of. */
u32_t sys_jiffies(void)
{
    return clock_milliseconds();
}

static err_t send_frame(struct netif *netif, struct pbuf *frame)
{
    uint8_t *room = open_eth_room();
    (void)netif;
    if (room == NULL) {
        return ERR_MEM;
    }
    open_eth_send(pbuf_copy_partial(frame, room, OPEN_ETH_FRAME_BYTES_MAX, 0));
    return ERR_OK;
}

static void take_frame(const uint8_t *frame, size_t length)
{
    ethernet_deliver(&interface, frame, length);
}

void network_start(const uint8_t mac[6], enum network_ip ip, const struct modem_settings *modem)
{
    if (!behind_modem) {
        lwip_init();
    }
    if (modem->use != MODEM_NONE) {
        behind_modem = true;
        is_set_up = modem_set_up(modem, mac);
        return;
    }
    versions = ip;
    open_eth_start(mac, take_frame);
    ethernet_add(&interface, mac, send_frame);
    if (versions != NETWORK_IPV4) {
        netif_create_ip6_linklocal_address(&interface, 1);
        interface.ip6_autoconfig_enabled = 1;
    }
    netif_set_up(&interface);
    if (versions != NETWORK_IPV6) {
        dhcp_start(&interface);
    }
}

/* The address that a router's advertisement gave; the first is the link's own. */
static bool has_ip6_address(void)
{
    return ip6_addr_ispreferred(netif_ip6_addr_state(&interface, 1));
}

bool network_is_up(void)
{
    if (behind_modem) {
        return is_set_up;
    }
    return (versions == NETWORK_IPV6 || dhcp_supplied_address(&interface))
           && (versions == NETWORK_IPV4 || has_ip6_address());
}

const char *network_address(void)
{
    if (behind_modem) {
        return modem_address();
    }
    return versions == NETWORK_IPV6 ? ip6addr_ntoa(netif_ip6_addr(&interface, 1))
                                    : ip4addr_ntoa(netif_ip4_addr(&interface));
}

bool network_poll(void)
{
    bool received = behind_modem ? modem_poll() : open_eth_poll();
    sys_check_timeouts();
    return received;
}

uint32_t network_idle_milliseconds(void)
{
    return sys_timeouts_sleeptime();
}
