/* The console: lines as ESP_LOGx prints them, level (milliseconds) tag: message. */
#pragma once

void log_line(char level, const char *tag, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Text that is no log line, as a panic's. */
void log_raw(const char *format, ...) __attribute__((format(printf, 1, 2)));

#define LOGE(tag, ...) log_line('E', tag, __VA_ARGS__)
#define LOGW(tag, ...) log_line('W', tag, __VA_ARGS__)
#define LOGI(tag, ...) log_line('I', tag, __VA_ARGS__)
#define LOGD(tag, ...) log_line('D', tag, __VA_ARGS__)
