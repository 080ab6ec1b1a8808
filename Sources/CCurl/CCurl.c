#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#define FUNCTIONS(DO) \
    DO(curl_global_init) DO(curl_easy_init) DO(curl_easy_reset) DO(curl_easy_cleanup) DO(curl_easy_pause) \
    DO(curl_easy_strerror) DO(curl_easy_setopt) DO(curl_easy_getinfo) DO(curl_slist_append) DO(curl_slist_free_all) \
    DO(curl_multi_init) DO(curl_multi_cleanup) DO(curl_multi_add_handle) DO(curl_multi_remove_handle) \
    DO(curl_multi_perform) DO(curl_multi_poll) DO(curl_multi_info_read)

#undef curl_easy_setopt
#undef curl_easy_getinfo

#define DECLARE(name) __typeof__(name) *name##_;
static struct { FUNCTIONS(DECLARE) } table;

static const char *names[] = { "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", NULL };

static const char *load(void) {
    void *library = NULL;
    for (const char **name = names; *name && !library; name++) library = dlopen(*name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return "libcurl is missing (Debian: apt-get install libcurl4)";
#define FIND(name) \
    if (!(table.name##_ = (__typeof__(name) *)dlsym(library, #name))) return "this libcurl is too old: it lacks " #name;
    FUNCTIONS(FIND)
    if (table.curl_global_init_(CURL_GLOBAL_DEFAULT)) return "libcurl could not be started";
    return NULL;
}

static const char *load_error;

static void load_once(void) { load_error = load(); }

const char *ccurl_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_once);
    return load_error;
}

CURL *ccurl_easy_init(void) { return table.curl_easy_init_(); }
void ccurl_easy_reset(CURL *easy) { table.curl_easy_reset_(easy); }
void ccurl_easy_cleanup(CURL *easy) { table.curl_easy_cleanup_(easy); }
CURLcode ccurl_easy_pause(CURL *easy, int mask) { return table.curl_easy_pause_(easy, mask); }
const char *ccurl_easy_strerror(CURLcode code) { return table.curl_easy_strerror_(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return table.curl_easy_setopt_(easy, option, value);
}
CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return table.curl_easy_setopt_(easy, option, value);
}
CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value) {
    return table.curl_easy_setopt_(easy, option, value);
}
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return table.curl_easy_setopt_(easy, option, value);
}
CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *list) {
    return table.curl_easy_setopt_(easy, CURLOPT_HTTPHEADER, list);
}
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, ccurl_data_callback callback) {
    return table.curl_easy_setopt_(easy, option, callback);
}
CURLcode ccurl_set_prereq_callback(CURL *easy, ccurl_prereq_callback callback) {
    return table.curl_easy_setopt_(easy, CURLOPT_PREREQFUNCTION, callback);
}
CURLcode ccurl_set_progress_callback(CURL *easy, ccurl_progress_callback callback) {
    return table.curl_easy_setopt_(easy, CURLOPT_XFERINFOFUNCTION, callback);
}
long ccurl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return table.curl_easy_getinfo_(easy, info, &value) == CURLE_OK ? value : 0;
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) {
    return table.curl_slist_append_(list, text);
}
void ccurl_slist_free(struct curl_slist *list) { table.curl_slist_free_all_(list); }

CURLM *ccurl_multi_init(void) { return table.curl_multi_init_(); }
void ccurl_multi_cleanup(CURLM *multi) { table.curl_multi_cleanup_(multi); }
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return table.curl_multi_add_handle_(multi, easy); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) { return table.curl_multi_remove_handle_(multi, easy); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return table.curl_multi_perform_(multi, running); }
CURLMcode ccurl_multi_poll(
    CURLM *multi, struct curl_waitfd *descriptors, unsigned int count, int timeout_milliseconds) {
    return table.curl_multi_poll_(multi, descriptors, count, timeout_milliseconds, NULL);
}
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *code) {
    int left;
    CURLMsg *message;
    while ((message = table.curl_multi_info_read_(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
