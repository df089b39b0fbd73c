/* What the firmware says of itself to whoever has its file, and to itself. */
#pragma once

const char *description_version(void);
