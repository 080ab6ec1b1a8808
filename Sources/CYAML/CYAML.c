#include "CYAML.h"

#include <CLoading.h>

#define FUNCTIONS(DO) \
    DO(yaml_parser_initialize) DO(yaml_parser_set_input_string) DO(yaml_parser_parse) DO(yaml_parser_delete) \
    DO(yaml_event_delete)

LOADED_LIBRARY(FUNCTIONS, "libyaml is missing (Debian: apt-get install libyaml-0-2)", "libyaml-0.so.2", "libyaml.dylib")

static const char *start_library(void) { return NULL; }

const char *cyaml_load(void) { return load_library(); }

FORWARDING int yaml_parser_initialize(yaml_parser_t *parser) { return library.yaml_parser_initialize(parser); }
FORWARDING void yaml_parser_set_input_string(yaml_parser_t *parser, const unsigned char *bytes, size_t count) {
    library.yaml_parser_set_input_string(parser, bytes, count);
}
FORWARDING int yaml_parser_parse(yaml_parser_t *parser, yaml_event_t *event) {
    return library.yaml_parser_parse(parser, event);
}
FORWARDING void yaml_parser_delete(yaml_parser_t *parser) { library.yaml_parser_delete(parser); }
FORWARDING void yaml_event_delete(yaml_event_t *event) { library.yaml_event_delete(event); }
