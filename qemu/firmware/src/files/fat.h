/* A FAT12 volume in a flash partition, for files that fit into a cluster: what is written comes in FatFs' order. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Names are as on the volume: eight characters and three, filled up with blanks. The folder "" is the root. */
struct fat_path {
    const char *folder;
    const char *name;
};

/* Mounts the volume, and formats one where there is none; false where the board has no room for one. What a power cut left
 * half written on a volume of its own is mended, as a check of the file system would. */
bool fat_mount(void);

bool fat_make_folder(const char *name);

/* The file's size, cut to the room there is; 0 where there is none. */
size_t fat_read(struct fat_path path, void *to, size_t room);

/* fopen(path, "w"), fwrite, fclose: what was in the file is given up first. False where there is no room. */
bool fat_write(struct fat_path path, const void *bytes, size_t count);

void fat_remove(struct fat_path path);

/* To another name in the same folder, which is not taken. */
void fat_rename(struct fat_path path, const char *name);
