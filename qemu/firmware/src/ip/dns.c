#include "ip/dns.h"

#include "lwip/dns.h"
#include "machine/loop.h"

enum answer { AWAITED, FOUND, UNKNOWN };

struct query {
    enum answer answer;
    ip_addr_t address;
};

/* lwIP answers late, perhaps after nobody waits any more: the query in progress is therefore not on the stack. */
static struct query *current;

static void on_found(const char *name, const ip_addr_t *address, void *argument)
{
    (void)name;
    struct query *query = argument;
    if (query != current) {
        return;
    }
    query->answer = address == NULL ? UNKNOWN : FOUND;
    if (address != NULL) {
        query->address = *address;
    }
}

void dns_use(const char *address)
{
    ip_addr_t server;
    if (ipaddr_aton(address, &server)) {
        dns_setserver(0, &server);
    }
}

bool dns_resolve(const char *host, ip_addr_t *address)
{
    static struct query queries[2];
    current = current == &queries[0] ? &queries[1] : &queries[0];
    current->answer = AWAITED;
    err_t begun = dns_gethostbyname(host, address, on_found, current);
    if (begun != ERR_INPROGRESS) {
        return begun == ERR_OK;
    }
    while (current->answer == AWAITED && !loop_is_cancelled()) {
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
    *address = current->address;
    return current->answer == FOUND;
}
