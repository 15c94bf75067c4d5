#include "store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "recording.h"

static void check(store *s, int code, const char *what) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) die("kernel_c: %s: %s", what, sqlite3_errmsg(s->db));
}

static void set(store *s, const char *sql) { check(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL), sql); }

static int64_t highest(store *s, const char *sql) {
    sqlite3_stmt *look;
    check(s, sqlite3_prepare_v2(s->db, sql, -1, &look, NULL), sql);
    int64_t number = sqlite3_step(look) == SQLITE_ROW ? sqlite3_column_int64(look, 0) : 0;
    sqlite3_finalize(look);
    return number;
}

static void prepare(store *s, sequence *all) {
    for (int i = 0; i < all->count; i++) {
        statement *one = &all->items[i];
        // The kernel keeps one prepared statement of each text.
        for (int k = 0; k < i && !one->prepared; k++)
            if (!strcmp(all->items[k].sql, one->sql)) one->prepared = all->items[k].prepared;
        if (!one->prepared)
            check(s, sqlite3_prepare_v3(s->db, one->sql, -1, SQLITE_PREPARE_PERSISTENT, &one->prepared, NULL), one->sql);
    }
}

void store_open(store *s, const char *database, const char *recording) {
    memset(s, 0, sizeof *s);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(database, &s->db, flags, NULL) != SQLITE_OK) die("kernel_c: can't open %s", database);
    recording_read(s, recording, set);
    if (highest(s, "PRAGMA synchronous") != 2) die("kernel_c: the recording does not set synchronous = FULL");
    s->ticket = highest(s, "SELECT max(id) FROM ticket");
    s->message = highest(s, "SELECT max(id) FROM message");
    s->seq = highest(s, "SELECT max(seq) FROM event");
    prepare(s, &s->begin);
    prepare(s, &s->command);
    prepare(s, &s->end);
}

// What a role stands for, bound. `path` is room for the path of the ticket.
static int bind_role(store *s, sqlite3_stmt *to, int index, const value *v, const create *c, char *path) {
    switch (v->role) {
    case TICKET: return sqlite3_bind_int64(to, index, s->ticket);
    case MESSAGE: return sqlite3_bind_int64(to, index, s->message);
    case EVENT: return sqlite3_bind_int64(to, index, s->seq + v->offset);
    case REQUESTER: return sqlite3_bind_int64(to, index, c ? c->requester : 1);
    case GROUP: return sqlite3_bind_int64(to, index, c ? c->group : 1);
    case NOW_MS: return sqlite3_bind_int64(to, index, wall_us() / 1000 + v->offset);
    case NOW_US: return sqlite3_bind_int64(to, index, wall_us() + v->offset);
    case SUBJECT: return sqlite3_bind_text(to, index, c->subject.start, (int)c->subject.size, SQLITE_STATIC);
    case TEXT: return sqlite3_bind_text(to, index, c->text.start, (int)c->text.size, SQLITE_STATIC);
    case KEY: return sqlite3_bind_text(to, index, c->key.start, (int)c->key.size, SQLITE_STATIC);
    case TICKET_PATH: {
        int size = snprintf(path, 32, "ticket/T-%lld", (long long)s->ticket);
        return sqlite3_bind_text(to, index, path, size, SQLITE_STATIC);
    }
    default: return SQLITE_MISUSE;
    }
}

static int bind_value(store *s, sqlite3_stmt *to, int index, const value *v, const create *c, char *path) {
    if (v->role != RECORDED) return bind_role(s, to, index, v, c, path);
    switch (v->kind) {
    case 'i': return sqlite3_bind_int64(to, index, v->number);
    case 'd': return sqlite3_bind_double(to, index, v->real);
    case 't': return sqlite3_bind_text(to, index, v->bytes.start, (int)v->bytes.size, SQLITE_STATIC);
    case 'b': return sqlite3_bind_blob(to, index, v->bytes.start, (int)v->bytes.size, SQLITE_STATIC);
    default: return sqlite3_bind_null(to, index);
    }
}

static void run(store *s, sequence *all, const create *c) {
    char path[32];
    static volatile int64_t sink;
    for (int i = 0; i < all->count; i++) {
        statement *one = &all->items[i];
        if (one->values && one->count && one->values[0].role == EVENT && !strncmp(one->sql, "INSERT", 6)) s->seq++;
        for (int k = 0; k < one->count; k++)
            check(s, bind_value(s, one->prepared, k + 1, &one->values[k], c, path), one->sql);
        int code = sqlite3_step(one->prepared);
        for (int row = 0; code == SQLITE_ROW; row++) {
            // What the kernel reads of a row, it copies: so its columns are touched here.
            for (int column = 0; column < sqlite3_column_count(one->prepared); column++)
                sink += sqlite3_column_type(one->prepared, column) == SQLITE_INTEGER ? sqlite3_column_int64(one->prepared, column)
                                                                                      : sqlite3_column_bytes(one->prepared, column);
            if (row + 1 >= one->rows) break;
            code = sqlite3_step(one->prepared);
        }
        check(s, code, one->sql);
        sqlite3_reset(one->prepared);
    }
}

void store_begin(store *s) { run(s, &s->begin, NULL); }

int64_t store_create(store *s, const create *c) {
    s->ticket++;
    s->message++;
    run(s, &s->command, c);
    return s->ticket;
}

void store_end(store *s) { run(s, &s->end, NULL); }

void store_close(store *s) {
    // The kernel's last connection does the same at its end; it is not part of what is measured.
    sequence *all[] = {&s->begin, &s->command, &s->end};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < all[i]->count; k++) {
            sqlite3_stmt *prepared = all[i]->items[k].prepared;
            for (int j = k; prepared && j < all[i]->count; j++)
                if (all[i]->items[j].prepared == prepared) all[i]->items[j].prepared = NULL;
            if (prepared) sqlite3_finalize(prepared);
        }
    sqlite3_close(s->db);
}
