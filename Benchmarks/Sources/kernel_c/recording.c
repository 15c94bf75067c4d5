// Reads a recording: a line for each statement, fields parted by tabs. `Benchmarks/README.md` tells the format.
#include "recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

static const char *const role_names[ROLES] = {
    "", "ticket", "message", "event", "requester", "group", "now_ms", "now_us", "subject", "text", "key", "ticket_path"};

// Takes escapes out of a field, in place.
static size_t unescape(char *field) {
    char *to = field;
    for (char *from = field; *from; from++) {
        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        from++;
        if (*from == 'n') *to++ = '\n';
        else if (*from == 't') *to++ = '\t';
        else if (*from == 'x') {
            char digits[3] = {from[1], from[2], 0};
            *to++ = (char)strtol(digits, NULL, 16);
            from += 2;
        } else *to++ = *from;
    }
    *to = 0;
    return (size_t)(to - field);
}

static text from_hex(const char *digits) {
    size_t size = strlen(digits) / 2;
    char *bytes = malloc(size + 1);
    for (size_t i = 0; i < size; i++) {
        char pair[3] = {digits[2 * i], digits[2 * i + 1], 0};
        bytes[i] = (char)strtol(pair, NULL, 16);
    }
    bytes[size] = 0;
    return (text){bytes, size};
}

static text kept(char *field) {
    size_t size = unescape(field);
    char *copy = malloc(size + 1);
    memcpy(copy, field, size + 1);
    return (text){copy, size};
}

static value read_value(char *field) {
    value v = {.kind = *field, .role = RECORDED};
    char *rest = field + 1;
    switch (*field) {
    case 'n': break;
    case 'i': v.number = strtoll(rest, NULL, 10); break;
    case 'd': v.real = strtod(rest, NULL); break;
    case 't': v.bytes = kept(rest); break;
    case 'b': v.bytes = from_hex(rest); break;
    case '@': {
        char *plus = strpbrk(rest, "+-");
        if (plus) v.offset = strtoll(plus, NULL, 10);
        size_t size = plus ? (size_t)(plus - rest) : strlen(rest);
        for (v.role = TICKET; v.role < ROLES; v.role++)
            if (strlen(role_names[v.role]) == size && !strncmp(role_names[v.role], rest, size)) break;
        if (v.role == ROLES) die("kernel_c: the recording has an unknown role %s", rest);
        break;
    }
    default: die("kernel_c: the recording has a value %s", field);
    }
    return v;
}

static void add_statement(sequence *to, char **fields, int count) {
    to->items = realloc(to->items, sizeof *to->items * (size_t)(to->count + 1));
    statement *s = &to->items[to->count++];
    *s = (statement){.rows = atoi(fields[1]), .count = count - 3};
    s->sql = (char *)kept(fields[2]).start;
    s->values = calloc((size_t)s->count + 1, sizeof *s->values);
    for (int i = 0; i < s->count; i++) s->values[i] = read_value(fields[i + 3]);
}

static void take_line(store *s, char **fields, int count, void (*setting)(store *, const char *)) {
    const char *what = fields[0];
    if (!strcmp(what, "pragma") && count == 2) setting(s, kept(fields[1]).start);
    else if (!strcmp(what, "begin") && count >= 3) add_statement(&s->begin, fields, count);
    else if (!strcmp(what, "command") && count >= 3) add_statement(&s->command, fields, count);
    else if (!strcmp(what, "end") && count >= 3) add_statement(&s->end, fields, count);
    else if (!strcmp(what, "answer") && count == 2) s->answer = from_hex(fields[1] + 1);
    else if (!strcmp(what, "publish") && count == 3) {
        s->events = realloc(s->events, sizeof *s->events * (size_t)(s->event_count + 1));
        s->events[s->event_count++] = (event){.type = kept(fields[1]), .body = from_hex(fields[2] + 1)};
    } else die("kernel_c: the recording has a line that begins with %s", what);
}

void recording_read(store *s, const char *path, void (*setting)(store *, const char *)) {
    FILE *in = fopen(path, "r");
    if (!in) die("kernel_c: can't read %s", path);
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    while ((size = getline(&line, &room, in)) > 0) {
        if (line[size - 1] == '\n') line[--size] = 0;
        if (!size || *line == '#') continue;
        char *fields[80];
        int count = 0;
        for (char *field = line; field && count < 80; count++) {
            fields[count] = field;
            field = strchr(field, '\t');
            if (field) *field++ = 0;
        }
        take_line(s, fields, count, setting);
    }
    free(line);
    fclose(in);
    if (!s->begin.count || !s->command.count || !s->end.count) die("kernel_c: %s is no recording of a command", path);
}
