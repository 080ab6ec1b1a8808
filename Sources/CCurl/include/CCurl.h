// libcurl's multi interface, loaded on first use, because it pulls in some forty libraries that a run in the sandbox
// never needs. There is no logic here.
//
// Each function is called through a table of pointers whose types are the library's own prototypes. curl_easy_setopt,
// curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call; each has a wrapper for every argument
// type that is used.
#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

typedef size_t (*ccurl_data_callback)(char *data, size_t size, size_t count, void *context);
typedef int (*ccurl_prereq_callback)(
    void *context, char *remote_address, char *local_address, int remote_port, int local_port);
typedef int (*ccurl_progress_callback)(
    void *context, curl_off_t download_total, curl_off_t download_done, curl_off_t upload_total,
    curl_off_t upload_done);

/// Loads the library. Returns NULL or a static error message.
const char *ccurl_load(void);

CURL *ccurl_easy_init(void);
void ccurl_easy_reset(CURL *easy);
void ccurl_easy_cleanup(CURL *easy);
CURLcode ccurl_easy_pause(CURL *easy, int mask);
const char *ccurl_easy_strerror(CURLcode code);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value);
CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *list);
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, ccurl_data_callback callback);
CURLcode ccurl_set_prereq_callback(CURL *easy, ccurl_prereq_callback callback);
CURLcode ccurl_set_progress_callback(CURL *easy, ccurl_progress_callback callback);
/// Returns an option of curl_easy_getinfo that is a long; 0 if it is missing.
long ccurl_get_long(CURL *easy, CURLINFO info);

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text);
void ccurl_slist_free(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
CURLMcode ccurl_multi_poll(
    CURLM *multi, struct curl_waitfd *descriptors, unsigned int count, int timeout_milliseconds);
/// Returns the next finished transfer and its result in `code`; NULL if there is none.
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *code);
