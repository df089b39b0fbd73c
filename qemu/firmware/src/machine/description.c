#include "machine/description.h"

#include <stdint.h>

#ifdef FIRMWARE_NEXT
#define VERSION "1.1.0"
#else
#define VERSION "1.0.0"
#endif

/* esp_app_desc_t. */
struct app_description {
    uint32_t magic;
    uint32_t secure_version;
    uint32_t reserved1[2];
    char version[32];
    char project_name[32];
    char time[16];
    char date[16];
    char idf_version[32];
    uint8_t elf_sha256[32];
    uint32_t reserved2[20];
};

__attribute__((section(".appdesc"), used)) static const struct app_description app_description = {
    .magic = 0xabcd5432,
    .version = VERSION,
    .project_name = "fieldloop-firmware",
    .time = "",
    .date = "",
    .idf_version = "none",
};

const char *description_version(void)
{
    return app_description.version; /* which may have been written into the linked file */
}
