// The door to PCRE2 with 8-bit code units (UTF-8), loaded on first use.
#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/// Loads the library where it is not loaded yet; its functions must not be called before. NULL, or what is wrong.
const char *cpcre2_load(void);
