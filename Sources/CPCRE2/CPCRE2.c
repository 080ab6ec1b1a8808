#include "CPCRE2.h"

#include <CLoading.h>

#define FUNCTIONS(DO) \
    DO(pcre2_compile_8) DO(pcre2_code_free_8) DO(pcre2_match_8) DO(pcre2_substitute_8) \
    DO(pcre2_match_context_create_8) DO(pcre2_match_context_free_8) DO(pcre2_set_match_limit_8) \
    DO(pcre2_set_depth_limit_8) DO(pcre2_match_data_create_from_pattern_8) DO(pcre2_match_data_free_8) \
    DO(pcre2_set_heap_limit_8) DO(pcre2_set_callout_8) DO(pcre2_get_error_message_8)

LOADED_LIBRARY(
    FUNCTIONS, "PCRE2 is missing (Debian: apt-get install libpcre2-8-0)", "libpcre2-8.so.0", "libpcre2-8.dylib")

static const char *start_library(void) { return NULL; }

const char *cpcre2_load(void) { return load_library(); }

FORWARDING pcre2_code_8 *pcre2_compile_8(
    PCRE2_SPTR8 pattern, PCRE2_SIZE count, uint32_t options, int *error, PCRE2_SIZE *offset,
    pcre2_compile_context_8 *context) {
    return library.pcre2_compile_8(pattern, count, options, error, offset, context);
}
FORWARDING void pcre2_code_free_8(pcre2_code_8 *code) { library.pcre2_code_free_8(code); }
FORWARDING int pcre2_match_8(
    const pcre2_code_8 *code, PCRE2_SPTR8 subject, PCRE2_SIZE count, PCRE2_SIZE start, uint32_t options,
    pcre2_match_data_8 *data, pcre2_match_context_8 *context) {
    return library.pcre2_match_8(code, subject, count, start, options, data, context);
}
FORWARDING int pcre2_substitute_8(
    const pcre2_code_8 *code, PCRE2_SPTR8 subject, PCRE2_SIZE count, PCRE2_SIZE start, uint32_t options,
    pcre2_match_data_8 *data, pcre2_match_context_8 *context, PCRE2_SPTR8 replacement, PCRE2_SIZE replacement_count,
    PCRE2_UCHAR8 *output, PCRE2_SIZE *output_count) {
    return library.pcre2_substitute_8(
        code, subject, count, start, options, data, context, replacement, replacement_count, output, output_count);
}
FORWARDING pcre2_match_context_8 *pcre2_match_context_create_8(pcre2_general_context_8 *context) {
    return library.pcre2_match_context_create_8(context);
}
FORWARDING void pcre2_match_context_free_8(pcre2_match_context_8 *context) {
    library.pcre2_match_context_free_8(context);
}
FORWARDING int pcre2_set_match_limit_8(pcre2_match_context_8 *context, uint32_t limit) {
    return library.pcre2_set_match_limit_8(context, limit);
}
FORWARDING int pcre2_set_depth_limit_8(pcre2_match_context_8 *context, uint32_t limit) {
    return library.pcre2_set_depth_limit_8(context, limit);
}
FORWARDING int pcre2_set_heap_limit_8(pcre2_match_context_8 *context, uint32_t limit) {
    return library.pcre2_set_heap_limit_8(context, limit);
}
FORWARDING int pcre2_set_callout_8(
    pcre2_match_context_8 *context, int (*callout)(pcre2_callout_block_8 *, void *), void *data) {
    return library.pcre2_set_callout_8(context, callout, data);
}
FORWARDING pcre2_match_data_8 *pcre2_match_data_create_from_pattern_8(
    const pcre2_code_8 *code, pcre2_general_context_8 *context) {
    return library.pcre2_match_data_create_from_pattern_8(code, context);
}
FORWARDING void pcre2_match_data_free_8(pcre2_match_data_8 *data) { library.pcre2_match_data_free_8(data); }
FORWARDING int pcre2_get_error_message_8(int error, PCRE2_UCHAR8 *text, PCRE2_SIZE count) {
    return library.pcre2_get_error_message_8(error, text, count);
}
