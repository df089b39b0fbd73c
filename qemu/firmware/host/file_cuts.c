/* The firmware's files on this machine: changes of settings, most of them cut off at a random byte of a random program or erase.
 * After each cut the volume is mounted again and fsck.fat looks at it. Arguments: way, bytes of a sector, seed, changes, image. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/flash.h"
#include "machine/log.h"
#include "settings/settings_file.h"
#include "settings/settings_source.h"

#define BLOCK_BYTES_MAX 0x10000

static struct flash_files files;
static uint8_t flash[16 * BLOCK_BYTES_MAX];
static uint32_t program_bytes; /* at once */
static const char *way;
static long writes_left;       /* until the power goes; 0: it stays */
static jmp_buf power_lost;

struct flash_files flash_files(void)
{
    return files;
}

void flash_read(uint32_t offset, void *to, size_t count)
{
    memcpy(to, flash + offset, count);
}

static void change(uint32_t offset, const uint8_t *bytes, size_t count)
{
    if (memcmp(flash + offset, bytes, count) == 0) {
        return;
    }
    if (writes_left > 0 && --writes_left == 0) {
        memcpy(flash + offset, bytes, (size_t)rand() % (count + 1));
        longjmp(power_lost, 1);
    }
    memcpy(flash + offset, bytes, count);
}

void flash_erase_sector(uint32_t offset)
{
    static uint8_t erased[BLOCK_BYTES_MAX];
    memset(erased, 0xff, sizeof erased);
    change(offset, erased, files.block_bytes);
}

void flash_program(uint32_t offset, const uint8_t *bytes, size_t count)
{
    for (size_t at = 0; at < count; at += program_bytes) {
        for (size_t i = at; i < at + program_bytes; i++) {
            if ((flash[offset + i] & bytes[i]) != bytes[i]) {
                fprintf(stderr, "programmed over something\n");
                exit(1);
            }
        }
        change(offset + (uint32_t)at, bytes + at, program_bytes);
    }
}

void log_line(char level, const char *tag, const char *format, ...)
{
    (void)level;
    (void)tag;
    (void)format;
}

bool settings_text(const char *key, char *to, size_t room)
{
    (void)key;
    snprintf(to, room, "%s", way);
    return true;
}

bool settings_text_in(const char *text, const char *key, char *to, size_t room)
{
    const char *value = strstr(text, key) + strlen(key) + 1;
    snprintf(to, room, "%.*s", (int)strcspn(value, " "), value);
    return true;
}

static int value_read(void)
{
    char text[SETTINGS_FILE_BYTES_MAX];
    return settings_file_read(text) ? atoi(strstr(text, "value=") + strlen("value=")) : -1;
}

static void check(const char *image)
{
    char command[512];
    FILE *out = fopen(image, "wb");
    for (uint32_t i = 0; i < files.blocks; i++) {
        fwrite(flash + i * files.block_bytes, 1, files.sector_bytes, out);
    }
    fclose(out);
    snprintf(command, sizeof command, "fsck.fat -n %s >&2", image);
    if (system(command) != 0) {
        exit(1);
    }
}

int main(int count, char **arguments)
{
    if (count != 6) {
        return 2;
    }
    way = arguments[1];
    bool esp32 = atoi(arguments[2]) == 4096;
    files = esp32 ? (struct flash_files){0, 4096, 14, 4096} : (struct flash_files){0, BLOCK_BYTES_MAX, 16, 512};
    program_bytes = esp32 ? 64 : 512;
    srand((unsigned)atoi(arguments[3]));
    memset(flash, 0xff, sizeof flash);
    settings_file_open();
    static int kept;
    static int cuts;
    static int lost;
    kept = -1;
    for (volatile int i = 0; i < atoi(arguments[4]); i++) {
        char text[64];
        snprintf(text, sizeof text, "value=%d url=\"ws://gateway.test/%d\"", i, rand());
        writes_left = rand() % 4 == 0 ? 0 : 1 + rand() % (esp32 ? 600 : 20);
        if (setjmp(power_lost) == 0) {
            if (!settings_file_write(text)) {
                fprintf(stderr, "no room at change %d\n", i);
                return 1;
            }
            kept = i;
            continue;
        }
        cuts++;
        settings_file_open();
        int found = value_read();
        lost += found != kept && found != i;
        kept = found;
        check(arguments[5]);
    }
    printf("cuts=%d lost=%d\n", cuts, lost);
    return 0;
}
