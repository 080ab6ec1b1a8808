// Loading a library of the system on first use: what every door to C but CSystem does. The dynamic loader takes longer
// over libcurl, libmicrohttpd and libcrypto than most runs of lakesh need in all, and most runs need none of them; and a
// library that is missing becomes a message instead of a program that does not start.
//
// A door lists the functions that it uses and says
//
//     LOADED_LIBRARY(FUNCTIONS, "libyaml is missing (Debian: apt-get install libyaml-0-2)", "libyaml-0.so.2")
//
// and has `library`, a table of pointers whose types are the library's own prototypes, and `load_library`. A door whose
// functions Swift calls by their own names defines them as FORWARDING ones. Those are hidden: the library's calls to
// itself never come here.
#pragma once

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#define LOADED_POINTER(name) __typeof__(&name) name;
#define LOADED_FUNCTION(name) \
    if (!(library.name = (__typeof__(&name))dlsym(opened, #name))) return "the library is too old: it lacks " #name;

// `load_library` gives NULL when all is well, else what is wrong: a text that lives on. The file names are tried in turn.
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

// A function of the library under its own name.
#define FORWARDING __attribute__((visibility("hidden")))
