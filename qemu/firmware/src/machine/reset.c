#include "machine/reset.h"

#include <stdint.h>

#include "machine/board.h"

#define MAGIC 0x6f0b007eu

/* Placed by the linker script outside all sections, since QEMU clears those at every reset. */
extern struct {
    uint32_t magic;
    uint32_t reason;
    uint32_t count;
} _reset_note;

enum reset_reason reset_reason_take(void)
{
    bool again = _reset_note.magic == MAGIC;
    enum reset_reason reason = !again                                       ? RESET_POWER_ON
                               : _reset_note.reason <= RESET_TASK_WATCHDOG ? (enum reset_reason)_reset_note.reason
                                                                            : RESET_EXTERNAL;
    if (board_watchdog_has_bitten() && reason <= RESET_EXTERNAL) {
        reason = RESET_TASK_WATCHDOG;
    }
    _reset_note.count = again ? _reset_note.count + 1 : 0;
    _reset_note.magic = MAGIC;
    _reset_note.reason = RESET_EXTERNAL;
    return reason;
}

unsigned reset_count(void)
{
    return _reset_note.count;
}

const char *reset_reason_name(enum reset_reason reason)
{
    static const char *const names[] = {"power-on", "external", "software", "panic", "task-watchdog"};
    return names[reason];
}

void reset_board(enum reset_reason reason)
{
    _reset_note.magic = MAGIC;
    _reset_note.reason = reason;
    board_reset();
}
