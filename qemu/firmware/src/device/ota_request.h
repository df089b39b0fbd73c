/* What a device says about itself to its OTA server. */
#pragma once

/* Headers of every request, in lines that end in CR LF; valid until the next call. */
const char *ota_request_headers(void);

/* Body of the check (xiaozhi-esp32, main/boards/common/board.cc); valid until the next call. */
const char *ota_request_system_info(void);

/* What it proves itself with: the HMAC over its challenge; {} for a board without a serial number. Valid until the next call. */
const char *ota_request_proof(const char *challenge);
