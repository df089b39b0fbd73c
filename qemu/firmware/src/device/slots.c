#include "device/slots.h"

#include <string.h>

#include "boot/image.h"
#include "boot/otadata.h"
#include "machine/boot_note.h"
#include "machine/flash.h"
#include "machine/log.h"
#include "settings/settings.h"

static struct flash_slots flash;
static struct otadata_entry entry; /* the one that holds; its sequence is 0 where none does */
static int entry_sector;
static int running;
static char version[SLOT_VERSION_BYTES];
static uint32_t erased_until; /* of the other slot */

static const char *name(int slot)
{
    return slot == 0 ? "ota_0" : "ota_1";
}

static struct otadata_place otadata(void)
{
    return (struct otadata_place){flash.data_offset, flash.sector_bytes};
}

static void set_state(enum otadata_state state)
{
    entry.state = state;
    otadata_write(otadata(), entry_sector, &entry);
}

static int slot_of_entry(void)
{
    return entry.sequence == 0 ? 0 : (int)((entry.sequence - 1) % 2);
}

static void choose(void)
{
    struct otadata_entry entries[2];
    otadata_read(otadata(), entries);
    entry_sector = otadata_active(entries);
    memset(&entry, 0, sizeof entry);
    if (entry_sector >= 0) {
        entry = entries[entry_sector];
    }
    running = slot_of_entry();
}

/* The slot the device was flashed into holds no image until an update writes one there. */
static void read_version(int slot, char to[SLOT_VERSION_BYTES])
{
    if (!image_version(flash.offset[slot], to)) {
        strcpy(to, settings.app_version);
    }
}

/* Where no bootloader did. */
static void boot_without_loader(void)
{
    if (entry.sequence != 0 && entry.state == OTADATA_PENDING) {
        read_version(running, version);
        LOGD("fieldloop", "rolled back version=%s", version);
        set_state(OTADATA_ABORTED);
        choose();
    } else if (entry.sequence != 0 && entry.state == OTADATA_NEW) {
        set_state(OTADATA_PENDING);
    }
}

void slots_boot(void)
{
    flash = flash_slots();
    strcpy(version, settings.app_version);
    erased_until = 0;
    if (flash.sector_bytes == 0) {
        return;
    }
    choose();
    if (boot_note_slot() == BOOT_NOTE_NONE) {
        boot_without_loader();
    } else if (boot_note_slot() != BOOT_NOTE_FACTORY) {
        running = boot_note_slot();
    }
    read_version(running, version);
}

const char *slots_running(void)
{
    return name(running);
}

const char *slots_other(void)
{
    return name(1 - running);
}

const char *slots_version(void)
{
    return version;
}

bool slots_on_trial(void)
{
    return entry.sequence != 0 && entry.state == OTADATA_PENDING && slot_of_entry() == running;
}

void slots_mark_valid(void)
{
    set_state(OTADATA_VALID);
}

uint32_t slots_other_offset(void)
{
    return flash.offset[1 - running];
}

uint32_t slots_other_bytes(void)
{
    return flash.slot_bytes;
}

void slots_write(uint32_t at, const uint8_t *bytes, size_t count)
{
    uint32_t offset = slots_other_offset();
    erased_until = at == 0 ? 0 : erased_until;
    for (; erased_until < at + count; erased_until += flash.sector_bytes) {
        flash_erase_sector(offset + erased_until);
    }
    flash_program(offset + at, bytes, count);
}

bool slots_other_is_valid(uint32_t image_bytes)
{
    struct image image;
    return image_read(slots_other_offset(), image_bytes, &image);
}

/* As ESP-IDF: the next sequence that leads to the slot, into the sector that does not hold. */
void slots_install(char installed[SLOT_VERSION_BYTES])
{
    struct otadata_entry next = otadata_entry_of(entry.sequence == 0 ? 1 : entry.sequence, OTADATA_NEW);
    do {
        next.sequence++;
    } while ((int)((next.sequence - 1) % 2) == running);
    read_version(1 - running, installed);
    otadata_write(otadata(), entry_sector == 0 ? 1 : 0, &next);
}
