/* What the loader tells the image that it starts, in memory that no start-up code clears. In line, since an image asks before its code is mapped. */
#pragma once

#include <stdint.h>

#define BOOT_NOTE_FACTORY (-1)
#define BOOT_NOTE_NONE    (-2)
#define BOOT_NOTE_MAGIC   0x510add3eu

/* Placed by the linker script behind the reset note. */
extern struct {
    uint32_t magic;
    int32_t slot;
} _boot_note;

/* Which OTA slot is being started, or the factory image. */
static inline void boot_note_leave(int slot)
{
    _boot_note.magic = BOOT_NOTE_MAGIC;
    _boot_note.slot = slot;
}

/* What this image was started as; BOOT_NOTE_NONE where no loader did it. */
static inline int boot_note_slot(void)
{
    return _boot_note.magic == BOOT_NOTE_MAGIC ? (int)_boot_note.slot : BOOT_NOTE_NONE;
}
