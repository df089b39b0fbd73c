/* Name resolution as getaddrinfo() does it: waits; asks for an IPv6 address where there is none of IPv4. */
#pragma once

#include <stdbool.h>

#include "lwip/ip_addr.h"

/* Asks that name server, an address, where DHCP names none. */
void dns_use(const char *address);

/* False when there is no such name, nobody answers, or the user gives up meanwhile. */
bool dns_resolve(const char *host, ip_addr_t *address);
