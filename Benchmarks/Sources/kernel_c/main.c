// The limit: a kernel that does nothing but what SQLite and ZeroMQ must do for a ticket.create, in plain C.
//
//   kernel_c store DATABASE RECORDING BATCH SECONDS        no sockets: transactions of BATCH commands, as fast as it goes
//   kernel_c serve DATABASE RECORDING RPC EVENTS           the whole path on one thread; ends with SIGTERM
//
// The statements, their order, what is bound, and the settings are read from a recording of the kernel that it is compared with.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "histogram.h"
#include "serve.h"
#include "store.h"
#include "words.h"

static int run_store(const char *database, const char *recording, int batch, double seconds) {
    store s;
    store_open(&s, database, recording);
    words_begin();
    histogram *transactions = histogram_new();
    double used = cpu_seconds();
    uint64_t begin = now_ns(), end = begin + (uint64_t)(seconds * 1e9), commands = 0;
    while (now_ns() < end) {
        uint64_t from = now_ns();
        store_begin(&s);
        for (int i = 0; i < batch; i++, commands++) {
            char key[40];
            uint64_t r = random_next();
            int size = snprintf(key, sizeof key, "limit-%016llx", (unsigned long long)commands);
            create c = {
                .subject = {"Printer on floor 7 will not print anything", 42}, .text = {words_text(r), TEXT_BYTES},
                .key = {key, (size_t)size}, .requester = 51 + (int64_t)((r >> 20) % 950), .group = 1 + (int64_t)((r >> 40) % 20)};
            store_create(&s, &c);
        }
        store_end(&s);
        histogram_record(transactions, now_ns() - from);
    }
    double elapsed = (double)(now_ns() - begin) / 1e9;
    printf("{\"rate\":%.1f,\"batch\":%d,\"commands\":%llu,\"cpu_us\":%.2f,\"transaction\":", (double)commands / elapsed, batch,
        (unsigned long long)commands, (cpu_seconds() - used) * 1e6 / (double)commands);
    histogram_print(transactions, stdout);
    printf("}\n");
    store_close(&s);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 6 && !strcmp(argv[1], "store")) return run_store(argv[2], argv[3], atoi(argv[4]), atof(argv[5]));
    if (argc == 6 && !strcmp(argv[1], "serve")) return serve(argv[2], argv[3], argv[4], argv[5]);
    die("usage: kernel_c store DATABASE RECORDING BATCH SECONDS | kernel_c serve DATABASE RECORDING RPC EVENTS");
}
