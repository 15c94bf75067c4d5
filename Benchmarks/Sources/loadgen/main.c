// Load for a kernel, and what it took, as JSON on the standard output.
//
// Closed loop: each connection keeps WINDOW requests under way. Open loop (--rate): requests are due at fixed instants, and a
// request's time counts from the instant at which it was due, so that waiting in front of a slow kernel is not hidden
// (coordinated omission). With --echo the other side only sends back what comes.
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <zmq.h>

#include "clock.h"
#include "fetch.h"
#include "histogram.h"
#include "requests.h"
#include "words.h"

enum {
    CONNECTIONS = 64,
    /// Requests under way at once, all connections together; a power of two.
    UNDER_WAY = 1 << 15,
    ANSWER_BYTES = 1 << 20,
    /// How long answers are waited for after the last request.
    PATIENCE_MS = 15000,
};

typedef struct {
    const char *endpoint, *events, *consumer;
    int connections, window;
    double seconds, warm_up, rate;
    uint64_t total;
    bool echo;
    plan plan;
} options;

static options o = {
    .connections = 1, .window = 1, .seconds = 1, .warm_up = 0.2,
    .plan = {.method = CREATE, .users = 1000, .groups = 20, .agents = 50, .tickets = 1, .key = "k"}};

static void *sockets[CONNECTIONS];
static void *bus;
// When each request that is under way was sent, or was due.
static uint64_t from[UNDER_WAY];
static uint64_t sent, answered, counted, failed, late_events;
static char first_failure[400];
static histogram *times, *corrected, *event_after_answer;
static uint64_t counting_from, counting_until;

static void read_options(int argc, char **argv) {
    static const struct option known[] = {
        {"endpoint", 1, 0, 'e'}, {"events", 1, 0, 'v'}, {"method", 1, 0, 'm'}, {"connections", 1, 0, 'c'}, {"window", 1, 0, 'w'},
        {"seconds", 1, 0, 's'}, {"warm-up", 1, 0, 'u'}, {"rate", 1, 0, 'r'}, {"total", 1, 0, 'n'}, {"users", 1, 0, 'U'},
        {"groups", 1, 0, 'G'}, {"agents", 1, 0, 'A'}, {"tickets", 1, 0, 'T'}, {"key", 1, 0, 'k'}, {"group", 1, 0, 'g'}, {"consumer", 1, 0, 'C'},
        {"echo", 0, 0, 'x'}, {0}};
    int c;
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (c) {
        case 'e': o.endpoint = optarg; break;
        case 'v': o.events = optarg; break;
        case 'm': o.plan.method = method_named(optarg); break;
        case 'c': o.connections = atoi(optarg); break;
        case 'w': o.window = atoi(optarg); break;
        case 's': o.seconds = atof(optarg); break;
        case 'u': o.warm_up = atof(optarg); break;
        case 'r': o.rate = atof(optarg); break;
        case 'n': o.total = strtoull(optarg, NULL, 10); break;
        case 'U': o.plan.users = atoi(optarg); break;
        case 'G': o.plan.groups = atoi(optarg); break;
        case 'A': o.plan.agents = atoi(optarg); break;
        case 'T': o.plan.tickets = atol(optarg); break;
        case 'k': o.plan.key = optarg; break;
        case 'g': o.plan.group = atoi(optarg); break;
        case 'C': o.consumer = optarg; break;
        case 'x': o.echo = true; break;
        default: die("loadgen: see Benchmarks/README.md for the options");
        }
    }
    if (!o.endpoint || o.plan.method == METHODS) die("loadgen: --endpoint and a known --method are needed");
    if (o.connections < 1 || o.connections > CONNECTIONS || o.window < 1 || o.connections * o.window > UNDER_WAY)
        die("loadgen: at most %d connections, at most %d requests under way", CONNECTIONS, UNDER_WAY);
    if (o.plan.tickets < 1 || o.plan.users <= o.plan.agents || o.plan.groups < 1 || o.plan.agents < 1)
        die("loadgen: tickets, groups and agents are at least 1, and users more than agents");
    if (o.events && (o.connections != 1 || o.window != 1 || o.rate > 0)) die("loadgen: --events goes with one request under way");
}

static void *open_socket(void *context, int kind, const char *endpoint) {
    void *s = zmq_socket(context, kind);
    int none = 0;
    zmq_setsockopt(s, ZMQ_SNDHWM, &none, sizeof none);
    zmq_setsockopt(s, ZMQ_RCVHWM, &none, sizeof none);
    zmq_setsockopt(s, ZMQ_LINGER, &none, sizeof none);
    if (kind == ZMQ_SUB) zmq_setsockopt(s, ZMQ_SUBSCRIBE, "ticket.created/", 15);
    if (zmq_connect(s, endpoint)) die("loadgen: can't connect to %s: %s", endpoint, zmq_strerror(zmq_errno()));
    return s;
}

static void send_request(int connection, uint64_t due) {
    static char text[REQUEST_BYTES];
    size_t size = request_write(text, &o.plan, sent);
    from[sent % UNDER_WAY] = due;
    if (zmq_send(sockets[connection], "", 0, ZMQ_SNDMORE) < 0 || zmq_send(sockets[connection], text, size, 0) < 0)
        die("loadgen: can't send: %s", zmq_strerror(zmq_errno()));
    sent++;
}

// Takes one answer where there is one.
static bool take_answer(int connection) {
    static char text[ANSWER_BYTES + 1];
    int size = zmq_recv(sockets[connection], text, ANSWER_BYTES, ZMQ_DONTWAIT);
    if (size < 0) return false;
    size = zmq_recv(sockets[connection], text, ANSWER_BYTES, 0);
    if (size < 0 || size > ANSWER_BYTES) die("loadgen: an answer is larger than %d bytes", ANSWER_BYTES);
    text[size] = 0;
    uint64_t now = now_ns();
    char *id = strstr(text, "\"id\":");
    char *rest = NULL;
    uint64_t number = id ? strtoull(id + 5, &rest, 10) : 0;
    answered++;
    bool good = rest && number < sent && (o.echo || !strncmp(rest, ",\"result\"", 9));
    if (!good) {
        failed++;
        if (!*first_failure) snprintf(first_failure, sizeof first_failure, "%s", text);
        return true;
    }
    uint64_t took = now - from[number % UNDER_WAY];
    if (now >= counting_from && now < counting_until) {
        counted++;
        histogram_record(times, took);
    }
    return true;
}

static bool is_over(uint64_t now) { return o.total ? sent >= o.total : now >= counting_until; }

static void wait_for(int milliseconds, int timer) {
    zmq_pollitem_t items[CONNECTIONS + 1];
    for (int i = 0; i < o.connections; i++) items[i] = (zmq_pollitem_t){.socket = sockets[i], .events = ZMQ_POLLIN};
    if (timer >= 0) items[o.connections] = (zmq_pollitem_t){.fd = timer, .events = ZMQ_POLLIN};
    zmq_poll(items, o.connections + (timer >= 0), milliseconds);
}

static void closed_loop(void) {
    for (int w = 0; w < o.window; w++)
        for (int c = 0; c < o.connections; c++)
            if (!o.total || sent < o.total) send_request(c, now_ns());
    while (!is_over(now_ns())) {
        bool any = false;
        for (int c = 0; c < o.connections; c++)
            while (take_answer(c)) {
                any = true;
                uint64_t now = now_ns();
                if (!is_over(now)) send_request(c, now);
            }
        if (!any) wait_for(100, -1);
    }
}

static void open_loop(uint64_t begin) {
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    double interval = 1e9 / o.rate;
    for (;;) {
        uint64_t now = now_ns();
        if (is_over(now)) break;
        uint64_t due = begin + (uint64_t)((double)sent * interval);
        // A kernel that answers nothing is not buried: the rest is due, and late.
        while (due <= now && sent - answered < UNDER_WAY - 1 && !is_over(now)) {
            send_request((int)(sent % (uint64_t)o.connections), due);
            due = begin + (uint64_t)((double)sent * interval);
        }
        bool any = false;
        for (int c = 0; c < o.connections; c++)
            while (take_answer(c)) any = true;
        if (any) continue;
        struct itimerspec next = {.it_value = {.tv_sec = (time_t)(due / 1000000000ull), .tv_nsec = (long)(due % 1000000000ull)}};
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &next, NULL);
        wait_for(100, timer);
    }
    close(timer);
}

// Takes the event of the request that is under way, and no older one.
static bool take_event(void) {
    char text[512];
    if (zmq_recv(bus, text, sizeof text, ZMQ_DONTWAIT) < 0) return false;
    int more = 1;
    size_t size = sizeof more;
    while (zmq_getsockopt(bus, ZMQ_RCVMORE, &more, &size) == 0 && more) zmq_recv(bus, text, sizeof text, 0);
    return true;
}

// One request at a time, and how much later than its answer its event comes.
static void follow_events(void) {
    while (!is_over(now_ns())) {
        uint64_t answer = 0, event = 0;
        send_request(0, now_ns());
        while (!answer || !event) {
            if (!event && take_event()) event = now_ns();
            if (!answer && take_answer(0)) answer = now_ns();
            if (answer && event) break;
            if (answer && now_ns() - answer > 5000000000ull) {
                late_events++;
                break;
            }
            zmq_pollitem_t items[2] = {{.socket = sockets[0], .events = answer ? 0 : ZMQ_POLLIN}, {.socket = bus, .events = ZMQ_POLLIN}};
            zmq_poll(items, 2, 100);
        }
        if (event && answer >= counting_from) histogram_record(event_after_answer, event > answer ? event - answer : 0);
    }
}

static void wait_for_the_rest(void) {
    uint64_t end = now_ns() + PATIENCE_MS * 1000000ull;
    while (answered < sent && now_ns() < end) {
        bool any = false;
        for (int c = 0; c < o.connections; c++)
            while (take_answer(c)) any = true;
        if (!any) wait_for(100, -1);
    }
}

static void report(double elapsed) {
    printf("{\"rate\":%.1f,\"sent\":%llu,\"answered\":%llu,\"failed\":%llu,\"seconds\":%.3f,\"cpu_seconds\":%.3f,\"latency\":",
        (double)counted / elapsed, (unsigned long long)sent, (unsigned long long)answered, (unsigned long long)failed, elapsed, cpu_seconds());
    histogram_print(times, stdout);
    if (o.rate <= 0 && !o.echo) {
        // What a caller with a fixed pace would have seen: the pace is the mean distance of two answers on a place of the window.
        uint64_t pace = counted ? (uint64_t)(elapsed * 1e9 * o.connections * o.window / (double)counted) : 0;
        for (unsigned i = 0; i < HISTOGRAM_SLOTS; i++)
            for (uint64_t k = 0; k < times->counts[i]; k++) histogram_record_corrected(corrected, histogram_slot_time(i), pace);
        printf(",\"corrected\":");
        histogram_print(corrected, stdout);
    }
    if (bus) {
        printf(",\"late_events\":%llu,\"event_after_answer\":", (unsigned long long)late_events);
        histogram_print(event_after_answer, stdout);
    }
    printf("}\n");
    if (failed) fprintf(stderr, "loadgen: %llu failed, the first: %s\n", (unsigned long long)failed, first_failure);
    if (answered < sent) fprintf(stderr, "loadgen: %llu requests were not answered\n", (unsigned long long)(sent - answered));
}

int main(int argc, char **argv) {
    read_options(argc, argv);
    words_begin();
    random_seed((uint64_t)wall_us());
    times = histogram_new();
    corrected = histogram_new();
    event_after_answer = histogram_new();
    void *context = zmq_ctx_new();
    for (int i = 0; i < o.connections; i++) sockets[i] = open_socket(context, ZMQ_DEALER, o.endpoint);
    if (o.events) {
        bus = open_socket(context, ZMQ_SUB, o.events);
        // A subscription that was not seen yet would look like a lost event.
        usleep(300000);
    }
    if (o.consumer) {
        fetch_result r = fetch_all(sockets[0], o.consumer, 100, o.seconds, times);
        printf("{\"rate\":%.1f,\"events\":%llu,\"fetches\":%llu,\"latency\":", (double)r.events / r.seconds, r.events, r.fetches);
        histogram_print(times, stdout);
        printf("}\n");
        return 0;
    }
    uint64_t begin = now_ns();
    counting_from = begin + (o.total ? 0 : (uint64_t)(o.warm_up * 1e9));
    counting_until = o.total ? UINT64_MAX : counting_from + (uint64_t)(o.seconds * 1e9);
    if (bus) follow_events();
    else if (o.rate > 0) open_loop(begin);
    else closed_loop();
    // With a number of requests it is over with the last answer; with a time, at its end.
    if (o.total) wait_for_the_rest();
    double elapsed = o.total ? (double)(now_ns() - begin) / 1e9 : o.seconds;
    if (!o.total) wait_for_the_rest();
    report(elapsed);
    for (int i = 0; i < o.connections; i++) zmq_close(sockets[i]);
    if (bus) zmq_close(bus);
    zmq_ctx_term(context);
    return failed || answered < sent;
}
