// libyaml's event parser, loaded on first use.
#pragma once
#include <yaml.h>

/// Loads the library; must be called before its functions. Returns NULL or an error message.
const char *cyaml_load(void);
