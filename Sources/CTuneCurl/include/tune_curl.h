#pragma once

// HTTP requests through libcurl, which is looked for when the first request is made: a program
// that makes none does not load it, with the thirty libraries that it brings.
//
// All functions may be called from several threads.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A request. The body is a range of an open file where `body_descriptor` is not negative, or else
/// the `body_size` bytes at `body`; a null `body` of size 0 sends none.
typedef struct tune_request {
    const char *_Nullable method;
    const char *_Nullable url;
    /// `Name: value` each.
    const char *_Nullable const *_Nullable headers;
    size_t header_count;
    const void *_Nullable body;
    int body_descriptor;
    int64_t body_offset;
    int64_t body_size;
    /// Certificates to trust in place of the system's; null for those.
    const char *_Nullable certificates;
    /// Hosts that are spoken to directly, without a proxy; null leaves it to the environment.
    const char *_Nullable direct_hosts;
    /// Seconds until the connection stands, without a byte moving, and in all.
    long connect_seconds;
    long stall_seconds;
    long total_seconds;
    /// How many bytes of an answer are kept at most; a longer one is a failure.
    size_t response_limit;
    /// Asked about once a second, and more often while bytes move: whether to give up.
    bool (*_Nullable is_cancelled)(void *_Nullable context);
    void *_Nullable context;
} tune_request;

/// What came of a request.
typedef enum tune_outcome {
    TUNE_ANSWERED,
    /// libcurl is not there.
    TUNE_NO_LIBRARY,
    /// The network failed: name, connection, time, or the answer broke off.
    TUNE_NETWORK,
    /// The certificate is not trusted.
    TUNE_CERTIFICATE,
    /// The file with the body could not be read to its end.
    TUNE_BODY,
    TUNE_CANCELLED,
    /// The request could not be made at all.
    TUNE_FAILED,
} tune_outcome;

/// An answer; release it with `tune_release`.
typedef struct tune_response {
    tune_outcome outcome;
    long status;
    /// The lines of the answer's head, each with its line end.
    char *_Nullable headers;
    size_t header_size;
    char *_Nullable body;
    size_t body_size;
    /// What went wrong, in libcurl's words.
    char problem[256];
} tune_response;

/// Sends a request and waits for the answer. Redirections are answers like others.
void tune_send(const tune_request *_Nonnull request, tune_response *_Nonnull response);

/// Frees what an answer holds.
void tune_release(tune_response *_Nonnull response);

#ifdef __cplusplus
}
#endif
