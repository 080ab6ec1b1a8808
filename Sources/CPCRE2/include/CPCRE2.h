// PCRE2 with 8-bit code units (UTF-8), loaded on first use.
#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/// Loads the library; must be called before its functions. Returns NULL or an error message.
const char *cpcre2_load(void);
