#include "settings/settings_file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files/fat.h"
#include "machine/crc32.h"
#include "machine/log.h"
#include "settings/settings_source.h"

#define CHECK " check="

static const char TAG[] = "fieldloop";

/* Where settings may be, whatever the way. The last two are taken in turns: a sector of a folder is erased before it is
 * written, and with it goes every file that is in there. */
enum place { USUAL, BESIDE, FIRST, SECOND, PLACES };

static const char USUAL_NAME[] = "SETTINGSTXT";

static const struct fat_path paths[PLACES] = {
    {"", USUAL_NAME}, {"", "SETTINGSNEW"}, {"A          ", USUAL_NAME}, {"B          ", USUAL_NAME}};
static const char *const shown[PLACES] = {"settings.txt", "settings.new", "a/settings.txt", "b/settings.txt"};

static enum place newest = PLACES; /* PLACES: there is none */
static uint32_t number;

static bool put(enum place place, const char *text, size_t count)
{
    bool written = fat_write(paths[place], text, count);
    newest = written ? place : newest;
    return written;
}

static bool rewrite(const char *text, size_t count)
{
    return put(USUAL, text, count);
}

/* FatFs renames to no name that is taken. */
static void take_its_place(void)
{
    fat_remove(paths[USUAL]);
    fat_rename(paths[BESIDE], USUAL_NAME);
    newest = USUAL;
}

static bool write_beside(const char *text, size_t count)
{
    if (newest == BESIDE) {
        take_its_place();
    }
    bool written = put(BESIDE, text, count);
    if (written) {
        take_its_place();
    }
    return written;
}

static bool write_in_turns(const char *text, size_t count)
{
    return put(newest == FIRST ? SECOND : FIRST, text, count);
}

static const struct way {
    const char *name;
    bool (*write)(const char *text, size_t count);
} ways[] = {{"rewrite", rewrite}, {"rename", write_beside}, {"turns", write_in_turns}};

static const struct way *way;

/* Its number, or 0 where it is not whole. */
static uint32_t read(enum place place, char text[SETTINGS_FILE_BYTES_MAX])
{
    char value[12];
    size_t count = fat_read(paths[place], text, SETTINGS_FILE_BYTES_MAX - 1);
    text[count] = '\0';
    const char *check = strstr(text, CHECK);
    if (check == NULL
        || (uint32_t)strtoul(check + strlen(CHECK), NULL, 16) != crc32(0, (const uint8_t *)text, (size_t)(check - text))
        || !settings_text_in(text, "number", value, sizeof value)) {
        return 0;
    }
    return (uint32_t)strtoul(value, NULL, 10);
}

static void find_newest(void)
{
    char text[SETTINGS_FILE_BYTES_MAX];
    number = 0;
    newest = PLACES;
    for (enum place place = USUAL; place < PLACES; place++) {
        uint32_t found = read(place, text);
        if (found > number) {
            number = found;
            newest = place;
        }
    }
}

bool settings_file_open(void)
{
    char name[12];
    if (!settings_text("settings-file", name, sizeof name)) {
        return false;
    }
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        way = strcmp(ways[i].name, name) == 0 ? &ways[i] : way;
    }
    if (way == NULL) {
        LOGE(TAG, "setting settings-file: no way %s", name);
        return false;
    }
    if (!fat_mount()) {
        LOGE(TAG, "files missing: no partition for them, or something else in it");
        way = NULL;
        return false;
    }
    if (way->write == write_in_turns) {
        fat_make_folder(paths[FIRST].folder);
        fat_make_folder(paths[SECOND].folder);
    }
    find_newest();
    return true;
}

bool settings_file_read(char to[SETTINGS_FILE_BYTES_MAX])
{
    if (newest == PLACES) {
        LOGW(TAG, "settings missing: no whole file");
        return false;
    }
    read(newest, to);
    LOGD(TAG, "settings read file=%s number=%lu", shown[newest], (unsigned long)number);
    return true;
}

bool settings_file_write(const char *text)
{
    char whole[SETTINGS_FILE_BYTES_MAX];
    int count = snprintf(whole, sizeof whole, "number=%lu %s", (unsigned long)(number + 1), text);
    count += snprintf(whole + count, sizeof whole - (size_t)count, CHECK "%08lx\n",
                      (unsigned long)crc32(0, (const uint8_t *)whole, (size_t)count));
    if (!way->write(whole, (size_t)count)) {
        LOGW(TAG, "settings not kept: no room for the file");
        return false;
    }
    number++;
    LOGD(TAG, "settings written file=%s number=%lu", shown[newest], (unsigned long)number);
    return true;
}
