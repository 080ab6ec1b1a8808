// The door to OpenSSL's libcrypto: message digests, MACs and random bytes, loaded on first use.
#pragma once
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

/// Loads the library where it is not loaded yet; its functions must not be called before. NULL, or what is wrong.
const char *ccrypto_load(void);
/// What went wrong when it was loaded; NULL where all is well or nothing has asked for it.
const char *ccrypto_failure(void);
