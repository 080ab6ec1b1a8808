#include "CCurl.h"

#include <CLoading.h>

#define FUNCTIONS(DO) \
    DO(curl_global_init) DO(curl_easy_init) DO(curl_easy_reset) DO(curl_easy_cleanup) DO(curl_easy_pause) \
    DO(curl_easy_strerror) DO(curl_easy_setopt) DO(curl_easy_getinfo) DO(curl_slist_append) DO(curl_slist_free_all) \
    DO(curl_multi_init) DO(curl_multi_cleanup) DO(curl_multi_add_handle) DO(curl_multi_remove_handle) \
    DO(curl_multi_perform) DO(curl_multi_poll) DO(curl_multi_info_read)

// curl.h defines these as macros that check argument types; the table below holds the functions.
#undef curl_easy_setopt
#undef curl_easy_getinfo

LOADED_LIBRARY(
    FUNCTIONS, "libcurl is missing (Debian: apt-get install libcurl4)", "libcurl.so.4", "libcurl-gnutls.so.4",
    "libcurl.4.dylib")

static const char *start_library(void) {
    return library.curl_global_init(CURL_GLOBAL_DEFAULT) ? "libcurl could not be started" : NULL;
}

const char *ccurl_load(void) { return load_library(); }

CURL *ccurl_easy_init(void) { return library.curl_easy_init(); }
void ccurl_easy_reset(CURL *easy) { library.curl_easy_reset(easy); }
void ccurl_easy_cleanup(CURL *easy) { library.curl_easy_cleanup(easy); }
CURLcode ccurl_easy_pause(CURL *easy, int mask) { return library.curl_easy_pause(easy, mask); }
const char *ccurl_easy_strerror(CURLcode code) { return library.curl_easy_strerror(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return library.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return library.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value) {
    return library.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return library.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *list) {
    return library.curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, ccurl_data_callback callback) {
    return library.curl_easy_setopt(easy, option, callback);
}
CURLcode ccurl_set_prereq_callback(CURL *easy, ccurl_prereq_callback callback) {
    return library.curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}
CURLcode ccurl_set_progress_callback(CURL *easy, ccurl_progress_callback callback) {
    return library.curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, callback);
}
long ccurl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return library.curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) {
    return library.curl_slist_append(list, text);
}
void ccurl_slist_free(struct curl_slist *list) { library.curl_slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return library.curl_multi_init(); }
void ccurl_multi_cleanup(CURLM *multi) { library.curl_multi_cleanup(multi); }
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return library.curl_multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) { return library.curl_multi_remove_handle(multi, easy); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return library.curl_multi_perform(multi, running); }
CURLMcode ccurl_multi_poll(
    CURLM *multi, struct curl_waitfd *descriptors, unsigned int count, int timeout_milliseconds) {
    return library.curl_multi_poll(multi, descriptors, count, timeout_milliseconds, NULL);
}
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *code) {
    int left;
    CURLMsg *message;
    while ((message = library.curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
