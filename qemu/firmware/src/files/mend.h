/* What a check of the file system does. */
#pragma once

/* Gives up what a power cut left half written, and makes the tables say what the folders say. All files have one cluster. */
void volume_mend(void);
