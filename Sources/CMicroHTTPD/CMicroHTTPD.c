#include "CMicroHTTPD.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stddef.h>

#define FUNCTIONS(X) \
    X(MHD_start_daemon) X(MHD_stop_daemon) X(MHD_run) X(MHD_get_daemon_info) X(MHD_get_timeout) \
    X(MHD_get_connection_values) X(MHD_create_response_from_buffer) \
    X(MHD_create_response_from_callback) X(MHD_add_response_header) \
    X(MHD_queue_response) X(MHD_destroy_response) X(MHD_set_response_options)

static struct {
#define X(name) __typeof__(&name) name;
    FUNCTIONS(X)
#undef X
} library;

static const char *load_error;

static void load(void) {
    void *opened = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    if (!opened) {
        load_error = dlerror();
        return;
    }
#define X(name) \
    if (!(library.name = (__typeof__(&name))dlsym(opened, #name))) load_error = "it lacks " #name;
    FUNCTIONS(X)
#undef X
}

const char *lakesh_mhd_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return load_error;
}

struct MHD_Daemon *lakesh_mhd_start(
    uint32_t address, uint16_t port, MHD_AccessHandlerCallback access, void *context,
    void *(*uri)(void *, const char *, struct MHD_Connection *), MHD_RequestCompletedCallback completed, size_t memory) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(address)};
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_SOCK_ADDR, 0, &where},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)uri, context},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)completed, context},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)memory, NULL},
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
    // Of an unknown length the library would send the end of a chunked body, which no client reads after a HEAD.
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
