/* The second-stage bootloader: chooses a slot by otadata, checks the image in it, and starts that one or the next that is whole.
 *
 * The rules are those of ESP-IDF's bootloader (bootloader_utility.c) with BOOTLOADER_APP_ROLLBACK_ENABLE, and so are the lines it prints:
 * https://docs.espressif.com/projects/esp-idf/en/stable/esp32/api-guides/bootloader.html
 * https://docs.espressif.com/projects/esp-idf/en/stable/esp32/api-reference/system/ota.html#app-rollback */
#include "boot/image.h"
#include "boot/otadata.h"
#include "loader/memory.h"
#include "machine/board.h"
#include "machine/boot_note.h"
#include "machine/clock.h"
#include "machine/flash.h"
#include "machine/log.h"
#include "machine/partition.h"

#define SLOTS_MAX 16
#define FACTORY   BOOT_NOTE_FACTORY

static const char TAG[] = "boot";

static struct partition factory; /* of size 0 where there is none, as each of the slots */
static struct partition slot[SLOTS_MAX];
static int slots;
static struct otadata_place otadata; /* at 0 where there is none */
static bool otadata_is_blank;

static void read_table(void)
{
    struct partition data;
    partition_find(PARTITION_FACTORY, 1, &factory);
    while (slots < SLOTS_MAX && partition_find(PARTITION_OTA(slots), 1, &slot[slots])) {
        slots++;
    }
    if (partition_find(PARTITION_OTADATA, 2 * flash_sector_bytes(), &data)) {
        otadata = (struct otadata_place){data.offset, flash_sector_bytes()};
    }
}

/* Whoever was on trial and restarted before it was marked valid has failed. */
static void give_up_trials(struct otadata_entry entries[2])
{
    for (int sector = 0; sector < 2; sector++) {
        if (entries[sector].state == OTADATA_PENDING) {
            char version[IMAGE_VERSION_BYTES];
            entries[sector].state = OTADATA_ABORTED;
            otadata_write(otadata, sector, &entries[sector]);
            image_version(slot[(entries[sector].sequence - 1) % (uint32_t)slots].offset, version);
            LOGD("fieldloop", "rolled back version=%s", version);
        }
    }
}

static int without_otadata(const struct otadata_entry entries[2])
{
    if (factory.size != 0) {
        LOGI(TAG, "Defaulting to factory image");
        return FACTORY;
    }
    LOGI(TAG, "No factory image, trying OTA 0");
    otadata_is_blank = otadata_was_never_written(&entries[0]) && otadata_was_never_written(&entries[1]);
    return 0;
}

static int choose(void)
{
    struct otadata_entry entries[2];
    if (otadata.offset == 0 || slots == 0) {
        return FACTORY;
    }
    otadata_read(otadata, entries);
    give_up_trials(entries);
    if (otadata_says_nothing(&entries[0]) && otadata_says_nothing(&entries[1])) {
        return without_otadata(entries);
    }
    int active = otadata_active(entries);
    if (active < 0) {
        LOGE(TAG, "ota data partition invalid, %s",
             factory.size != 0 ? "falling back to factory" : "and no factory, will try all partitions");
        return FACTORY;
    }
    if (entries[active].state == OTADATA_NEW) {
        entries[active].state = OTADATA_PENDING;
        otadata_write(otadata, active, &entries[active]);
    }
    return (int)((entries[active].sequence - 1) % (uint32_t)slots);
}

static bool load(const struct partition *from, struct image *image)
{
    if (!image_read(from->offset, from->size, image)) {
        return false;
    }
    for (int i = 0; i < image->segments; i++) {
        const struct image_segment *segment = &image->segment[i];
        if (segment->address < IMAGE_ADDRESS_MIN || memory_is_mapped(segment->address)) {
            continue;
        }
        if (!memory_takes(segment->address, segment->bytes)) {
            LOGE("esp_image", "Segment %d 0x%08lx-0x%08lx invalid: bad load address range", i, (unsigned long)segment->address,
                 (unsigned long)(segment->address + segment->bytes));
            return false;
        }
        flash_read(segment->offset, (void *)(uintptr_t)segment->address, segment->bytes);
    }
    LOGI(TAG, "Loaded app from partition at offset 0x%lx", (unsigned long)from->offset);
    return true;
}

/* Returns where the image is none to be started. */
static void try(int index, const void *boot_parameters)
{
    struct image image;
    const struct partition *from = index == FACTORY ? &factory : &slot[index];
    if (from->size == 0) {
        return;
    }
    if (load(from, &image)) {
        if (index != FACTORY && otadata_is_blank) {
            struct otadata_entry entry = otadata_entry_of((uint32_t)index + 1, OTADATA_VALID);
            otadata_write(otadata, 0, &entry);
            LOGI(TAG, "Set actual ota_seq=%lu in otadata[0]", (unsigned long)entry.sequence);
        }
        boot_note_leave(index);
        memory_start(&image, boot_parameters);
    }
    if (index == FACTORY) {
        LOGE(TAG, "Factory app partition is not bootable");
    } else {
        LOGE(TAG, "OTA app partition slot %d is not bootable", index);
    }
}

_Noreturn void firmware_main(const void *boot_parameters);
void interrupt_level1(uint32_t pc);

/* Called by start.S: down to the factory image, then up. */
_Noreturn void firmware_main(const void *boot_parameters)
{
    board_start(boot_parameters);
    clock_microseconds();
    read_table();
    int first = choose();
    for (int index = first; index >= FACTORY; index--) {
        try(index, boot_parameters);
    }
    for (int index = first + 1; index < slots; index++) {
        try(index, boot_parameters);
    }
    LOGE(TAG, "No bootable app partitions in the partition table");
    board_reset();
}

/* Called by start.S; none is ever enabled here. */
void interrupt_level1(uint32_t pc)
{
    (void)pc;
}
