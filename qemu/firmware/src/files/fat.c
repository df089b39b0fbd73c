#include "files/fat.h"

#include <string.h>

#include "files/mend.h"
#include "files/volume.h"
#include "files/window.h"

static uint32_t freed_last; /* where FatFs looks first */

static bool is_free(const struct entry *entry)
{
    return entry->name[0] == '\0' || (uint8_t)entry->name[0] == ENTRY_DELETED;
}

/* Its index, or -1. */
static int find(struct folder folder, const char *name)
{
    for (uint32_t i = 0; i < folder.entries; i++) {
        const struct entry *entry = volume_entry(folder, i);
        if (entry->name[0] == '\0') {
            return -1;
        }
        if (volume_holds(entry) && memcmp(entry->name, name, NAME_BYTES) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static int find_free(struct folder folder)
{
    for (uint32_t i = 0; i < folder.entries; i++) {
        if (is_free(volume_entry(folder, i))) {
            return (int)i;
        }
    }
    return -1;
}

/* One without entries where there is no such folder. */
static struct folder open_folder(const char *name)
{
    int found = name[0] == '\0' ? -1 : find(volume_root(), name);
    if (name[0] == '\0') {
        return volume_root();
    }
    return found < 0 ? (struct folder){0, 0} : volume_folder(volume_entry(volume_root(), (uint32_t)found)->cluster);
}

static void set_next(uint32_t cluster, uint32_t value)
{
    table_set(window_move(volume.table), cluster, value);
    window_touch();
}

static void release(uint32_t cluster)
{
    if (cluster != 0) {
        set_next(cluster, 0);
        freed_last = cluster;
    }
}

/* 0 where none is free. */
static uint32_t allocate(void)
{
    const uint8_t *table = window_move(volume.table);
    for (uint32_t i = 0; i < volume.clusters; i++) {
        uint32_t cluster = 2 + (freed_last - 2 + i) % volume.clusters;
        if (table_get(table, cluster) == 0) {
            set_next(cluster, TABLE_END);
            return cluster;
        }
    }
    return 0;
}

bool fat_mount(void)
{
    freed_last = 2;
    bool there = volume_open();
    if (there && volume.own) {
        volume_mend();
    }
    return there;
}

bool fat_make_folder(const char *name)
{
    if (find(volume_root(), name) >= 0) {
        return true;
    }
    uint32_t cluster = allocate();
    int place = find_free(volume_root());
    if (cluster == 0 || place < 0) {
        return false;
    }
    for (uint32_t i = volume.cluster_sectors; i-- > 0;) {
        memset(sector_made, 0, volume.sector_bytes);
        if (i == 0) {
            volume_dots(sector_made, cluster);
        }
        sector_write(volume_sector_of(cluster) + i, sector_made);
    }
    *volume_entry(volume_root(), (uint32_t)place) = volume_entry_of(name, ENTRY_FOLDER, cluster);
    window_touch();
    window_flush();
    return true;
}

size_t fat_read(struct fat_path path, void *to, size_t room)
{
    struct folder folder = open_folder(path.folder);
    int found = find(folder, path.name);
    if (found < 0) {
        return 0;
    }
    struct entry entry = *volume_entry(folder, (uint32_t)found);
    size_t size = entry.size < room ? entry.size : room;
    uint32_t cluster_bytes = volume.cluster_sectors * volume.sector_bytes;
    size = size < cluster_bytes ? size : cluster_bytes;
    for (size_t at = 0; at < size; at += volume.sector_bytes) {
        size_t part = size - at < volume.sector_bytes ? size - at : volume.sector_bytes;
        memcpy((uint8_t *)to + at, window_move(volume_sector_of(entry.cluster) + at / volume.sector_bytes), part);
    }
    return size;
}

/* The entry of an empty file: that of the old one, without its cluster, or a new one, which is not written yet. */
static int create(struct folder folder, const char *name)
{
    int found = find(folder, name);
    if (found < 0) {
        found = find_free(folder);
        if (found >= 0) {
            *volume_entry(folder, (uint32_t)found) = volume_entry_of(name, ENTRY_FILE, 0);
            window_touch();
        }
        return found;
    }
    struct entry *entry = volume_entry(folder, (uint32_t)found);
    uint32_t cluster = entry->cluster;
    entry->cluster = 0;
    entry->size = 0;
    window_touch();
    release(cluster);
    volume_entry(folder, (uint32_t)found);
    return found;
}

static void write_cluster(uint32_t cluster, const uint8_t *bytes, size_t count)
{
    for (size_t at = 0; at < count; at += volume.sector_bytes) {
        size_t part = count - at < volume.sector_bytes ? count - at : volume.sector_bytes;
        memset(sector_made, 0, volume.sector_bytes);
        memcpy(sector_made, bytes + at, part);
        sector_write(volume_sector_of(cluster) + at / volume.sector_bytes, sector_made);
    }
}

bool fat_write(struct fat_path path, const void *bytes, size_t count)
{
    struct folder folder = open_folder(path.folder);
    if (count > volume.cluster_sectors * volume.sector_bytes) {
        return false;
    }
    int place = create(folder, path.name);
    uint32_t cluster = place < 0 ? 0 : allocate();
    if (cluster == 0) {
        window_flush();
        return false;
    }
    write_cluster(cluster, bytes, count);
    struct entry *entry = volume_entry(folder, (uint32_t)place);
    entry->cluster = (uint16_t)cluster;
    entry->size = (uint32_t)count;
    window_touch();
    window_flush();
    return true;
}

void fat_remove(struct fat_path path)
{
    struct folder folder = open_folder(path.folder);
    int found = find(folder, path.name);
    if (found < 0) {
        return;
    }
    struct entry *entry = volume_entry(folder, (uint32_t)found);
    uint32_t cluster = entry->cluster;
    entry->name[0] = (char)ENTRY_DELETED;
    window_touch();
    release(cluster);
    window_flush();
}

void fat_rename(struct fat_path path, const char *name)
{
    struct folder folder = open_folder(path.folder);
    int found = find(folder, path.name);
    int place = find_free(folder);
    if (found < 0 || place < 0) {
        return;
    }
    struct entry renamed = *volume_entry(folder, (uint32_t)found);
    memcpy(renamed.name, name, NAME_BYTES);
    *volume_entry(folder, (uint32_t)place) = renamed;
    window_touch();
    volume_entry(folder, (uint32_t)found)->name[0] = (char)ENTRY_DELETED;
    window_touch();
    window_flush();
}
