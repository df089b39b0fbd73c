/* Reads one JSON text of LENGTH bytes after each line "LENGTH\n" and says what the firmware would find under the names it
 * asks for: a line "name=s:hex" for a string, "name=i:number" for a number, "name=o" or "name=-", separated by blanks. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(const cJSON *object, const char *name) {
    const cJSON *item = cJSON_GetObjectItem(object, name);
    printf("%s=", name);
    if (cJSON_IsString(item)) {
        printf("s:");
        for (const char *at = item->valuestring; *at; at++) printf("%02x", (unsigned char) *at);
    } else if (cJSON_IsNumber(item)) {
        printf("i:%d", item->valueint);
    } else {
        printf(item == NULL ? "-" : "o");
    }
}

int main(void) {
    size_t length;
    while (scanf("%zu", &length) == 1) {
        char *text = malloc(length + 1);
        getchar();
        if (fread(text, 1, length, stdin) != length) return 1;
        cJSON *root = cJSON_ParseWithLength(text, length);
        tell(root, "type");
        printf(" ");
        tell(root, "n");
        printf("\n");
        cJSON_Delete(root);
        free(text);
    }
    return 0;
}
