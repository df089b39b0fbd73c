/* The firmware's lwIP, built for this machine, as a client of PPP over TCP: ppp_client PORT DIAL USER PASSWORD.
 * DIAL is typed first, where it is not empty, and CONNECT waited for. Prints a line for whatever happens; a line on stdin ends it in order. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#undef htons
#undef htonl
#undef ntohs
#undef ntohl

#include "lwip/dns.h"
#include "lwip/init.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "netif/ppp/pppapi.h"
#include "netif/ppp/pppos.h"

#define ECHO_PORT 7

static int line;
static struct netif interface;
static ppp_pcb *session;
static bool over;

u32_t sys_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (u32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

u32_t sys_jiffies(void)
{
    return sys_now();
}

static u32_t output(ppp_pcb *pcb, u8_t *bytes, u32_t count, void *context)
{
    (void)pcb;
    (void)context;
    return write(line, bytes, count) == (ssize_t)count ? count : 0;
}

static void on_echo(void *argument, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
    (void)argument;
    (void)pcb;
    (void)from;
    (void)port;
    char text[2048];
    u16_t count = pbuf_copy_partial(packet, text, sizeof text - 1, 0);
    text[count] = '\0';
    printf("echo bytes=%u end=%s\n", count, count > 3 ? text + count - 3 : text);
    pbuf_free(packet);
}

/* Every value a byte can have goes through the line's escapes. */
static void ask_for_echo(void)
{
    struct udp_pcb *pcb = udp_new();
    struct pbuf *packet = pbuf_alloc(PBUF_TRANSPORT, 1400, PBUF_RAM);
    for (u16_t i = 0; i < 1400; i++) {
        pbuf_put_at(packet, i, (u8_t)i);
    }
    pbuf_take_at(packet, "end", 3, 1397);
    udp_recv(pcb, on_echo, NULL);
    udp_sendto(pcb, packet, netif_ip_gw4(&interface), ECHO_PORT);
    pbuf_free(packet);
}

static void on_status(ppp_pcb *pcb, int error, void *context)
{
    (void)pcb;
    (void)context;
    if (error == PPPERR_NONE) {
        printf("up address=%s", ip4addr_ntoa(netif_ip4_addr(&interface)));
        printf(" gateway=%s", ip4addr_ntoa(netif_ip4_gw(&interface)));
        printf(" dns=%s\n", ipaddr_ntoa(dns_getserver(0)));
        ask_for_echo();
    } else {
        printf("down error=%d\n", error);
        over = true;
    }
}

static void dial(const char *command)
{
    char said[256] = "";
    dprintf(line, "%s\r", command);
    for (size_t used = 0; used < sizeof said - 1 && strstr(said, "CONNECT") == NULL;) {
        if (read(line, said + used, 1) != 1) {
            puts("no-answer");
            exit(1);
        }
        said[++used] = '\0';
    }
    puts("connected");
}

static void run(void)
{
    unsigned char bytes[4096];
    while (!over) {
        struct pollfd polled[] = {{line, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
        u32_t sleep = sys_timeouts_sleeptime();
        poll(polled, session == NULL ? 1 : 2, sleep < 100 ? (int)sleep : 100);
        if (polled[0].revents != 0) {
            ssize_t count = read(line, bytes, sizeof bytes);
            if (count <= 0) {
                puts("line-gone");
                return;
            }
            pppos_input(session, bytes, (int)count);
        }
        if (polled[1].revents & POLLIN) {
            if (read(STDIN_FILENO, bytes, sizeof bytes) > 0) {
                ppp_close(session, 0);
            }
        }
        sys_check_timeouts();
    }
}

int main(int count, char **arguments)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count != 5) {
        return 2;
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = lwip_htons((u16_t)atoi(arguments[1]))};
    to.sin_addr.s_addr = inet_addr("127.0.0.1");
    line = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(line, (struct sockaddr *)&to, sizeof to) != 0) {
        perror("connect");
        return 1;
    }
    if (arguments[2][0] != '\0') {
        dial(arguments[2]);
    }
    srandom((unsigned)time(NULL));
    lwip_init();
    session = pppos_create(&interface, output, on_status, NULL);
    ppp_set_auth(session, PPPAUTHTYPE_ANY, arguments[3], arguments[4]);
    ppp_set_usepeerdns(session, 1);
    ppp_set_default(session);
    ppp_connect(session, 0);
    run();
    return 0;
}
