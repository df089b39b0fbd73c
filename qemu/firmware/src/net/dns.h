/* Name resolution as getaddrinfo() does it: waits, IPv4 only. */
#pragma once

#include <stdbool.h>

#include "lwip/ip_addr.h"

/* False when there is no such name, nobody answers, or the user gives up meanwhile. */
bool dns_resolve(const char *host, ip_addr_t *address);
