// What the disk takes for a flush: appends of 4 KiB, each followed by fdatasync.
// usage: fdatasync_probe FILE SECONDS
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "histogram.h"

int main(int argc, char **argv) {
    if (argc != 3) die("usage: fdatasync_probe FILE SECONDS");
    int fd = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0) die("can't open %s", argv[1]);
    char page[4096];
    memset(page, 7, sizeof page);
    histogram *h = histogram_new();
    uint64_t end = now_ns() + (uint64_t)(atof(argv[2]) * 1e9);
    while (now_ns() < end) {
        uint64_t from = now_ns();
        if (write(fd, page, sizeof page) != sizeof page || fdatasync(fd)) die("can't write %s", argv[1]);
        histogram_record(h, now_ns() - from);
    }
    close(fd);
    unlink(argv[1]);
    printf("{\"latency\":");
    histogram_print(h, stdout);
    printf("}\n");
    return 0;
}
