#include "histogram.h"

#include <stdlib.h>

#include "clock.h"

histogram *histogram_new(void) {
    histogram *h = calloc(1, sizeof *h);
    if (!h) die("no memory for a histogram");
    return h;
}

static unsigned slot_of(uint64_t ns) {
    if (ns < 2 * HISTOGRAM_HALF) return (unsigned)ns;
    unsigned shift = 63u - (unsigned)__builtin_clzll(ns) - 10u;
    return shift * HISTOGRAM_HALF + (unsigned)(ns >> shift);
}

uint64_t histogram_slot_time(unsigned slot) {
    if (slot < 2 * HISTOGRAM_HALF) return slot;
    unsigned shift = slot / HISTOGRAM_HALF - 1;
    uint64_t low = (uint64_t)(slot - shift * HISTOGRAM_HALF) << shift;
    return low + ((1ull << shift) >> 1);
}

void histogram_record(histogram *h, uint64_t ns) {
    if (ns >= 1ull << HISTOGRAM_BITS) ns = (1ull << HISTOGRAM_BITS) - 1;
    h->counts[slot_of(ns)]++;
    h->total++;
    h->sum += ns;
    if (ns > h->max) h->max = ns;
}

void histogram_record_corrected(histogram *h, uint64_t ns, uint64_t interval) {
    histogram_record(h, ns);
    if (!interval) return;
    while (ns > 2 * interval) {
        ns -= interval;
        histogram_record(h, ns);
    }
}

uint64_t histogram_at(const histogram *h, double share) {
    uint64_t wanted = (uint64_t)(share * (double)h->total + 0.5), seen = 0;
    if (wanted == 0) wanted = 1;
    for (unsigned slot = 0; slot < HISTOGRAM_SLOTS; slot++) {
        seen += h->counts[slot];
        if (seen >= wanted) return histogram_slot_time(slot);
    }
    return h->max;
}

void histogram_print(const histogram *h, FILE *out) {
    double mean = h->total ? (double)h->sum / (double)h->total : 0;
    fprintf(out, "{\"count\":%llu,\"mean_us\":%.1f", (unsigned long long)h->total, mean / 1e3);
    static const struct { const char *name; double share; } marks[] = {
        {"p50_us", 0.5}, {"p90_us", 0.9}, {"p99_us", 0.99}, {"p999_us", 0.999}};
    for (unsigned i = 0; i < sizeof marks / sizeof *marks; i++)
        fprintf(out, ",\"%s\":%.1f", marks[i].name, h->total ? (double)histogram_at(h, marks[i].share) / 1e3 : 0);
    fprintf(out, ",\"max_us\":%.1f}", (double)h->max / 1e3);
}
