// OpenSSL's libcrypto: message digests, MACs and random bytes, loaded on first use.
#pragma once
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

/// Loads the library; must be called before its functions. Returns NULL or an error message.
const char *ccrypto_load(void);
/// Returns the error of loading, or NULL if it succeeded or was not attempted.
const char *ccrypto_failure(void);
