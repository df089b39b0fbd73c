#include "machine/interrupt.h"

#include "machine/cpu.h"
#include "machine/watchdog.h"

#define DEVICES ((1u << WAKE_UART) | (1u << WAKE_ETHERNET))
#define CYCLES_PER_TICK CPU_HZ
#define CYCLES_MIN 2000u

static volatile uint32_t next_tick;

void interrupt_level1(uint32_t pc);

/* Called by start.S. A device keeps its line up until it is polled, so its interrupt is switched off until then. */
void interrupt_level1(uint32_t pc)
{
    uint32_t pending = cpu_pending_interrupts();
    cpu_enable_interrupts(cpu_enabled_interrupts() & ~(pending & DEVICES));
    if (pending & (1u << TIMER_INTERRUPT)) {
        if ((int32_t)(cpu_cycles() - next_tick) >= 0) {
            next_tick = cpu_cycles() + CYCLES_PER_TICK;
            watchdog_tick(pc);
        }
        cpu_set_timer(next_tick);
    }
}

void interrupt_start(void)
{
    next_tick = cpu_cycles() + CYCLES_PER_TICK;
    cpu_set_timer(next_tick);
    cpu_enable_interrupts(1u << TIMER_INTERRUPT);
    cpu_unlock_interrupts();
}

void interrupt_wait(uint32_t microseconds_max)
{
    cpu_lock_interrupts();
    int32_t cycles_to_tick = (int32_t)(next_tick - cpu_cycles());
    uint32_t cycles = cycles_to_tick > (int32_t)CYCLES_MIN ? (uint32_t)cycles_to_tick : CYCLES_MIN;
    if (microseconds_max < cycles / (CPU_HZ / 1000000u)) {
        cycles = microseconds_max * (CPU_HZ / 1000000u);
        cpu_set_timer(cpu_cycles() + (cycles > CYCLES_MIN ? cycles : CYCLES_MIN));
    } else {
        cpu_set_timer(cpu_cycles() + cycles);
    }
    cpu_enable_interrupts(DEVICES | (1u << TIMER_INTERRUPT));
    cpu_unlock_and_sleep();
}
