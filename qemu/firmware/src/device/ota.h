/* The config check at boot: asks the OTA server where the gateway is. */
#pragma once

/* Tries up to ten times, as the firmware does, and goes on with what is stored when all fail. */
void ota_check(void);

/* What an earlier check was told, over the settings of this boot. */
void ota_recall(void);
