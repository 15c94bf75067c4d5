// A consumer that reads as fast as it can.
#pragma once
#include "histogram.h"

typedef struct {
    unsigned long long events, fetches;
    double seconds;
} fetch_result;

/// Fetches and acknowledges in one call, `most` events at a time, until the end of the log, or for so long. `socket` is a DEALER.
fetch_result fetch_all(void *socket, const char *consumer, int most, double seconds, histogram *times);
