/* What differs between the boards. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REGISTER32(address) (*(volatile uint32_t *)(address))
#define REGISTER16(address) (*(volatile uint16_t *)(address))

extern const char board_name[];

/* Registers of the OpenCores MAC; its descriptors follow at +0x400. */
extern const uint32_t board_ethernet_base;

void board_start(const void *boot_parameters);
_Noreturn void board_reset(void);

/* The text of key=value settings given to this boot, or NULL. */
const char *board_settings_text(void);

/* Whether settings are in an NVS partition in flash. */
bool board_nvs_is_there(void);

void board_uart_write(char byte);

/* The next byte received, or -1. */
int board_uart_read(void);

/* False: the board has no source of entropy, and fills nothing. */
bool board_entropy(uint8_t *bytes, size_t count);

/* False: the board has no address of its own. */
bool board_mac(uint8_t mac[6]);

void board_watchdog_start(uint32_t seconds);
void board_watchdog_feed(void);
bool board_watchdog_has_bitten(void);
