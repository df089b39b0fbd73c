/* What parsers of the firmware must bear, on this machine, under the compiler's sanitizers: inputs that were found by changing valid ones
 * at random. Says what came of each. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/slots.h"
#include "device/told.h"
#include "files/fat.h"
#include "machine/crc32.h"
#include "machine/date.h"
#include "machine/flash.h"
#include "machine/heap.h"
#include "machine/log.h"
#include "net/connection.h"
#include "settings/kept.h"
#include "settings/nvs.h"
#include "web/header_block.h"
#include "web/http_reader.h"
#include "web/json.h"

#define SECTOR_BYTES 4096
#define SECTORS      14
#define NVS_AT       0x9000
#define ROOT_AT      (3 * SECTOR_BYTES)
#define CLUSTER_AT   26 /* in an entry */

static uint8_t flash[SECTORS * SECTOR_BYTES];

struct flash_files flash_files(void)
{
    return (struct flash_files){0, SECTOR_BYTES, SECTORS, SECTOR_BYTES};
}

void flash_read(uint32_t offset, void *to, size_t count)
{
    memcpy(to, flash + offset, count);
}

void flash_erase_sector(uint32_t offset)
{
    memset(flash + offset, 0xff, SECTOR_BYTES);
}

void flash_program(uint32_t offset, const uint8_t *bytes, size_t count)
{
    memcpy(flash + offset, bytes, count);
}

void log_line(char level, const char *tag, const char *format, ...)
{
    (void)level;
    (void)tag;
    (void)format;
}

void *heap_grow(void *block, size_t bytes)
{
    return bytes == 0 ? block : realloc(block, bytes);
}

void heap_free(void *block)
{
    free(block);
}

int connection_read(struct connection *connection, void *bytes, size_t count)
{
    (void)connection;
    (void)bytes;
    (void)count;
    return CONNECTION_CLOSED;
}

struct settings settings;

bool kept_websocket(const struct websocket_section *section)
{
    return section != NULL;
}

void kept_mqtt(const struct mqtt_section *section)
{
    (void)section;
}

const char *slots_version(void)
{
    return "1.0.0";
}

void date_set(int64_t unix_seconds, const char *source)
{
    printf("date %" PRId64 " by %s\n", unix_seconds, source);
}

static void great_number(void)
{
    static const char text[] = "-99999999999999999999999999999999";
    printf("number %" PRId64 "\n", json_integer(json_parse(text, strlen(text)), 0));
}

static void great_time(void)
{
    static const char text[] = "{\"server_time\":{\"timestamp\":99999999999999999999,\"timezone_offset\":99999999999999999999}}";
    struct told told = {0};
    told_take(&told, json_parse(text, strlen(text)));
}

/* The line is empty, and the number behind it is none of its own. */
static void empty_chunk_line(void)
{
    static const char text[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    struct http_reader reader = {0};
    http_reader_feed(&reader, (const uint8_t *)text, strlen(text));
    printf("chunks ended=%d body=%u\n", reader.ended, (unsigned)reader.body.used);
    http_reader_free(&reader);
}

static void zero_in_a_header(void)
{
    static const char text[] = "HTTP/1.1 101 S\r\nUp\0grade: websocket\r\n\r\n";
    printf("header well-formed=%d\n", header_block_is_well_formed((struct text){text, text + sizeof text - 1}));
}

/* A number of no bytes, which is signed. */
static void empty_number(void)
{
    static const uint8_t head[] = {0xfe, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xfe};
    uint8_t entry[32] = {0, 0x10, 1, 0xff, 0, 0, 0, 0, 'w', 'i', 'f', 'i'};
    uint32_t crc = ~crc32(crc32(0, entry, 4), entry + 8, sizeof entry - 8);
    char value[8];
    memcpy(entry + 4, &crc, sizeof crc);
    memset(flash, 0xff, sizeof flash);
    memcpy(flash + NVS_AT, head, sizeof head);
    flash[NVS_AT + 32] = 0xfe; /* the first entry is written */
    memcpy(flash + NVS_AT + 64, entry, sizeof entry);
    printf("nvs found=%d\n", nvs_text("wifi", "ota_url", value, sizeof value));
}

/* On a volume of somebody else's, which is not mended. */
static void cluster_beyond_the_volume(void)
{
    static const struct fat_path path = {"", "SETTINGSTXT"};
    char text[8] = "";
    memset(flash, 0xff, sizeof flash);
    fat_mount();
    fat_write(path, "before", 6);
    memcpy(flash + 3, "MSDOS5.0", 8);
    memset(flash + ROOT_AT + CLUSTER_AT, 0xfe, 2);
    size_t read = fat_mount() ? fat_read(path, text, sizeof text) : 99;
    bool written = fat_write(path, "after", 5);
    printf("file read=%u written=%d %.5s\n", (unsigned)read, written, fat_read(path, text, sizeof text) > 0 ? text : "");
}

int main(void)
{
    great_number();
    great_time();
    empty_chunk_line();
    zero_in_a_header();
    empty_number();
    cluster_beyond_the_volume();
    return 0;
}
