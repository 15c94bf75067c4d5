#include "requests.h"

#include <stdio.h>
#include <string.h>

#include "words.h"

static const char *names[METHODS] = {
    "ticket.create", "ticket.reply", "ticket.set_status", "ticket.assign", "ticket.get", "ticket.list", "events.read", "ping"};

enum method method_named(const char *name) {
    int i = 0;
    while (i < METHODS && strcmp(name, names[i])) i++;
    return i;
}

static const char *const priorities[] = {"low", "normal", "high", "urgent"};

// Each ticket in turn, and once more from the first.
static long ticket_of(const plan *p, uint64_t number) { return 1 + (long)(number % (uint64_t)p->tickets); }

static int params(char *out, size_t room, const plan *p, uint64_t n, uint64_t r) {
    switch (p->method) {
    case CREATE:
        return snprintf(out, room,
            "\"subject\":\"Printer on floor %d will not print anything\",\"text\":\"%.*s\",\"requester\":\"U-%d\","
            "\"group\":\"G-%d\",\"priority\":\"%s\",\"channel\":\"email\"",
            (int)(r % 9), TEXT_BYTES, words_text(r >> 8), p->agents + 1 + (int)((r >> 20) % (uint64_t)(p->users - p->agents)),
            p->group ? p->group : 1 + (int)((r >> 40) % (uint64_t)p->groups), priorities[(r >> 56) & 3]);
    case REPLY:
        return snprintf(out, room, "\"ticket\":\"T-%ld\",\"text\":\"%.*s\"", ticket_of(p, n), TEXT_BYTES, words_text(r >> 8));
    case STATUS: {
        uint64_t pass = n / (uint64_t)p->tickets;
        return snprintf(out, room, "\"ticket\":\"T-%ld\",\"status\":\"%s\"", ticket_of(p, n), pass % 2 ? "open" : "pending");
    }
    case ASSIGN: {
        uint64_t pass = n / (uint64_t)p->tickets;
        return snprintf(out, room, "\"ticket\":\"T-%ld\",\"group\":\"G-%d\",\"assignee\":\"U-%d\"", ticket_of(p, n),
            1 + (int)((n + pass) % (uint64_t)p->groups), 1 + (int)((n + pass) % (uint64_t)p->agents));
    }
    case GET: return snprintf(out, room, "\"ticket\":\"T-%ld\"", 1 + (long)(r % (uint64_t)p->tickets));
    case LIST:
        return snprintf(out, room, "\"group\":\"G-%d\",\"unsolved\":true,\"sort\":\"due_at\",\"limit\":50",
            1 + (int)(r % (uint64_t)p->groups));
    case READ: return snprintf(out, room, "\"after_seq\":%ld,\"limit\":100", (long)(r % (uint64_t)p->tickets));
    default: return 0;
    }
}

size_t request_write(char *out, const plan *p, uint64_t number) {
    uint64_t r = random_next();
    int size = snprintf(out, REQUEST_BYTES, "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":\"%s\",\"params\":{",
        (unsigned long long)number, names[p->method]);
    int members = params(out + size, (size_t)(REQUEST_BYTES - size), p, number, r);
    size += members;
    if (p->method < GET && *p->key)
        size += snprintf(out + size, (size_t)(REQUEST_BYTES - size), "%s\"_meta\":{\"idempotency_key\":\"%s-%016llx\"}",
            members ? "," : "", p->key, (unsigned long long)number);
    size += snprintf(out + size, (size_t)(REQUEST_BYTES - size), "}}");
    return (size_t)size;
}
