// Subscribers, each a process of its own, and what reaches them.
//
//   fanout publish ENDPOINT SUBSCRIBERS SECONDS BODY_BYTES   publishes frames of an event's shape itself: the limit
//   fanout listen  ENDPOINT SUBSCRIBERS SECONDS              counts what somebody else publishes
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include "clock.h"

enum { SUBSCRIBERS = 64 };

typedef struct {
    uint64_t events, first, last;
} result;

// Counts events from the first one on, for so long, or until the publisher says that it is over.
static result listen_to(const char *endpoint, uint64_t nanoseconds) {
    void *context = zmq_ctx_new(), *s = zmq_socket(context, ZMQ_SUB);
    int none = 0, patience = 5000;
    zmq_setsockopt(s, ZMQ_RCVHWM, &none, sizeof none);
    zmq_setsockopt(s, ZMQ_RCVTIMEO, &patience, sizeof patience);
    zmq_setsockopt(s, ZMQ_SUBSCRIBE, "ticket.", 7);
    zmq_setsockopt(s, ZMQ_SUBSCRIBE, "message.", 8);
    zmq_setsockopt(s, ZMQ_SUBSCRIBE, "sla.", 4);
    zmq_setsockopt(s, ZMQ_SUBSCRIBE, "end", 3);
    if (zmq_connect(s, endpoint)) die("fanout: can't connect to %s", endpoint);
    result r = {0};
    zmq_msg_t m;
    zmq_msg_init(&m);
    while (zmq_msg_recv(&m, s, 0) >= 0) {
        bool is_end = zmq_msg_size(&m) == 3;
        while (zmq_msg_more(&m)) zmq_msg_recv(&m, s, 0);
        uint64_t now = now_ns();
        if (is_end || (r.first && now - r.first >= nanoseconds)) break;
        if (!r.first) r.first = now;
        r.last = now;
        r.events++;
    }
    return r;
}

static void publish(void *bus, double seconds, size_t body_bytes, uint64_t *count) {
    char *body = calloc(1, body_bytes + 1), header[32] = {0};
    uint64_t end = now_ns() + (uint64_t)(seconds * 1e9);
    while (now_ns() < end)
        for (int i = 0; i < 64; i++, ++*count) {
            zmq_send(bus, "ticket.created/T-100000", 23, ZMQ_SNDMORE);
            zmq_send(bus, header, sizeof header, ZMQ_SNDMORE);
            zmq_send(bus, body, body_bytes, 0);
        }
    zmq_send(bus, "end", 3, ZMQ_SNDMORE);
    zmq_send(bus, header, sizeof header, 0);
}

int main(int argc, char **argv) {
    if (argc < 5) die("usage: fanout publish ENDPOINT SUBSCRIBERS SECONDS BODY_BYTES | fanout listen ENDPOINT SUBSCRIBERS SECONDS");
    bool publishes = !strcmp(argv[1], "publish") && argc == 6;
    int subscribers = atoi(argv[3]), pipes[2];
    double seconds = atof(argv[4]);
    if (subscribers < 1 || subscribers > SUBSCRIBERS || pipe(pipes)) die("fanout: at most %d subscribers", SUBSCRIBERS);
    for (int i = 0; i < subscribers; i++)
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            result r = listen_to(argv[2], publishes ? UINT64_MAX : (uint64_t)(seconds * 1e9));
            _exit(write(pipes[1], &r, sizeof r) != sizeof r);
        }
    uint64_t published = 0;
    if (publishes) {
        void *context = zmq_ctx_new(), *bus = zmq_socket(context, ZMQ_XPUB);
        // A subscriber that can't follow is waited for: what is measured is what arrives.
        int queue = 20000, all = 1;
        zmq_setsockopt(bus, ZMQ_SNDHWM, &queue, sizeof queue);
        zmq_setsockopt(bus, ZMQ_XPUB_VERBOSE, &all, sizeof all);
        zmq_setsockopt(bus, ZMQ_XPUB_NODROP, &all, sizeof all);
        if (zmq_bind(bus, argv[2])) die("fanout: can't bind %s", argv[2]);
        for (int i = 0; i < subscribers * 4; i++) {
            char subscription[64];
            zmq_recv(bus, subscription, sizeof subscription, 0);
        }
        publish(bus, seconds, (size_t)atol(argv[5]), &published);
    } else {
        printf("ready\n");
        fflush(stdout);
    }
    uint64_t events = 0, first = UINT64_MAX, last = 0;
    for (int i = 0; i < subscribers; i++) {
        result r;
        if (read(pipes[0], &r, sizeof r) != sizeof r) die("fanout: a subscriber ended early");
        events += r.events;
        if (r.first && r.first < first) first = r.first;
        if (r.last > last) last = r.last;
    }
    double elapsed = last > first ? (double)(last - first) / 1e9 : 0;
    printf("{\"subscribers\":%d,\"published\":%llu,\"delivered\":%llu,\"rate\":%.1f}\n", subscribers, (unsigned long long)published,
        (unsigned long long)events, elapsed > 0 ? (double)events / elapsed : 0);
    while (wait(NULL) > 0) {}
    return 0;
}
