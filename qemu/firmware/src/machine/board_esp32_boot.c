/* Maps flash before anything that lives there is used. */
#include "machine/boot_note.h"
#include "machine/esp32.h"

#define CACHE_MASKS      REGISTER32(0x3ff00044u)
#define ALL_REGIONS      0x3fu
#define MAP(entry)       REGISTER32(0x3ff10000u + 4 * (entry))
#define RODATA_ENTRY     0  /* 0x3f400000 */
#define TEXT_ENTRY       77 /* 0x400d0000 */
#define PAGES            15

/* Linker symbols: their addresses are the values. Weak, since the compiler believes others not to be 0. */
extern char _rodata_page[] __attribute__((weak));
extern char _text_page[] __attribute__((weak));

IN_IRAM void esp32_map_flash(uint32_t rodata, uint32_t text)
{
    CACHE_CONTROL &= ~CACHE_ENABLED;
    for (uint32_t i = 0; i < PAGES; i++) {
        MAP(RODATA_ENTRY + i) = rodata + i;
        MAP(TEXT_ENTRY + i) = text + i;
    }
    CACHE_MASKS &= ~ALL_REGIONS;
    CACHE_CONTROL |= CACHE_FLUSH;
    while (!(CACHE_CONTROL & CACHE_FLUSH_DONE)) {
    }
    CACHE_CONTROL &= ~CACHE_FLUSH;
    CACHE_CONTROL |= CACHE_ENABLED;
}

void board_map_flash(void);

/* Called by start.S. A loader has mapped the slot that it starts, wherever that is. */
IN_IRAM void board_map_flash(void)
{
    uint32_t text = (uint32_t)(uintptr_t)_text_page;
    if (text != 0 && boot_note_slot() == BOOT_NOTE_NONE) {
        esp32_map_flash((uint32_t)(uintptr_t)_rodata_page, text);
    }
}
