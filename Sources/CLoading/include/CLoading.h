// Loads a system library on first use; every C target but CSystem uses it. The dynamic loader needs more time for
// libcurl, libmicrohttpd and libcrypto than most runs of lakesh need in all, and most runs need none of them. A missing
// library gives a message instead of a program that does not start.
//
// A C target lists the functions that it uses and declares
//
//    LOADED_LIBRARY(FUNCTIONS, "libyaml is missing (Debian: apt-get install libyaml-0-2)", "libyaml-0.so.2")
//
// which defines `library`, a table of pointers whose types are the library's own prototypes, and `load_library`. If
// Swift calls functions by their own names, the target defines those as FORWARDING. They are hidden, so that the
// library's calls to itself do not reach them.
#pragma once

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#define LOADED_POINTER(name) __typeof__(&name) name;
#define LOADED_FUNCTION(name) \
    if (!(library.name = (__typeof__(&name))dlsym(opened, #name))) return "the library is too old: it lacks " #name;

// `load_library` returns NULL or a static error message. The file names are tried in turn.
#define LOADED_LIBRARY(FUNCTIONS, missing, ...) \
    static struct { FUNCTIONS(LOADED_POINTER) } library; \
    static const char *start_library(void); \
    static const char *find_library(void) { \
        static const char *const names[] = {__VA_ARGS__}; \
        void *opened = NULL; \
        for (size_t i = 0; i < sizeof names / sizeof *names && !opened; i++) opened = dlopen(names[i], RTLD_LAZY); \
        if (!opened) return missing; \
        FUNCTIONS(LOADED_FUNCTION) \
        return start_library(); \
    } \
    static const char *load_error; \
    static void load_once(void) { load_error = find_library(); } \
    static const char *load_library(void) { \
        static pthread_once_t once = PTHREAD_ONCE_INIT; \
        pthread_once(&once, load_once); \
        return load_error; \
    }

// Declares a function with the library's own name.
#define FORWARDING __attribute__((visibility("hidden")))
