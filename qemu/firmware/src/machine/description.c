/* What the firmware says of itself to whoever has its file. */
#include <stdint.h>

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
    .version = "1.0.0",
    .project_name = "fieldloop-firmware",
    .time = "",
    .date = "",
    .idf_version = "none",
};
