/* What lwIP needs to know of this port. */
#pragma once

#include <stdint.h>

#include "machine/trap.h"

uint32_t random_u32(void);

#define LWIP_PLATFORM_DIAG(message)
#define LWIP_PLATFORM_ASSERT(message) panic_abort("lwip assertion: " message)
#define LWIP_RAND()                   random_u32()
#define SYS_ARCH_DECL_PROTECT(level)
#define SYS_ARCH_PROTECT(level)
#define SYS_ARCH_UNPROTECT(level)
