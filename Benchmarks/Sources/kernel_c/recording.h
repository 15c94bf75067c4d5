// A recording of the kernel's statements.
#pragma once
#include "store.h"

/// Reads a recording into a store; `setting` is called with each of its settings, in order.
void recording_read(store *s, const char *path, void (*setting)(store *, const char *));
