#include "serve.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "clock.h"
#include "store.h"

enum {
    /// Commands of one transaction, as in the kernel.
    BATCH = 256,
    HEADER_BYTES = 32,
};

typedef struct {
    zmq_msg_t route, body;
    create command;
    text id;
    int64_t ticket, seq;
} waiting;

static volatile sig_atomic_t stopping;
static waiting batch[BATCH];

static void stop(int signal) {
    (void)signal;
    stopping = 1;
}

// The text of a string member, or the digits of a number; empty where there is none. Enough for requests that we wrote ourselves.
static text member(const char *start, const char *end, const char *name) {
    char *found = memmem(start, (size_t)(end - start), name, strlen(name));
    if (!found) return (text){"", 0};
    const char *from = found + strlen(name), *to = from;
    while (to < end && *to != '"' && *to != ',' && *to != '}') to += *to == '\\' ? 2 : 1;
    return (text){from, (size_t)(to - from)};
}

static text text_member(const char *start, const char *end, const char *name) {
    char *found = memmem(start, (size_t)(end - start), name, strlen(name));
    if (!found) return (text){"", 0};
    const char *from = found + strlen(name), *to = from;
    while (to < end && *to != '"') to += *to == '\\' ? 2 : 1;
    return (text){from, (size_t)(to - from)};
}

static bool take(void *rpc, waiting *w, int flags) {
    zmq_msg_init(&w->route);
    if (zmq_msg_recv(&w->route, rpc, flags) < 0) return false;
    zmq_msg_t empty;
    zmq_msg_init(&empty);
    zmq_msg_recv(&empty, rpc, 0);
    zmq_msg_close(&empty);
    zmq_msg_init(&w->body);
    zmq_msg_recv(&w->body, rpc, 0);
    const char *start = zmq_msg_data(&w->body), *end = start + zmq_msg_size(&w->body);
    w->id = member(start, end, "\"id\":");
    w->command = (create){
        .subject = text_member(start, end, "\"subject\":\""), .text = text_member(start, end, "\"text\":\""),
        .key = text_member(start, end, "\"idempotency_key\":\""),
        .requester = atoll(text_member(start, end, "\"requester\":\"U-").start),
        .group = atoll(text_member(start, end, "\"group\":\"G-").start)};
    return true;
}

static void put(unsigned char *to, uint64_t number, int size) {
    for (int i = 0; i < size; i++) to[i] = (unsigned char)(number >> (8 * (size - 1 - i)));
}

static void publish(void *bus, const store *s, const waiting *w) {
    for (int i = 0; i < s->event_count; i++) {
        char topic[64];
        int size = snprintf(topic, sizeof topic, "%.*s/T-%lld", (int)s->events[i].type.size, s->events[i].type.start, (long long)w->ticket);
        unsigned char header[HEADER_BYTES] = {0x4f, 0x50, 1};
        int64_t seq = w->seq - s->event_count + 1 + i;
        put(header + 4, 1, 4);
        put(header + 8, (uint64_t)seq, 8);
        put(header + 16, (uint64_t)(seq - 1), 8);
        put(header + 24, (uint64_t)wall_us(), 8);
        zmq_send(bus, topic, (size_t)size, ZMQ_SNDMORE);
        zmq_send(bus, header, sizeof header, ZMQ_SNDMORE);
        zmq_send(bus, s->events[i].body.start, s->events[i].body.size, 0);
    }
}

static void answer(void *rpc, const store *s, waiting *w) {
    static char out[1 << 16];
    int size = snprintf(out, sizeof out, "{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"result\":{%.*s,\"_meta\":{\"seq\":%lld}}}", (int)w->id.size,
        w->id.start, (int)s->answer.size, s->answer.start, (long long)w->seq);
    zmq_msg_send(&w->route, rpc, ZMQ_SNDMORE);
    zmq_send(rpc, "", 0, ZMQ_SNDMORE);
    zmq_send(rpc, out, (size_t)size, 0);
    zmq_msg_close(&w->body);
}

static void *bound(void *context, int kind, const char *endpoint) {
    void *s = zmq_socket(context, kind);
    // Looks up now and then: a signal that comes just before it waits would go unnoticed.
    int none = 0, soon = 100, pause = 200;
    zmq_setsockopt(s, ZMQ_RCVTIMEO, &pause, sizeof pause);
    zmq_setsockopt(s, ZMQ_SNDHWM, &none, sizeof none);
    zmq_setsockopt(s, ZMQ_RCVHWM, &none, sizeof none);
    zmq_setsockopt(s, ZMQ_LINGER, &soon, sizeof soon);
    if (zmq_bind(s, endpoint)) die("kernel_c: can't bind %s: %s", endpoint, zmq_strerror(zmq_errno()));
    return s;
}

int serve(const char *database, const char *recording, const char *rpc_endpoint, const char *events_endpoint) {
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    store s;
    store_open(&s, database, recording);
    void *context = zmq_ctx_new();
    void *rpc = bound(context, ZMQ_ROUTER, rpc_endpoint), *bus = bound(context, ZMQ_PUB, events_endpoint);
    printf("ready\n");
    fflush(stdout);
    uint64_t commands = 0, transactions = 0;
    while (!stopping) {
        int n = 0;
        while (n < BATCH && take(rpc, &batch[n], n ? ZMQ_DONTWAIT : 0)) n++;
        if (!n) continue;
        store_begin(&s);
        for (int i = 0; i < n; i++) {
            batch[i].ticket = store_create(&s, &batch[i].command);
            batch[i].seq = s.seq;
        }
        store_end(&s);
        for (int i = 0; i < n; i++) answer(rpc, &s, &batch[i]);
        for (int i = 0; i < n; i++) publish(bus, &s, &batch[i]);
        commands += (uint64_t)n;
        transactions++;
    }
    double mean = transactions ? (double)commands / (double)transactions : 0;
    printf("{\"commands\":%llu,\"transactions\":%llu,\"batch_mean\":%.2f}\n", (unsigned long long)commands, (unsigned long long)transactions, mean);
    zmq_close(rpc);
    zmq_close(bus);
    zmq_ctx_term(context);
    store_close(&s);
    return 0;
}
