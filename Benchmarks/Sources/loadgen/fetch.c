#include "fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "clock.h"

enum { ANSWER_BYTES = 4 << 20 };

// The digits or the text after a name; the last of that name, for events come before what the answer says of itself.
static const char *last_member(const char *text, size_t size, const char *name) {
    size_t length = strlen(name);
    for (const char *at = text + size - length; at >= text; at--)
        if (!memcmp(at, name, length)) return at + length;
    die("loadgen: an answer has no %s: %.300s", name, text);
}

fetch_result fetch_all(void *socket, const char *consumer, int most, double seconds, histogram *times) {
    char *answer = malloc(ANSWER_BYTES + 1), lease[160] = "";
    fetch_result r = {0};
    long long acked = 0;
    uint64_t begin = now_ns(), end = begin + (uint64_t)(seconds * 1e9);
    for (;;) {
        char request[512];
        int size = snprintf(request, sizeof request,
            "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":\"consumer.fetch\",\"params\":{\"name\":\"%s\",\"max\":%d", r.fetches, consumer, most);
        if (*lease)
            size += snprintf(request + size, sizeof request - (size_t)size, ",\"lease_token\":\"%s\",\"ack_seq\":%lld", lease, acked);
        size += snprintf(request + size, sizeof request - (size_t)size, "}}");
        uint64_t from = now_ns();
        zmq_send(socket, "", 0, ZMQ_SNDMORE);
        zmq_send(socket, request, (size_t)size, 0);
        zmq_recv(socket, answer, 1, 0);
        int got = zmq_recv(socket, answer, ANSWER_BYTES, 0);
        if (got < 0 || got > ANSWER_BYTES) die("loadgen: no answer to a fetch");
        answer[got] = 0;
        uint64_t now = now_ns();
        r.fetches++;
        if (!strstr(answer, "\"lease_token\":\"")) die("loadgen: %.300s", answer);
        sscanf(strstr(answer, "\"lease_token\":\"") + 15, "%159[^\"]", lease);
        long long next = atoll(last_member(answer, (size_t)got, "\"next_after_seq\":"));
        long long head = atoll(last_member(answer, (size_t)got, "\"head_seq\":"));
        histogram_record(times, now - from);
        // The first fetch finds out where the consumer stands.
        if (r.fetches > 1 || acked == 0) r.events += (unsigned long long)(next - acked);
        acked = next;
        if (next >= head || now >= end) break;
    }
    r.seconds = (double)(now_ns() - begin) / 1e9;
    free(answer);
    return r;
}
