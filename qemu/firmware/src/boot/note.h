/* What the loader tells the image that it starts, in memory that no start-up code clears. */
#pragma once

#define BOOT_NOTE_FACTORY (-1)
#define BOOT_NOTE_NONE    (-2)

/* Which OTA slot is being started, or the factory image. */
void boot_note_leave(int slot);

/* What this image was started as; BOOT_NOTE_NONE where no loader did it. */
int boot_note_slot(void);
