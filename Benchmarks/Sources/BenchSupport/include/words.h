// Text of a natural shape, always the same for the same seed.
#pragma once
#include <stdint.h>

/// Texts that requests draw from.
#define TEXTS 512
/// Bytes of a text.
#define TEXT_BYTES 500

/// The next of a row of random numbers (xorshift).
uint64_t random_next(void);
/// Begins another row of random numbers.
void random_seed(uint64_t seed);
/// Makes the texts; call it once.
void words_begin(void);
/// The text of a number, TEXT_BYTES long, without a final zero.
const char *words_text(uint64_t number);
