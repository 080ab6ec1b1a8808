// The door to OpenSSL's libcrypto: message digests, MACs, sealing and random bytes, by the EVP interface only.
#pragma once
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
