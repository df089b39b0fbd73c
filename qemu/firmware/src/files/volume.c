#include "files/volume.h"

#include <stddef.h>
#include <string.h>

#include "files/window.h"
#include "machine/flash.h"
#include "machine/log.h"

#define CLUSTERS_MAX   4084
#define MEDIA          0xff8u
#define END_MARK       0xaa55
#define FIRST_DAY      0x0021
#define ERASED         0xffffu
#define TABLES_NEW     2 /* as ESP-IDF without use_one_fat */
#define CLUSTER_BYTES_NEW 1024u

static const char MAKER[8] = "FIELDLP ";

struct boot_sector {
    uint8_t jump[3];
    char maker[8];
    uint8_t sector_bytes[2];
    uint8_t cluster_sectors;
    uint8_t reserved[2];
    uint8_t tables;
    uint8_t root_entries[2];
    uint8_t sectors[2];
    uint8_t media;
    uint8_t table_sectors[2];
    uint8_t track_sectors[2];
    uint8_t heads[2];
    uint8_t unused[8];
    uint8_t drive;
    uint8_t unused_too;
    uint8_t signature;
    uint8_t serial[4];
    char label[11];
    char kind[8];
    uint8_t code[448];
    uint8_t end_mark[2];
};

struct volume volume;

static uint32_t number(const uint8_t bytes[2])
{
    return bytes[0] | (uint32_t)bytes[1] << 8;
}

static void put(uint8_t bytes[2], uint32_t value)
{
    bytes[0] = (uint8_t)value;
    bytes[1] = (uint8_t)(value >> 8);
}

uint32_t table_get(const uint8_t *table, uint32_t cluster)
{
    uint32_t pair = number(table + cluster * 3 / 2);
    return cluster % 2 == 0 ? pair & 0xfff : pair >> 4;
}

void table_set(uint8_t *table, uint32_t cluster, uint32_t value)
{
    uint8_t *at = table + cluster * 3 / 2;
    uint32_t pair = number(at);
    put(at, cluster % 2 == 0 ? (pair & 0xf000) | value : (pair & 0x000f) | value << 4);
}

uint32_t volume_sector_of(uint32_t cluster)
{
    return volume.data + (cluster - 2) * volume.cluster_sectors;
}

struct folder volume_root(void)
{
    return (struct folder){volume.root, volume.root_entries};
}

struct folder volume_folder(uint32_t cluster)
{
    return (struct folder){volume_sector_of(cluster), volume.cluster_sectors * volume.sector_bytes / ENTRY_BYTES};
}

struct entry *volume_entry(struct folder folder, uint32_t index)
{
    uint32_t at = index * ENTRY_BYTES;
    return (struct entry *)(void *)(window_move(folder.sector + at / volume.sector_bytes) + at % volume.sector_bytes);
}

bool volume_holds(const struct entry *entry)
{
    bool inside = entry->cluster >= 2 && entry->cluster < volume.clusters + 2;
    bool empty = entry->cluster == 0 && entry->size == 0;
    return entry->attributes == ENTRY_FOLDER ? inside : entry->attributes == ENTRY_FILE && (inside || empty);
}

struct entry volume_entry_of(const char *name, uint8_t attributes, uint32_t cluster)
{
    struct entry entry = {.attributes = attributes, .cluster = (uint16_t)cluster};
    memcpy(entry.name, name, NAME_BYTES);
    put(entry.unused + 4, FIRST_DAY);
    put(entry.unused + 6, FIRST_DAY);
    put(entry.modified + 2, FIRST_DAY);
    return entry;
}

void volume_dots(uint8_t *sector, uint32_t cluster)
{
    struct entry dots[DOTS] = {volume_entry_of(".          ", ENTRY_FOLDER, cluster),
                               volume_entry_of("..         ", ENTRY_FOLDER, 0)};
    memcpy(sector, dots, sizeof dots);
}

/* False where this is no volume that can be read here. */
static bool take_over(const struct boot_sector *boot, struct flash_files files)
{
    volume = (struct volume){.sector_bytes = number(boot->sector_bytes), .cluster_sectors = boot->cluster_sectors,
        .tables = boot->tables, .table = number(boot->reserved), .root_entries = number(boot->root_entries),
        .own = memcmp(boot->maker, MAKER, sizeof MAKER) == 0};
    if (number(boot->end_mark) != END_MARK || volume.sector_bytes != files.sector_bytes || volume.cluster_sectors == 0
        || volume.tables == 0 || volume.table == 0 || number(boot->table_sectors) != 1
        || number(boot->sectors) > files.blocks) {
        return false;
    }
    volume.root = volume.table + volume.tables;
    volume.data = volume.root + volume.root_entries * ENTRY_BYTES / volume.sector_bytes;
    volume.clusters = (number(boot->sectors) - volume.data) / volume.cluster_sectors;
    window_copies(volume.table, 1, volume.tables);
    return number(boot->sectors) > volume.data && volume.clusters <= CLUSTERS_MAX;
}

static void put_boot_sector(struct flash_files files)
{
    struct boot_sector *boot = (struct boot_sector *)(void *)sector_made;
    uint32_t cluster = CLUSTER_BYTES_NEW < files.sector_bytes ? 1 : CLUSTER_BYTES_NEW / files.sector_bytes;
    memset(sector_made, 0, files.sector_bytes);
    memcpy(boot->jump, "\xeb\xfe\x90", sizeof boot->jump);
    memcpy(boot->maker, MAKER, sizeof boot->maker);
    put(boot->sector_bytes, files.sector_bytes);
    boot->cluster_sectors = (uint8_t)cluster;
    put(boot->reserved, 1);
    boot->tables = TABLES_NEW;
    put(boot->root_entries, files.sector_bytes / ENTRY_BYTES);
    put(boot->sectors, files.blocks);
    boot->media = (uint8_t)MEDIA;
    put(boot->table_sectors, 1);
    put(boot->track_sectors, 63);
    put(boot->heads, 255);
    boot->drive = 0x80;
    boot->signature = 0x29;
    memcpy(boot->label, "NO NAME    ", sizeof boot->label);
    memcpy(boot->kind, "FAT12   ", sizeof boot->kind);
    put(boot->end_mark, END_MARK);
    sector_write(0, sector_made);
}

void table_begin(uint8_t *table)
{
    memset(table, 0, volume.sector_bytes);
    table_set(table, 0, MEDIA);
    table_set(table, 1, TABLE_END);
}

/* The boot sector last: before it there is no volume. */
static bool format(struct flash_files files)
{
    flash_erase_sector(files.offset);
    volume = (struct volume){.sector_bytes = files.sector_bytes, .tables = TABLES_NEW, .table = 1};
    table_begin(sector_made);
    for (uint32_t i = 0; i < TABLES_NEW; i++) {
        sector_write(volume.table + i, sector_made);
    }
    memset(sector_made, 0, volume.sector_bytes);
    sector_write(volume.table + TABLES_NEW, sector_made);
    put_boot_sector(files);
    LOGI("fieldloop", "files formatted sectors=%lu bytes=%lu", (unsigned long)files.blocks,
         (unsigned long)files.sector_bytes);
    return take_over((const struct boot_sector *)(const void *)sector_made, files);
}

bool volume_open(void)
{
    struct flash_files files = flash_files();
    if (files.block_bytes == 0) {
        return false;
    }
    window_open(files);
    const struct boot_sector *boot = (const struct boot_sector *)(const void *)window_move(0);
    return number(boot->end_mark) == ERASED ? format(files) : take_over(boot, files);
}
