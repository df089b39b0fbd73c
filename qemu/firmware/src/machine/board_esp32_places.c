/* What is where in the ESP32's flash: the partition table says it. */
#include "machine/flash.h"
#include "machine/partition.h"

#define SECTOR_BYTES     0x1000u
#define FILES_BLOCKS_MAX 2048u /* for an allocation table of one sector */

struct flash_area flash_store_area(void)
{
    struct partition store;
    bool there = partition_find(PARTITION_STORE, 2 * SECTOR_BYTES, &store);
    return (struct flash_area){there ? store.offset : 0, there ? SECTOR_BYTES : 0};
}

struct flash_files flash_files(void)
{
    struct partition files;
    if (!partition_find(PARTITION_FAT, SECTOR_BYTES, &files)) {
        return (struct flash_files){.block_bytes = 0};
    }
    uint32_t blocks = files.size / SECTOR_BYTES;
    return (struct flash_files){files.offset, SECTOR_BYTES, blocks < FILES_BLOCKS_MAX ? blocks : FILES_BLOCKS_MAX, SECTOR_BYTES};
}

struct flash_slots flash_slots(void)
{
    struct partition data;
    struct partition first;
    struct partition second;
    if (!partition_find(PARTITION_OTADATA, 2 * SECTOR_BYTES, &data) || !partition_find(PARTITION_OTA(0), SECTOR_BYTES, &first)
        || !partition_find(PARTITION_OTA(1), SECTOR_BYTES, &second)) {
        return (struct flash_slots){.sector_bytes = 0};
    }
    uint32_t size = first.size < second.size ? first.size : second.size;
    return (struct flash_slots){data.offset, {first.offset, second.offset}, size, SECTOR_BYTES};
}
