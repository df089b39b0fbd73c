#include "boot/note.h"

#include <stdint.h>

#define MAGIC 0x510add3eu

/* Placed by the linker script behind the reset note. */
extern struct {
    uint32_t magic;
    int32_t slot;
} _boot_note;

void boot_note_leave(int slot)
{
    _boot_note.magic = MAGIC;
    _boot_note.slot = slot;
}

int boot_note_slot(void)
{
    return _boot_note.magic == MAGIC ? (int)_boot_note.slot : BOOT_NOTE_NONE;
}
