/* lwIP without an operating system, with ESP-IDF's TCP figures where they show on the wire. */
#pragma once

#define NO_SYS              1
#define LWIP_NETCONN        0
#define LWIP_SOCKET         0
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_IPV6           1 /* as in ESP-IDF; an interface has an address of it where the settings ask for one */
#define LWIP_ARP            1
#define LWIP_ICMP           1
#define LWIP_UDP            1
#define LWIP_TCP            1
#define LWIP_DHCP           1
#define LWIP_DNS            1
#define DNS_MAX_NAME_LENGTH 128
#define DHCP_DOES_ARP_CHECK 0 /* 6 ms instead of 1.5 s */
#define LWIP_IPV6_AUTOCONFIG 1
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS 0 /* the same, a second for each address */
#define LWIP_IPV6_MLD       0 /* the controller receives all multicast frames, and QEMU's network sends to whoever is there */
#define LWIP_IPV6_FRAG      0
#define LWIP_IPV6_REASS     0

#define MEM_ALIGNMENT       4
#define MEM_SIZE            (16 * 1024)
#define MEMP_NUM_PBUF       16
#define MEMP_NUM_SYS_TIMEOUT 14
#define PBUF_POOL_SIZE      16
#define PBUF_POOL_BUFSIZE   1536
#define ETH_PAD_SIZE        0

#define TCP_MSS             1440 /* CONFIG_LWIP_TCP_MSS */
#define TCP_WND             (4 * TCP_MSS)
#define TCP_SND_BUF         (4 * TCP_MSS)
#define TCP_SND_QUEUELEN    16
#define TCP_MAXRTX          12
#define TCP_SYNMAXRTX       12
#define MEMP_NUM_TCP_SEG    24
#define MEMP_NUM_TCP_PCB    6
#define LWIP_TCP_TIMESTAMPS 0
#define TCP_LISTEN_BACKLOG  0

/* On a modem's UART; the echo requests are esp_modem's where it asks for them (CONFIG_LWIP_ENABLE_LCP_ECHO). */
#define PPP_SUPPORT         1
#define PPPOS_SUPPORT       1
#define PAP_SUPPORT         1
#define CHAP_SUPPORT        1
#define VJ_SUPPORT          0
#define LCP_ECHOINTERVAL    3
#define LCP_MAXECHOFAILS    3
#define PPP_USE_PBUF_RAM    1
#define PPP_IPV6_SUPPORT    0

#define LWIP_STATS          0
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_CHKSUM_ALGORITHM 2
