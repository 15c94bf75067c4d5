// Writes down what a process asks of SQLite: LD_PRELOAD this library, and OPORA_STATEMENTS names the file.
//
// So the limits in plain C run the very statements, bindings and settings of the kernel that is measured: they are read from
// its recording, not copied by hand. One line for each thing, fields parted by tabs, bytes below 0x20 and backslashes escaped:
//   open  CONNECTION rw|ro PATH
//   exec  CONNECTION SQL                       what sqlite3_exec was given: settings
//   run   CONNECTION ROWS SQL VALUE...         a statement that ran, the rows that were taken, what was bound:
//                                              n, iINTEGER, dNUMBER, tTEXT, bHEXADECIMAL
#include <dlfcn.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "statement_recorder.h"

enum { STATEMENTS = 1024, PARAMETERS = 64 };

typedef struct {
    sqlite3_stmt *handle;
    sqlite3 *connection;
    char *sql;
    char *values[PARAMETERS];
    int used, rows, steps;
} entry;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static entry entries[STATEMENTS];
static FILE *out;

// The function of this name that would have been called without us.
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static FILE *file(void) {
    if (!out) {
        const char *path = getenv("OPORA_STATEMENTS");
        out = path ? fopen(path, "a") : NULL;
        if (!out) out = fopen("/dev/null", "a");
        // A line at a time: the process may be killed.
        if (out) setvbuf(out, NULL, _IOLBF, 1 << 16);
    }
    return out;
}

static void escaped(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\\') fputs("\\\\", out);
        else if (c == '\n') fputs("\\n", out);
        else if (c == '\t') fputs("\\t", out);
        else if (c < 0x20) fprintf(out, "\\x%02x", c);
        else fputc(c, out);
    }
}

static entry *find(sqlite3_stmt *handle) {
    for (int i = 0; i < STATEMENTS; i++)
        if (entries[i].handle == handle) return &entries[i];
    return NULL;
}

static void forget_values(entry *e) {
    for (int i = 0; i < PARAMETERS; i++) {
        free(e->values[i]);
        e->values[i] = NULL;
    }
    e->used = e->rows = e->steps = 0;
}

static void bound(sqlite3_stmt *handle, int index, char kind, const void *data, size_t size) {
    pthread_mutex_lock(&lock);
    entry *e = find(handle);
    if (e && index >= 1 && index <= PARAMETERS && file()) {
        char *text = NULL;
        size_t length = 0;
        FILE *kept = out;
        out = open_memstream(&text, &length);
        if (out) {
            fputc(kind, out);
            if (kind == 'b')
                for (size_t i = 0; i < size; i++) fprintf(out, "%02x", ((const unsigned char *)data)[i]);
            else if (size)
                escaped(data, size);
            fclose(out);
        }
        out = kept;
        free(e->values[index - 1]);
        e->values[index - 1] = text;
        if (index > e->used) e->used = index;
    }
    pthread_mutex_unlock(&lock);
}

static void finished(sqlite3_stmt *handle) {
    pthread_mutex_lock(&lock);
    entry *e = find(handle);
    if (e && e->steps && file()) {
        fprintf(out, "run\t%p\t%d\t", (void *)e->connection, e->rows);
        escaped(e->sql, strlen(e->sql));
        for (int i = 0; i < e->used; i++) fprintf(out, "\t%s", e->values[i] ? e->values[i] : "n");
        fputc('\n', out);
        forget_values(e);
    }
    pthread_mutex_unlock(&lock);
}

int sqlite3_open_v2(const char *path, sqlite3 **connection, int flags, const char *vfs) {
    REAL(sqlite3_open_v2);
    int code = real(path, connection, flags, vfs);
    pthread_mutex_lock(&lock);
    if (file()) {
        fprintf(out, "open\t%p\t%s\t", (void *)*connection, flags & SQLITE_OPEN_READONLY ? "ro" : "rw");
        escaped(path, strlen(path));
        fputc('\n', out);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

int sqlite3_exec(sqlite3 *c, const char *sql, int (*each)(void *, int, char **, char **), void *with, char **error) {
    REAL(sqlite3_exec);
    pthread_mutex_lock(&lock);
    if (file()) {
        fprintf(out, "exec\t%p\t", (void *)c);
        escaped(sql, strlen(sql));
        fputc('\n', out);
    }
    pthread_mutex_unlock(&lock);
    return real(c, sql, each, with, error);
}

int sqlite3_prepare_v3(sqlite3 *c, const char *sql, int size, unsigned flags, sqlite3_stmt **handle, const char **tail) {
    REAL(sqlite3_prepare_v3);
    int code = real(c, sql, size, flags, handle, tail);
    if (code != SQLITE_OK || !*handle) return code;
    pthread_mutex_lock(&lock);
    entry *e = find(*handle);
    if (!e) e = find(NULL);
    if (e) {
        forget_values(e);
        free(e->sql);
        const char *text = sqlite3_sql(*handle);
        *e = (entry){.handle = *handle, .connection = c, .sql = strdup(text ? text : "")};
    }
    pthread_mutex_unlock(&lock);
    return code;
}

int sqlite3_finalize(sqlite3_stmt *handle) {
    REAL(sqlite3_finalize);
    if (handle) {
        finished(handle);
        pthread_mutex_lock(&lock);
        entry *e = find(handle);
        if (e) {
            forget_values(e);
            free(e->sql);
            *e = (entry){0};
        }
        pthread_mutex_unlock(&lock);
    }
    return real(handle);
}

int sqlite3_step(sqlite3_stmt *handle) {
    REAL(sqlite3_step);
    int code = real(handle);
    pthread_mutex_lock(&lock);
    entry *e = find(handle);
    if (e) {
        e->steps++;
        if (code == SQLITE_ROW) e->rows++;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

int sqlite3_reset(sqlite3_stmt *handle) {
    REAL(sqlite3_reset);
    finished(handle);
    return real(handle);
}

int sqlite3_bind_null(sqlite3_stmt *handle, int index) {
    REAL(sqlite3_bind_null);
    bound(handle, index, 'n', "", 0);
    return real(handle, index);
}

int sqlite3_bind_int64(sqlite3_stmt *handle, int index, sqlite3_int64 value) {
    REAL(sqlite3_bind_int64);
    char text[24];
    int size = snprintf(text, sizeof text, "%lld", value);
    bound(handle, index, 'i', text, (size_t)size);
    return real(handle, index, value);
}

int sqlite3_bind_double(sqlite3_stmt *handle, int index, double value) {
    REAL(sqlite3_bind_double);
    char text[40];
    int size = snprintf(text, sizeof text, "%.17g", value);
    bound(handle, index, 'd', text, (size_t)size);
    return real(handle, index, value);
}

int sqlite3_bind_text(sqlite3_stmt *handle, int index, const char *text, int size, void (*done)(void *)) {
    REAL(sqlite3_bind_text);
    bound(handle, index, text ? 't' : 'n', text, text ? (size < 0 ? strlen(text) : (size_t)size) : 0);
    return real(handle, index, text, size, done);
}

int sqlite3_bind_blob(sqlite3_stmt *handle, int index, const void *data, int size, void (*done)(void *)) {
    REAL(sqlite3_bind_blob);
    bound(handle, index, data ? 'b' : 'n', data, data ? (size_t)size : 0);
    return real(handle, index, data, size, done);
}
