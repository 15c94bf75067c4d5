// The older yardstick: a simpler desk, four rows and six secondary indexes for a ticket, in transactions of BATCH commands.
// usage: sqlite_group DATABASE BATCH SECONDS
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "histogram.h"
#include "words.h"

static sqlite3 *db;

static void check(int code, const char *what) {
    if (code != SQLITE_OK && code != SQLITE_DONE) die("sqlite_group: %s: %s", what, sqlite3_errmsg(db));
}

static const char *const setup[] = {
    "PRAGMA page_size = 4096", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 4000", "PRAGMA temp_store = MEMORY", "PRAGMA journal_size_limit = 268435456",
    "CREATE TABLE ticket(id INTEGER PRIMARY KEY, public_id TEXT NOT NULL, subject TEXT NOT NULL, status INTEGER NOT NULL, "
    "priority INTEGER NOT NULL, requester_id INTEGER NOT NULL, assignee_id INTEGER, team_id INTEGER, channel INTEGER NOT NULL, "
    "created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT",
    "CREATE TABLE message(id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, author_id INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "created_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT",
    "CREATE INDEX message_ticket ON message(ticket_id)",
    "CREATE TABLE sla_clock(id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, metric INTEGER NOT NULL, state INTEGER NOT NULL, "
    "due_at INTEGER NOT NULL) STRICT",
    "CREATE INDEX sla_due ON sla_clock(due_at) WHERE state = 0", "CREATE INDEX sla_ticket ON sla_clock(ticket_id)",
    "CREATE TABLE event(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL) STRICT",
    "CREATE INDEX ticket_status_updated ON ticket(status, updated_at)",
    "CREATE INDEX ticket_assignee ON ticket(assignee_id, status, updated_at)",
};

static sqlite3_stmt *prepared(const char *sql) {
    sqlite3_stmt *s;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL), sql);
    return s;
}

static void run(sqlite3_stmt *s) {
    check(sqlite3_step(s), sqlite3_sql(s));
    sqlite3_reset(s);
}

static sqlite3_stmt *ticket, *message, *sla, *event;

static void create_one(int64_t id, int64_t at, uint64_t r) {
    static char payload[400];
    if (!*payload) memset(payload, 'e', sizeof payload);
    char public_id[24];
    int size = snprintf(public_id, sizeof public_id, "T-%08llx", (unsigned long long)id);
    int64_t requester = 1 + (int64_t)(r % 50000);
    sqlite3_bind_int64(ticket, 1, id);
    sqlite3_bind_text(ticket, 2, public_id, size, SQLITE_STATIC);
    sqlite3_bind_text(ticket, 3, words_text(r >> 9), 60, SQLITE_STATIC);
    sqlite3_bind_int64(ticket, 4, 0);
    sqlite3_bind_int64(ticket, 5, (int64_t)(r & 3));
    sqlite3_bind_int64(ticket, 6, requester);
    sqlite3_bind_int64(ticket, 7, 1 + (int64_t)((r >> 8) % 200));
    sqlite3_bind_int64(ticket, 8, 1 + (int64_t)((r >> 16) % 20));
    sqlite3_bind_int64(ticket, 9, (int64_t)((r >> 4) & 3));
    sqlite3_bind_int64(ticket, 10, at);
    sqlite3_bind_int64(ticket, 11, at);
    sqlite3_bind_int64(ticket, 12, 1);
    run(ticket);
    sqlite3_bind_int64(message, 1, id);
    sqlite3_bind_int64(message, 2, requester);
    sqlite3_bind_int64(message, 3, 0);
    sqlite3_bind_int64(message, 4, at);
    sqlite3_bind_text(message, 5, words_text(r >> 20), TEXT_BYTES, SQLITE_STATIC);
    run(message);
    sqlite3_bind_int64(sla, 1, id);
    sqlite3_bind_int64(sla, 2, 1);
    sqlite3_bind_int64(sla, 3, at + 3600000 * (1 + (int64_t)(r % 48)));
    run(sla);
    sqlite3_bind_int64(event, 1, at);
    sqlite3_bind_text(event, 2, "ticket.created", 14, SQLITE_STATIC);
    sqlite3_bind_text(event, 3, payload, sizeof payload, SQLITE_STATIC);
    run(event);
}

int main(int argc, char **argv) {
    if (argc != 4) die("usage: sqlite_group DATABASE BATCH SECONDS");
    if (access(argv[1], F_OK) == 0) die("sqlite_group: %s is there already", argv[1]);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(argv[1], &db, flags, NULL) != SQLITE_OK) die("sqlite_group: can't open %s", argv[1]);
    for (unsigned i = 0; i < sizeof setup / sizeof *setup; i++) check(sqlite3_exec(db, setup[i], NULL, NULL, NULL), setup[i]);
    ticket = prepared("INSERT INTO ticket VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    message = prepared("INSERT INTO message VALUES (NULL, ?1, ?2, ?3, ?4, ?5)");
    sla = prepared("INSERT INTO sla_clock VALUES (NULL, ?1, ?2, 0, ?3)");
    event = prepared("INSERT INTO event VALUES (NULL, ?1, ?2, ?3)");
    sqlite3_stmt *begin = prepared("BEGIN IMMEDIATE"), *commit = prepared("COMMIT");
    words_begin();
    int batch = atoi(argv[2]);
    histogram *transactions = histogram_new();
    uint64_t from = now_ns(), end = from + (uint64_t)(atof(argv[3]) * 1e9);
    int64_t id = 0;
    while (now_ns() < end) {
        uint64_t start = now_ns();
        run(begin);
        for (int i = 0; i < batch; i++, id++) create_one(id + 1, wall_us() / 1000, random_next());
        run(commit);
        histogram_record(transactions, now_ns() - start);
    }
    double elapsed = (double)(now_ns() - from) / 1e9;
    printf("{\"rate\":%.1f,\"batch\":%d,\"commands\":%lld,\"transaction\":", (double)id / elapsed, batch, (long long)id);
    histogram_print(transactions, stdout);
    printf("}\n");
    return 0;
}
