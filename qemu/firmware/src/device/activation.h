/* Asks whether the device is bound by now, ten times at most. */
#pragma once

/* challenge is NULL where the server sent none: then it fails without a request. The check follows again, whatever came of it. */
void activation_run(const char *challenge);
