/* The settings as a file, in one of the ways firmware has of writing one anew. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define SETTINGS_FILE_BYTES_MAX 1024

/* As the setting "settings-file" has it; false where settings are kept in the store. */
bool settings_file_open(void);

/* The newest text that is whole; false where there is none. */
bool settings_file_read(char to[SETTINGS_FILE_BYTES_MAX]);

/* False where there is no room for it. */
bool settings_file_write(const char *text);
