/* Where things are on a FAT12 volume, its allocation table and its folders. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define ENTRY_BYTES   32
#define NAME_BYTES    11
#define TABLE_END     0xfffu
#define ENTRY_DELETED 0xe5
#define ENTRY_FILE    0x20
#define ENTRY_FOLDER  0x10

struct volume {
    uint32_t sector_bytes;
    uint32_t cluster_sectors;
    uint32_t tables; /* of one sector each */
    uint32_t table;
    uint32_t root;
    uint32_t root_entries;
    uint32_t data;
    uint32_t clusters; /* the first has number 2 */
    bool own;          /* this firmware formatted it */
};

extern struct volume volume;

struct folder {
    uint32_t sector;
    uint32_t entries;
};

struct entry {
    char name[NAME_BYTES];
    uint8_t attributes;
    uint8_t unused[8];
    uint16_t cluster_high;
    uint8_t modified[4];
    uint16_t cluster;
    uint32_t size;
};

/* Reads the volume, or makes one where there is none; false where there is no room for it. */
bool volume_open(void);

uint32_t volume_sector_of(uint32_t cluster);
struct folder volume_root(void);
struct folder volume_folder(uint32_t cluster);

/* An entry in the window. */
struct entry *volume_entry(struct folder folder, uint32_t index);

/* Whether it is a file's or a folder's, and its cluster one of the volume's; an empty file has none. */
bool volume_holds(const struct entry *entry);

/* A new entry; all of its times are the first day there is. */
struct entry volume_entry_of(const char *name, uint8_t attributes, uint32_t cluster);

/* The first entries of a folder of that cluster: itself, and the root it is in. */
#define DOTS 2
void volume_dots(uint8_t *sector, uint32_t cluster);

/* A table of which nothing is taken. */
void table_begin(uint8_t *table);
uint32_t table_get(const uint8_t *table, uint32_t cluster);
void table_set(uint8_t *table, uint32_t cluster, uint32_t value);
