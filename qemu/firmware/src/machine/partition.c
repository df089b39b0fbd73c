#include "machine/partition.h"

#include "machine/flash.h"

#define TABLE_OFFSET  0x8000u
#define TABLE_ENTRIES 16
#define ENTRY_MAGIC   0x50aau

bool partition_find(uint16_t type, uint32_t size_min, struct partition *found)
{
    struct partition table[TABLE_ENTRIES];
    flash_read(TABLE_OFFSET, table, sizeof table);
    for (uint32_t i = 0; i < TABLE_ENTRIES && table[i].magic == ENTRY_MAGIC; i++) {
        if (table[i].type == type && table[i].size >= size_min) {
            *found = table[i];
            return true;
        }
    }
    return false;
}
