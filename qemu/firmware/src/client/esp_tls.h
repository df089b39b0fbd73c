/* What ESP-IDF's esp-tls puts on the console of a connection that did not come about, and its errors. */
#pragma once

#include "client/fault.h"

/* The lines; the error that whoever asked for the connection gets. */
int esp_tls_log(const struct fault *fault);

const char *esp_tls_error_name(int error);
