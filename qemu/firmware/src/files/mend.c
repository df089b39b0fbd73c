#include "files/mend.h"

#include <string.h>

#include "files/volume.h"
#include "files/window.h"

static bool is_there(const struct entry *entry)
{
    return entry->name[0] != '\0' && (uint8_t)entry->name[0] != ENTRY_DELETED;
}

/* Whether all of it was written. */
static bool is_whole(const struct entry *entry)
{
    for (uint32_t i = 0; i < NAME_BYTES; i++) {
        if (entry->name[i] < ' ' || entry->name[i] > '~') {
            return false;
        }
    }
    bool sized = entry->attributes == ENTRY_FOLDER || entry->cluster == 0
                     ? entry->size == 0
                     : entry->size > 0 && entry->size <= volume.cluster_sectors * volume.sector_bytes;
    return sized && volume_holds(entry);
}

/* From an entry on; notes in a table which clusters are taken. */
static void mend_entries(struct folder folder, uint32_t first, uint8_t *table)
{
    for (uint32_t i = first; i < folder.entries; i++) {
        struct entry *entry = volume_entry(folder, i);
        if (is_there(entry) && !is_whole(entry)) {
            entry->name[0] = (char)ENTRY_DELETED;
            window_touch();
        } else if (is_there(entry) && entry->cluster != 0) {
            table_set(table, entry->cluster, TABLE_END);
        }
    }
}

static void mend_folder(uint32_t cluster, uint8_t *table)
{
    uint8_t dots[DOTS * ENTRY_BYTES];
    volume_dots(dots, cluster);
    uint8_t *first = window_move(volume_sector_of(cluster));
    if (memcmp(first, dots, sizeof dots) != 0) {
        memcpy(first, dots, sizeof dots);
        window_touch();
    }
    mend_entries(volume_folder(cluster), DOTS, table);
}

void volume_mend(void)
{
    uint8_t *table = sector_made;
    table_begin(table);
    mend_entries(volume_root(), 0, table);
    for (uint32_t i = 0; i < volume.root_entries; i++) {
        struct entry entry = *volume_entry(volume_root(), i);
        if (is_there(&entry) && entry.attributes == ENTRY_FOLDER) {
            mend_folder(entry.cluster, table);
        }
    }
    for (uint32_t i = 0; i < volume.tables; i++) {
        if (memcmp(window_move(volume.table + i), table, volume.sector_bytes) != 0) {
            sector_write(volume.table + i, table);
        }
    }
    window_forget();
}
