// The door to libyaml's event parser, loaded on first use.
#pragma once
#include <yaml.h>

/// Loads the library where it is not loaded yet; its functions must not be called before. NULL, or what is wrong.
const char *cyaml_load(void);
