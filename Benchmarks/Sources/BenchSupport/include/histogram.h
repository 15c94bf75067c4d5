// A histogram of times in nanoseconds with a relative error below 0.1 %, whatever their size (the layout of HdrHistogram:
// buckets that double, each of 1024 equal slots). Recording costs a few instructions and never allocates.
#pragma once
#include <stdint.h>
#include <stdio.h>

/// Slots of a bucket; half of the first one's.
#define HISTOGRAM_HALF 1024
/// Times above 2^42 ns (73 minutes) are counted as that.
#define HISTOGRAM_BITS 42
#define HISTOGRAM_SLOTS ((HISTOGRAM_BITS - 9) * HISTOGRAM_HALF)

typedef struct {
    uint64_t counts[HISTOGRAM_SLOTS];
    uint64_t total, max, sum;
} histogram;

histogram *histogram_new(void);
void histogram_record(histogram *h, uint64_t ns);
/// Records a time, and the times that a caller would have seen who had asked at each `interval` while it lasted: a closed loop
/// asks less while the other side is slow, and hides that (coordinated omission).
void histogram_record_corrected(histogram *h, uint64_t ns, uint64_t interval);
/// The time that a share of all times is at most, e.g. 0.99.
uint64_t histogram_at(const histogram *h, double share);
/// The time that a slot stands for.
uint64_t histogram_slot_time(unsigned slot);
/// Writes {"count","mean_us","p50_us","p90_us","p99_us","p999_us","max_us"} as JSON.
void histogram_print(const histogram *h, FILE *out);
