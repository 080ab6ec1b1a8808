#include "CCrypto.h"

#include <CLoading.h>
#include <openssl/crypto.h>

#define FUNCTIONS(DO) \
    DO(OPENSSL_init_crypto) DO(EVP_md5) DO(EVP_sha256) DO(EVP_Digest) DO(HMAC) DO(RAND_bytes)

LOADED_LIBRARY(FUNCTIONS, "libcrypto is missing (Debian: apt-get install libssl3)", "libcrypto.so.3", "libcrypto.3.dylib")

// The system's openssl.cnf selects ciphers and engines, which digests do not need; reading it takes 3 ms.
static const char *start_library(void) {
    return library.OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) ? NULL : "libcrypto could not be started";
}

const char *ccrypto_load(void) { return load_library(); }
const char *ccrypto_failure(void) { return load_error; }

FORWARDING const EVP_MD *EVP_md5(void) { return library.EVP_md5(); }
FORWARDING const EVP_MD *EVP_sha256(void) { return library.EVP_sha256(); }
FORWARDING int EVP_Digest(
    const void *bytes, size_t count, unsigned char *digest, unsigned int *size, const EVP_MD *type, ENGINE *engine) {
    return library.EVP_Digest(bytes, count, digest, size, type, engine);
}
FORWARDING unsigned char *HMAC(
    const EVP_MD *type, const void *key, int key_size, const unsigned char *bytes, size_t count, unsigned char *mac,
    unsigned int *size) {
    return library.HMAC(type, key, key_size, bytes, count, mac, size);
}
FORWARDING int RAND_bytes(unsigned char *bytes, int count) { return library.RAND_bytes(bytes, count); }
