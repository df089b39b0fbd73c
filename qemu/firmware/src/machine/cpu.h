/* The core's special registers. */
#pragma once

#include <stdint.h>

/* CCOUNT runs at the crystal's rate on both boards. */
#define CPU_HZ 40000000u

/* CCOMPARE0 raises this interrupt on both cores. */
#define TIMER_INTERRUPT 6

static inline uint32_t cpu_cycles(void)
{
    uint32_t cycles;
    __asm__ volatile("rsr.ccount %0" : "=a"(cycles));
    return cycles;
}

/* Also takes back a timer interrupt that is pending. */
static inline void cpu_set_timer(uint32_t at_cycle)
{
    __asm__ volatile("wsr.ccompare0 %0\n rsync" : : "a"(at_cycle) : "memory");
}

static inline uint32_t cpu_pending_interrupts(void)
{
    uint32_t pending;
    uint32_t enabled;
    __asm__ volatile("rsr.interrupt %0\n rsr.intenable %1" : "=a"(pending), "=a"(enabled));
    return pending & enabled;
}

static inline uint32_t cpu_enabled_interrupts(void)
{
    uint32_t enabled;
    __asm__ volatile("rsr.intenable %0" : "=a"(enabled));
    return enabled;
}

static inline void cpu_enable_interrupts(uint32_t mask)
{
    __asm__ volatile("wsr.intenable %0\n rsync" : : "a"(mask) : "memory");
}

static inline void cpu_lock_interrupts(void)
{
    uint32_t before;
    __asm__ volatile("rsil %0, 1" : "=a"(before) : : "memory");
}

static inline void cpu_unlock_interrupts(void)
{
    uint32_t before;
    __asm__ volatile("rsil %0, 0" : "=a"(before) : : "memory");
}

/* Unlocks and sleeps in one step, so that no interrupt slips in between. */
static inline void cpu_unlock_and_sleep(void)
{
    __asm__ volatile("waiti 0" : : : "memory");
}
