// libmicrohttpd, loaded when a server starts. The functions are the library's own, by its prototypes; the variadic ones
// have typed wrappers here.
#pragma once
#include <microhttpd.h>
#include <stdint.h>

// Loads the library. Returns NULL or an error message.
const char *lakesh_mhd_load(void);

// Serves on an IPv4 address (host byte order) and port, without threads: the caller polls its epoll descriptor. `uri`
// is given each raw target; its result is passed to `access` as the last argument.
struct MHD_Daemon *lakesh_mhd_start(
    uint32_t address, uint16_t port, MHD_AccessHandlerCallback access, void *context,
    void *(*uri)(void *context, const char *target, struct MHD_Connection *connection),
    MHD_RequestCompletedCallback completed, size_t memory);
void lakesh_mhd_stop(struct MHD_Daemon *daemon);
void lakesh_mhd_run(struct MHD_Daemon *daemon);
int lakesh_mhd_epoll(struct MHD_Daemon *daemon);
uint16_t lakesh_mhd_port(struct MHD_Daemon *daemon);
// Returns the milliseconds until the daemon must run again, or -1.
int64_t lakesh_mhd_timeout(struct MHD_Daemon *daemon);
void lakesh_mhd_headers(struct MHD_Connection *connection, MHD_KeyValueIterator each, void *context);
// Makes a response with a copy of the body.
struct MHD_Response *lakesh_mhd_response(const void *body, size_t length);
// Makes a response to a HEAD request with the length of the missing body; UINT64_MAX for an unknown length.
struct MHD_Response *lakesh_mhd_head(uint64_t length);
void lakesh_mhd_header(struct MHD_Response *response, const char *name, const char *value);
void lakesh_mhd_answer(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response);
