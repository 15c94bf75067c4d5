// Time and fatal errors, the same in all programs of the benchmark.
#pragma once
#include <stdint.h>

/// Nanoseconds of the monotonic clock.
uint64_t now_ns(void);
/// Microseconds since 1970, UTC.
int64_t wall_us(void);
/// Seconds of processor time that this process has used.
double cpu_seconds(void);
/// Prints a message as printf does, and ends with exit code 2.
__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);
