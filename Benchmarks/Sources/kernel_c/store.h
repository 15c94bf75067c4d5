// A desk's database, written with the statements of a recording: what the kernel asks of SQLite for a ticket.create, no more
// and no less, in plain C.
#pragma once
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/// Bytes that live as long as whatever they were cut from.
typedef struct {
    const char *start;
    size_t size;
} text;

/// What the writer varies from one command to the next; everything else is bound as it was recorded.
typedef enum {
    RECORDED, TICKET, MESSAGE, EVENT, REQUESTER, GROUP, NOW_MS, NOW_US, SUBJECT, TEXT, KEY, TICKET_PATH, ROLES
} role;

typedef struct {
    char kind; // n, i, d, t, b
    int64_t number;
    double real;
    text bytes;
    role role;
    int64_t offset;
} value;

typedef struct {
    char *sql;
    int rows, count;
    value *values;
    sqlite3_stmt *prepared;
} statement;

typedef struct {
    statement *items;
    int count;
} sequence;

/// An event as it leaves on the bus.
typedef struct {
    text type, body;
} event;

typedef struct {
    sqlite3 *db;
    /// What runs at the begin of a transaction, for each command, and at the end.
    sequence begin, command, end;
    /// The members of the answer, and the events, as the kernel made them.
    text answer;
    event *events;
    int event_count;
    int64_t ticket, message, seq;
} store;

/// A ticket.create as it was asked.
typedef struct {
    text subject, text, key;
    int64_t requester, group;
} create;

/// Opens a desk's database with the settings of a recording, and prepares its statements. Ends the program where that fails.
void store_open(store *s, const char *database, const char *recording);
void store_begin(store *s);
/// Returns the number of the new ticket; its events have the numbers up to `s->seq`.
int64_t store_create(store *s, const create *c);
void store_end(store *s);
void store_close(store *s);
