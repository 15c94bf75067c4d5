// What a broker that users know takes for the same promise: XADD to Redis with `appendfsync always`, on connections of their own,
// each with one message under way.
// usage: redis_xadd UNIX_SOCKET CONNECTIONS SECONDS MESSAGE_BYTES
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "clock.h"
#include "histogram.h"

enum { CONNECTIONS = 64 };

static int open_connection(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) die("redis_xadd: the path %s is too long", path);
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) die("redis_xadd: can't connect to %s", path);
    return fd;
}

int main(int argc, char **argv) {
    if (argc != 5) die("usage: redis_xadd UNIX_SOCKET CONNECTIONS SECONDS MESSAGE_BYTES");
    int connections = atoi(argv[2]), bytes = atoi(argv[4]);
    if (connections < 1 || connections > CONNECTIONS || bytes < 1) die("redis_xadd: at most %d connections", CONNECTIONS);
    char *message = malloc((size_t)bytes + 256);
    int size = sprintf(message, "*8\r\n$4\r\nXADD\r\n$5\r\nbench\r\n$6\r\nMAXLEN\r\n$1\r\n~\r\n$7\r\n1000000\r\n$1\r\n*\r\n$1\r\nb\r\n$%d\r\n", bytes);
    memset(message + size, 'x', (size_t)bytes);
    memcpy(message + size + bytes, "\r\n", 2);
    size += bytes + 2;
    struct pollfd waiting[CONNECTIONS];
    uint64_t from[CONNECTIONS], counted = 0;
    histogram *times = histogram_new();
    uint64_t counting_from = now_ns() + 200000000ull, end = counting_from + (uint64_t)(atof(argv[3]) * 1e9);
    for (int i = 0; i < connections; i++) {
        waiting[i] = (struct pollfd){.fd = open_connection(argv[1]), .events = POLLIN};
        from[i] = now_ns();
        if (write(waiting[i].fd, message, (size_t)size) != size) die("redis_xadd: can't write");
    }
    while (now_ns() < end) {
        if (poll(waiting, (nfds_t)connections, 1000) <= 0) die("redis_xadd: no answer within a second");
        for (int i = 0; i < connections; i++) {
            if (!waiting[i].revents) continue;
            // The id of the new entry is shorter than what one read brings.
            char answer[256];
            ssize_t got = read(waiting[i].fd, answer, sizeof answer - 1);
            if (got <= 0 || *answer != '$') die("redis_xadd: %.*s", (int)(got > 0 ? got : 0), answer);
            uint64_t now = now_ns();
            if (now >= counting_from && now < end) {
                histogram_record(times, now - from[i]);
                counted++;
            }
            from[i] = now;
            if (write(waiting[i].fd, message, (size_t)size) != size) die("redis_xadd: can't write");
        }
    }
    printf("{\"rate\":%.1f,\"latency\":", (double)counted / atof(argv[3]));
    histogram_print(times, stdout);
    printf("}\n");
    return 0;
}
