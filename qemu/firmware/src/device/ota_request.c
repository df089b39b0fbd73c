#include "device/ota_request.h"

#include <stdio.h>
#include <string.h>

#include "device/slots.h"
#include "machine/board.h"
#include "machine/heap.h"
#include "mbedtls/md.h"
#include "net/network.h"
#include "settings/settings.h"

#define DIGEST_BYTES 32

const char *ota_request_headers(void)
{
    static char headers[512];
    char serial[64] = "";
    bool has_serial = settings.serial_number[0] != '\0';
    if (has_serial) {
        snprintf(serial, sizeof serial, "Serial-Number: %s\r\n", settings.serial_number);
    }
    snprintf(headers, sizeof headers,
             "Accept-Language: en-US\r\nActivation-Version: %d\r\nClient-Id: %s\r\nContent-Type: application/json\r\n"
             "Device-Id: %s\r\n%sUser-Agent: %s/%s\r\n",
             has_serial ? 2 : 1, settings.client_id, settings.device_id, serial, settings.board, slots_version());
    return headers;
}

const char *ota_request_system_info(void)
{
    static char body[1280];
    snprintf(body, sizeof body,
             "{\"version\":2,\"language\":\"en-US\",\"flash_size\":4194304,\"minimum_free_heap_size\":\"%u\","
             "\"mac_address\":\"%s\",\"uuid\":\"%s\",\"chip_model_name\":\"%s\","
             "\"chip_info\":{\"model\":1,\"cores\":1,\"revision\":0,\"features\":0},"
             "\"application\":{\"name\":\"fieldloop\",\"version\":\"%s\"},\"partition_table\": [],"
             "\"ota\":{\"label\":\"%s\"},\"display\":{\"monochrome\":false,\"width\":0,\"height\":0},"
             "\"board\":{\"type\":\"%s\",\"name\":\"%s\",\"ip\":\"%s\",\"mac\":\"%s\"}}",
             (unsigned)heap_low_bytes(), settings.device_id, settings.client_id, board_name, slots_version(),
             slots_running(), settings.board, settings.board, network_address(), settings.device_id);
    return body;
}

const char *ota_request_proof(const char *challenge)
{
    static char proof[400];
    uint8_t digest[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];
    if (settings.serial_number[0] == '\0') {
        return "{}";
    }
    mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), settings.hmac_key, sizeof settings.hmac_key,
                    (const uint8_t *)challenge, strlen(challenge), digest);
    for (int i = 0; i < DIGEST_BYTES; i++) {
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    }
    snprintf(proof, sizeof proof,
             "{\"algorithm\":\"hmac-sha256\",\"serial_number\":\"%s\",\"challenge\":\"%s\",\"hmac\":\"%s\"}",
             settings.serial_number, challenge, hex);
    return proof;
}
