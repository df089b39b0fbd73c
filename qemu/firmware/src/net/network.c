#include "net/network.h"

#include <string.h>

#include "lwip/dhcp.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "machine/clock.h"
#include "net/open_eth.h"
#include "netif/ethernet.h"

static struct netif interface;

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

static err_t start_interface(struct netif *starting)
{
    starting->hwaddr_len = 6;
    starting->hostname = "fieldloop";
    return open_eth_start(starting);
}

void network_start(const uint8_t mac[6])
{
    lwip_init();
    memcpy(interface.hwaddr, mac, 6);
    netif_add_noaddr(&interface, NULL, start_interface, ethernet_input);
    netif_set_default(&interface);
    netif_set_up(&interface);
    dhcp_start(&interface);
}

bool network_is_up(void)
{
    return dhcp_supplied_address(&interface);
}

const char *network_address(void)
{
    return ip4addr_ntoa(netif_ip4_addr(&interface));
}

bool network_poll(void)
{
    bool received = open_eth_poll(&interface);
    sys_check_timeouts();
    return received;
}

uint32_t network_idle_milliseconds(void)
{
    return sys_timeouts_sleeptime();
}
