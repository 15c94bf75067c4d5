// The requests that the load is made of, written straight into a buffer.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum method { CREATE, REPLY, STATUS, ASSIGN, GET, LIST, READ, PING, METHODS };

typedef struct {
    enum method method;
    int users, groups, agents;
    /// The group of every new ticket; 0 takes any of 1 to `groups`.
    int group;
    /// Tickets that are there already: 1 to `tickets`.
    int64_t tickets;
    /// Tells the idempotency keys of this run from those of other runs; empty sends none.
    const char *key;
} plan;

/// Room for the largest request.
enum { REQUEST_BYTES = 2048 };

/// The method of a name, METHODS for none.
enum method method_named(const char *name);
/// Writes the request of a number; returns its size.
size_t request_write(char *out, const plan *p, uint64_t number);
