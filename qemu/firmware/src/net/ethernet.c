#include "net/ethernet.h"

#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/pbuf.h"

void ethernet_describe(struct netif *interface, netif_linkoutput_fn send)
{
    interface->mtu = 1500;
    interface->name[0] = 'e';
    interface->name[1] = 'n';
    interface->flags |= NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    interface->output = etharp_output;
    interface->output_ip6 = ethip6_output;
    interface->linkoutput = send;
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
