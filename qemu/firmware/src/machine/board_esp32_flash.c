/* The ESP32's flash chip through the SPI1 controller. Flash-mapped code cannot run meanwhile, so all of this is in RAM. */
#include <string.h>

#include "machine/cpu.h"
#include "machine/esp32.h"
#include "machine/flash.h"

#define SPI(offset)     REGISTER32(0x3ff42000u + (offset))
#define COMMAND         SPI(0x00)
#define ADDRESS         SPI(0x04)
#define STATUS          SPI(0x10)
#define USER1           SPI(0x20)
#define MISO_LENGTH     SPI(0x2c)
#define WORD(n)         SPI(0x80 + 4 * (n))
#define WORDS           16

#define ADDRESS_24_BITS (23u << 26)
#define ADDRESS_FIELD   (63u << 26)
#define WRITE_ENABLE    (1u << 30)
#define SECTOR_ERASE    (1u << 24)
#define PAGE_PROGRAM    (1u << 25)
#define READ_STATUS     (1u << 27)
#define READ            (1u << 31)
#define STATUS_BUSY     1u

#define SECTOR_BYTES    0x1000u
#define PAGE_BYTES      256u

IN_IRAM static void run(uint32_t command)
{
    COMMAND = command;
    while (COMMAND != 0) {
    }
}

IN_IRAM static void begin(void)
{
    cpu_lock_interrupts();
    CACHE_CONTROL &= ~CACHE_ENABLED;
    USER1 = (USER1 & ~ADDRESS_FIELD) | ADDRESS_24_BITS;
}

/* What is mapped may have changed. */
IN_IRAM static void end(void)
{
    CACHE_CONTROL |= CACHE_FLUSH;
    while (!(CACHE_CONTROL & CACHE_FLUSH_DONE)) {
    }
    CACHE_CONTROL &= ~CACHE_FLUSH;
    CACHE_CONTROL |= CACHE_ENABLED;
}

IN_IRAM static void wait_until_ready(void)
{
    do {
        run(READ_STATUS);
    } while (STATUS & STATUS_BUSY);
}

IN_IRAM static void read_words(uint32_t offset, uint32_t *to, uint32_t count)
{
    begin();
    while (count > 0) {
        uint32_t part = count < WORDS ? count : WORDS;
        ADDRESS = offset;
        MISO_LENGTH = 32 * part - 1;
        run(READ);
        for (uint32_t i = 0; i < part; i++) {
            to[i] = WORD(i);
        }
        offset += 4 * part;
        to += part;
        count -= part;
    }
    end();
}

IN_IRAM static void erase(uint32_t offset)
{
    begin();
    run(WRITE_ENABLE);
    ADDRESS = offset;
    run(SECTOR_ERASE);
    wait_until_ready();
    end();
}

/* Within one page of the chip. */
IN_IRAM static void program(uint32_t offset, const uint32_t *words, uint32_t count)
{
    begin();
    while (count > 0) {
        uint32_t part = count < WORDS ? count : WORDS;
        run(WRITE_ENABLE);
        ADDRESS = 4 * part << 24 | offset;
        for (uint32_t i = 0; i < part; i++) {
            WORD(i) = words[i];
        }
        run(PAGE_PROGRAM);
        wait_until_ready();
        offset += 4 * part;
        words += part;
        count -= part;
    }
    end();
}

void flash_read(uint32_t offset, void *to, size_t count)
{
    read_words(offset, to, count / 4);
    cpu_unlock_interrupts();
}

void flash_erase_sector(uint32_t offset)
{
    erase(offset);
    cpu_unlock_interrupts();
}

void flash_program_word(uint32_t offset, uint32_t word)
{
    program(offset, &word, 1);
    cpu_unlock_interrupts();
}

/* A page at a time: what flushing the cache costs is paid for each. */
void flash_program(uint32_t offset, const uint8_t *bytes, size_t count)
{
    while (count > 0) {
        uint32_t page[PAGE_BYTES / 4];
        size_t part = PAGE_BYTES - offset % PAGE_BYTES;
        if (part > count) {
            part = count;
        }
        page[(part - 1) / 4] = UINT32_MAX;
        memcpy(page, bytes, part);
        program(offset, page, (uint32_t)(part + 3) / 4);
        cpu_unlock_interrupts();
        offset += (uint32_t)part;
        bytes += part;
        count -= part;
    }
}

uint32_t flash_sector_bytes(void)
{
    return SECTOR_BYTES;
}
