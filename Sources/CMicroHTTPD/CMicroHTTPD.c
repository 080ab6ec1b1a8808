#include "CMicroHTTPD.h"

#include <CLoading.h>
#include <arpa/inet.h>
#include <netinet/in.h>

#define FUNCTIONS(DO) \
    DO(MHD_start_daemon) DO(MHD_stop_daemon) DO(MHD_run) DO(MHD_get_daemon_info) DO(MHD_get_timeout) \
    DO(MHD_get_connection_values) DO(MHD_create_response_from_buffer) \
    DO(MHD_create_response_from_callback) DO(MHD_add_response_header) \
    DO(MHD_queue_response) DO(MHD_destroy_response) DO(MHD_set_response_options)

LOADED_LIBRARY(
    FUNCTIONS, "libmicrohttpd is missing (Debian: apt-get install libmicrohttpd12)", "libmicrohttpd.so.12",
    "libmicrohttpd.dylib")

static const char *start_library(void) { return NULL; }

const char *lakesh_mhd_load(void) { return load_library(); }

struct MHD_Daemon *lakesh_mhd_start(
    uint32_t address, uint16_t port, MHD_AccessHandlerCallback access, void *context,
    void *(*uri)(void *, const char *, struct MHD_Connection *), MHD_RequestCompletedCallback completed, size_t memory) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(address)};
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_SOCK_ADDR, 0, &where},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)uri, context},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)completed, context},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)memory, NULL},
        // Closes the connections of clients that have gone silently.
        {MHD_OPTION_CONNECTION_TIMEOUT, 120, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    return library.MHD_start_daemon(
        MHD_USE_EPOLL, port, NULL, NULL, access, context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

void lakesh_mhd_stop(struct MHD_Daemon *daemon) { library.MHD_stop_daemon(daemon); }

void lakesh_mhd_run(struct MHD_Daemon *daemon) { library.MHD_run(daemon); }

int lakesh_mhd_epoll(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = library.MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info ? info->epoll_fd : -1;
}

uint16_t lakesh_mhd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = library.MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

int64_t lakesh_mhd_timeout(struct MHD_Daemon *daemon) {
    MHD_UNSIGNED_LONG_LONG milliseconds;
    return library.MHD_get_timeout(daemon, &milliseconds) == MHD_YES ? (int64_t)milliseconds : -1;
}

void lakesh_mhd_headers(struct MHD_Connection *connection, MHD_KeyValueIterator each, void *context) {
    library.MHD_get_connection_values(connection, MHD_HEADER_KIND, each, context);
}

struct MHD_Response *lakesh_mhd_response(const void *body, size_t length) {
    return library.MHD_create_response_from_buffer(length, (void *)body, MHD_RESPMEM_MUST_COPY);
}

static ssize_t nothing(void *context, uint64_t position, char *buffer, size_t size) {
    return MHD_CONTENT_READER_END_OF_STREAM;
}

struct MHD_Response *lakesh_mhd_head(uint64_t length) {
    struct MHD_Response *response = library.MHD_create_response_from_callback(length, 1, nothing, NULL, NULL);
    // For an unknown length the library would send the end of a chunked body, which no client reads after a HEAD.
    if (length == MHD_SIZE_UNKNOWN) {
        library.MHD_set_response_options(response, MHD_RF_HTTP_VERSION_1_0_ONLY, MHD_RO_END);
    }
    return response;
}

void lakesh_mhd_header(struct MHD_Response *response, const char *name, const char *value) {
    library.MHD_add_response_header(response, name, value);
}

void lakesh_mhd_answer(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response) {
    library.MHD_queue_response(connection, status, response);
    library.MHD_destroy_response(response);
}
