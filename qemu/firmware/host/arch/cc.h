/* lwIP on the build machine: what a test runs as a client of PPP. */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#define LWIP_PLATFORM_DIAG(message)
#define LWIP_PLATFORM_ASSERT(message) (fputs("lwip assertion: " message "\n", stderr), abort())
#define LWIP_RAND()                   ((u32_t)random())
#define SYS_ARCH_DECL_PROTECT(level)
#define SYS_ARCH_PROTECT(level)
#define SYS_ARCH_UNPROTECT(level)
