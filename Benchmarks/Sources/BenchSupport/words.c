#include "words.h"

#include <string.h>

enum { VOCABULARY = 8000 };

static uint64_t state = 88172645463325252ull;
static char texts[TEXTS][TEXT_BYTES];

uint64_t random_next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

void random_seed(uint64_t seed) { state = 88172645463325252ull ^ (seed * 0x9e3779b97f4a7c15ull); }

// A few words are common and most are rare, as in real text: the share of a word falls with the cube root of its rank.
void words_begin(void) {
    static char vocabulary[VOCABULARY][12];
    static int lengths[VOCABULARY];
    for (int i = 0; i < VOCABULARY; i++) {
        int n = 2 + (i > 40) + (i > 300) * 2 + (int)(random_next() % 5);
        for (int j = 0; j < n; j++) vocabulary[i][j] = (char)('a' + random_next() % 26);
        lengths[i] = n;
    }
    for (int t = 0; t < TEXTS; t++) {
        int n = 0;
        while (n < TEXT_BYTES - 12) {
            double u = (double)(random_next() >> 11) / 9007199254740992.0;
            int word = (int)(VOCABULARY * u * u * u);
            memcpy(texts[t] + n, vocabulary[word], (size_t)lengths[word]);
            n += lengths[word];
            texts[t][n++] = ' ';
        }
        while (n < TEXT_BYTES) texts[t][n++] = 'x';
    }
}

const char *words_text(uint64_t number) { return texts[number % TEXTS]; }
