#include "boot/otadata.h"

#include <string.h>

#include "machine/crc32.h"
#include "machine/flash.h"

#define ERASED 0xffffffffu

static uint32_t crc_of(const struct otadata_entry *entry)
{
    return ~crc32(0, (const uint8_t *)&entry->sequence, sizeof entry->sequence);
}

void otadata_read(struct otadata_place place, struct otadata_entry entries[2])
{
    for (uint32_t sector = 0; sector < 2; sector++) {
        flash_read(place.offset + sector * place.sector_bytes, &entries[sector], sizeof entries[sector]);
    }
}

void otadata_write(struct otadata_place place, int sector, struct otadata_entry *entry)
{
    uint32_t words[sizeof *entry / 4];
    uint32_t offset = place.offset + (uint32_t)sector * place.sector_bytes;
    entry->crc = crc_of(entry);
    memcpy(words, entry, sizeof words);
    flash_erase_sector(offset);
    for (uint32_t i = 0; i < sizeof words / 4; i++) {
        flash_program_word(offset + 4 * i, words[i]);
    }
}

struct otadata_entry otadata_entry_of(uint32_t sequence, enum otadata_state state)
{
    struct otadata_entry entry;
    memset(&entry, 0xff, sizeof entry);
    entry.sequence = sequence;
    entry.state = state;
    return entry;
}

bool otadata_says_nothing(const struct otadata_entry *entry)
{
    return entry->sequence == ERASED || entry->state == OTADATA_INVALID || entry->state == OTADATA_ABORTED;
}

bool otadata_was_never_written(const struct otadata_entry *entry)
{
    return entry->sequence == ERASED || entry->crc != crc_of(entry);
}

static bool holds(const struct otadata_entry *entry)
{
    return !otadata_says_nothing(entry) && entry->crc == crc_of(entry);
}

int otadata_active(const struct otadata_entry entries[2])
{
    bool first = holds(&entries[0]);
    bool second = holds(&entries[1]);
    if (!first && !second) {
        return -1;
    }
    return second && (!first || entries[1].sequence > entries[0].sequence) ? 1 : 0;
}
