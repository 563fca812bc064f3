#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "tune_curl.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The part of libcurl's interface that is used; its numbers never change.
typedef void CURL;
struct curl_slist;
enum {
    C_GLOBAL_ALL = 3,
    C_OK = 0,
    C_COULD_NOT_RESOLVE_PROXY = 5,
    C_COULD_NOT_RESOLVE_HOST = 6,
    C_COULD_NOT_CONNECT = 7,
    C_HTTP2_FAILED = 16,
    C_PARTIAL_FILE = 18,
    C_TIMED_OUT = 28,
    C_TLS_CONNECT_FAILED = 35,
    C_ABORTED = 42,
    C_GOT_NOTHING = 52,
    C_SEND_FAILED = 55,
    C_RECEIVE_FAILED = 56,
    C_CERTIFICATE_PROBLEM = 60,
    C_CERTIFICATES_UNREADABLE = 77,
    C_RESPONSE_CODE = 0x200000 + 2,
};
enum {
    C_LONG = 0,
    C_POINTER = 10000,
    C_FUNCTION = 20000,
    C_OFFSET = 30000,
    C_WRITE_DATA = C_POINTER + 1,
    C_URL = C_POINTER + 2,
    C_READ_DATA = C_POINTER + 9,
    C_WRITE_FUNCTION = C_FUNCTION + 11,
    C_READ_FUNCTION = C_FUNCTION + 12,
    C_LOW_SPEED_LIMIT = C_LONG + 19,
    C_LOW_SPEED_TIME = C_LONG + 20,
    C_HTTP_HEADER = C_POINTER + 23,
    C_HEADER_DATA = C_POINTER + 29,
    C_CUSTOM_REQUEST = C_POINTER + 36,
    C_NO_PROGRESS = C_LONG + 43,
    C_UPLOAD = C_LONG + 46,
    C_FOLLOW_LOCATION = C_LONG + 52,
    C_PROGRESS_DATA = C_POINTER + 57,
    C_CA_FILE = C_POINTER + 65,
    C_CONNECT_SECONDS = C_LONG + 78,
    C_HEADER_FUNCTION = C_FUNCTION + 79,
    C_HTTP_VERSION = C_LONG + 84,
    C_NO_SIGNAL = C_LONG + 99,
    C_TOTAL_SECONDS = C_LONG + 13,
    C_BODY_SIZE = C_OFFSET + 115,
    C_SEEK_FUNCTION = C_FUNCTION + 167,
    C_SEEK_DATA = C_POINTER + 168,
    C_NO_PROXY = C_POINTER + 177,
    C_PROTOCOLS = C_LONG + 181,
    C_PROGRESS_FUNCTION = C_FUNCTION + 219,
};
enum { C_HTTP_AND_HTTPS = 1 | 2, C_HTTP_1_1 = 2, C_READ_ABORTED = 0x10000000 };

static struct {
    int (*global_init)(long);
    CURL *(*make)(void);
    int (*set)(CURL *, int, ...);
    int (*perform)(CURL *);
    int (*info)(CURL *, int, ...);
    void (*release)(CURL *);
    struct curl_slist *(*append)(struct curl_slist *, const char *);
    void (*release_list)(struct curl_slist *);
    const char *(*describe)(int);
    bool is_ready;
} curl;

// libparquet exports an OpenSSL of its own; libcurl has to find the one that it was built with.
#ifdef RTLD_DEEPBIND
static const int loading = RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND;
#else
static const int loading = RTLD_NOW | RTLD_LOCAL;
#endif

static void *find_library(void) {
    static const char *const names[] = {
        "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", "/usr/lib/libcurl.4.dylib",
    };
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        void *library = dlopen(names[index], loading);
        if (library) return library;
    }
    return NULL;
}

static void load(void) {
    void *library = find_library();
    if (!library) return;
    struct {
        const char *name;
        void *target;
    } symbols[] = {
        {"curl_global_init", &curl.global_init},  {"curl_easy_init", &curl.make},
        {"curl_easy_setopt", &curl.set},          {"curl_easy_perform", &curl.perform},
        {"curl_easy_getinfo", &curl.info},        {"curl_easy_cleanup", &curl.release},
        {"curl_slist_append", &curl.append},      {"curl_slist_free_all", &curl.release_list},
        {"curl_easy_strerror", &curl.describe},
    };
    for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
        void *symbol = dlsym(library, symbols[index].name);
        if (!symbol) return;
        memcpy(symbols[index].target, &symbol, sizeof symbol);
    }
    curl.is_ready = curl.global_init(C_GLOBAL_ALL) == C_OK;
}

/// What the callbacks of one request share.
struct exchange {
    const tune_request *request;
    tune_response *response;
    int64_t sent;
    bool is_too_long;
};

static size_t read_body(char *buffer, size_t size, size_t count, void *data) {
    struct exchange *exchange = data;
    const tune_request *request = exchange->request;
    const int64_t rest = request->body_size - exchange->sent;
    size_t wanted = size * count;
    if (rest < (int64_t)wanted) wanted = (size_t)rest;
    if (wanted == 0) return 0;
    if (request->body_descriptor < 0) {
        memcpy(buffer, (const char *)request->body + exchange->sent, wanted);
        exchange->sent += (int64_t)wanted;
        return wanted;
    }
    ssize_t got;
    do {
        got = pread(
            request->body_descriptor, buffer, wanted, request->body_offset + exchange->sent);
    } while (got < 0 && errno == EINTR);
    // A file that has become shorter is not what was announced.
    if (got <= 0) return C_READ_ABORTED;
    exchange->sent += got;
    return (size_t)got;
}

/// Goes back where the body has to be sent again: a proxy or server asked for a name first.
static int seek_body(void *data, int64_t offset, int origin) {
    struct exchange *exchange = data;
    if (origin != SEEK_SET || offset < 0 || offset > exchange->request->body_size) return 1;
    exchange->sent = offset;
    return 0;
}

static size_t keep(
    struct exchange *exchange, char **bytes, size_t *size, const char *piece, size_t count) {
    if (*size + count > exchange->request->response_limit) {
        exchange->is_too_long = true;
        return 0;
    }
    char *larger = realloc(*bytes, *size + count);
    if (!larger) return 0;
    memcpy(larger + *size, piece, count);
    *bytes = larger;
    *size += count;
    return count;
}

static size_t write_body(char *piece, size_t size, size_t count, void *data) {
    struct exchange *exchange = data;
    tune_response *response = exchange->response;
    return keep(exchange, &response->body, &response->body_size, piece, size * count);
}

static size_t write_header(char *piece, size_t size, size_t count, void *data) {
    struct exchange *exchange = data;
    tune_response *response = exchange->response;
    // Only the last of several heads counts, the one after `100 Continue`.
    if (size * count >= 5 && memcmp(piece, "HTTP/", 5) == 0) response->header_size = 0;
    return keep(exchange, &response->headers, &response->header_size, piece, size * count);
}

static int check_cancelled(
    void *data, int64_t expected, int64_t received, int64_t to_send, int64_t sent) {
    (void)expected, (void)received, (void)to_send, (void)sent;
    const struct exchange *exchange = data;
    return exchange->request->is_cancelled(exchange->request->context);
}

static tune_outcome outcome(int code, const struct exchange *exchange) {
    switch (code) {
    case C_OK: return TUNE_ANSWERED;
    case C_ABORTED:
        return exchange->request->is_cancelled
                && exchange->request->is_cancelled(exchange->request->context)
            ? TUNE_CANCELLED
            : TUNE_BODY;
    case C_CERTIFICATE_PROBLEM:
    case C_CERTIFICATES_UNREADABLE: return TUNE_CERTIFICATE;
    case C_COULD_NOT_RESOLVE_PROXY:
    case C_COULD_NOT_RESOLVE_HOST:
    case C_COULD_NOT_CONNECT:
    case C_HTTP2_FAILED:
    case C_PARTIAL_FILE:
    case C_TIMED_OUT:
    case C_TLS_CONNECT_FAILED:
    case C_GOT_NOTHING:
    case C_SEND_FAILED:
    case C_RECEIVE_FAILED: return TUNE_NETWORK;
    default: return TUNE_FAILED;
    }
}

static struct curl_slist *header_list(const tune_request *request) {
    // Without this line the head of a long request would wait for a sign to go on.
    struct curl_slist *list = curl.append(NULL, "Expect:");
    for (size_t index = 0; list && index < request->header_count; index++) {
        struct curl_slist *longer = curl.append(list, request->headers[index]);
        if (!longer) {
            curl.release_list(list);
            return NULL;
        }
        list = longer;
    }
    return list;
}

static void set_body(CURL *handle, struct exchange *exchange) {
    if (exchange->request->body_size == 0 && !exchange->request->body) return;
    curl.set(handle, C_UPLOAD, 1L);
    curl.set(handle, C_BODY_SIZE, exchange->request->body_size);
    curl.set(handle, C_READ_FUNCTION, read_body);
    curl.set(handle, C_READ_DATA, exchange);
    curl.set(handle, C_SEEK_FUNCTION, seek_body);
    curl.set(handle, C_SEEK_DATA, exchange);
}

static void set_limits(CURL *handle, struct exchange *exchange) {
    const tune_request *request = exchange->request;
    curl.set(handle, C_NO_SIGNAL, 1L);
    curl.set(handle, C_FOLLOW_LOCATION, 0L);
    curl.set(handle, C_PROTOCOLS, (long)C_HTTP_AND_HTTPS);
    curl.set(handle, C_HTTP_VERSION, (long)C_HTTP_1_1);
    curl.set(handle, C_CONNECT_SECONDS, request->connect_seconds);
    curl.set(handle, C_LOW_SPEED_LIMIT, 1L);
    curl.set(handle, C_LOW_SPEED_TIME, request->stall_seconds);
    curl.set(handle, C_TOTAL_SECONDS, request->total_seconds);
    if (request->certificates) curl.set(handle, C_CA_FILE, request->certificates);
    if (request->direct_hosts) curl.set(handle, C_NO_PROXY, request->direct_hosts);
    if (!request->is_cancelled) return;
    curl.set(handle, C_NO_PROGRESS, 0L);
    curl.set(handle, C_PROGRESS_FUNCTION, check_cancelled);
    curl.set(handle, C_PROGRESS_DATA, exchange);
}

static void perform(CURL *handle, struct curl_slist *headers, struct exchange *exchange) {
    tune_response *response = exchange->response;
    curl.set(handle, C_URL, exchange->request->url);
    curl.set(handle, C_CUSTOM_REQUEST, exchange->request->method);
    curl.set(handle, C_HTTP_HEADER, headers);
    curl.set(handle, C_WRITE_FUNCTION, write_body);
    curl.set(handle, C_WRITE_DATA, exchange);
    curl.set(handle, C_HEADER_FUNCTION, write_header);
    curl.set(handle, C_HEADER_DATA, exchange);
    set_limits(handle, exchange);
    set_body(handle, exchange);
    const int code = curl.perform(handle);
    response->outcome = outcome(code, exchange);
    if (response->outcome == TUNE_ANSWERED) curl.info(handle, C_RESPONSE_CODE, &response->status);
    else if (exchange->is_too_long)
        snprintf(response->problem, sizeof response->problem, "the answer is too long");
    else snprintf(response->problem, sizeof response->problem, "%s", curl.describe(code));
}

/// Sends with SIGPIPE held off: a connection that the other side closes must not end the process.
static void perform_guarded(CURL *handle, struct curl_slist *headers, struct exchange *exchange) {
    sigset_t pipe, previous, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    const bool was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &previous);
    perform(handle, headers, exchange);
    sigpending(&pending);
    int taken;
    if (!was_pending && sigismember(&pending, SIGPIPE)) sigwait(&pipe, &taken);
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
}

void tune_send(const tune_request *request, tune_response *response) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    memset(response, 0, sizeof *response);
    pthread_once(&once, load);
    if (!curl.is_ready) {
        response->outcome = TUNE_NO_LIBRARY;
        return;
    }
    response->outcome = TUNE_FAILED;
    struct exchange exchange = {.request = request, .response = response};
    CURL *handle = curl.make();
    struct curl_slist *headers = header_list(request);
    if (handle && headers) perform_guarded(handle, headers, &exchange);
    else snprintf(response->problem, sizeof response->problem, "out of memory");
    if (headers) curl.release_list(headers);
    if (handle) curl.release(handle);
}

void tune_release(tune_response *response) {
    free(response->headers);
    free(response->body);
    response->headers = response->body = NULL;
    response->header_size = response->body_size = 0;
}
