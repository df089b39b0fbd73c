#include "ip/ethernet.h"

#include <string.h>

#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/pbuf.h"
#include "netif/ethernet.h"

static err_t describe(struct netif *interface)
{
    interface->hwaddr_len = 6;
    interface->hostname = "fieldloop";
    interface->mtu = 1500;
    interface->name[0] = 'e';
    interface->name[1] = 'n';
    interface->flags |= NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    interface->output = etharp_output;
    interface->output_ip6 = ethip6_output;
    return ERR_OK;
}

void ethernet_add(struct netif *interface, const uint8_t mac[6], netif_linkoutput_fn send)
{
    memcpy(interface->hwaddr, mac, 6);
    netif_add_noaddr(interface, NULL, describe, ethernet_input);
    interface->linkoutput = send;
    netif_set_default(interface);
}

void ethernet_deliver(struct netif *interface, const uint8_t *frame, size_t length)
{
    struct pbuf *copy = pbuf_alloc(PBUF_RAW, (u16_t)length, PBUF_POOL);
    if (copy == NULL) {
        return; /* as a busy receiver does: TCP sends it again */
    }
    pbuf_take(copy, frame, (u16_t)length);
    if (interface->input(copy, interface) != ERR_OK) {
        pbuf_free(copy);
    }
}
