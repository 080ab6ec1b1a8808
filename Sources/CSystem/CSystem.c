#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int ends[2] = {-1, -1};
static const int handled[] = {SIGINT, SIGTERM, SIGHUP};

// Only async-signal-safe calls: one write.
static void note(int number) {
    int kept = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(ends[1], &byte, 1);
    (void)written;
    errno = kept;
}

int lakesh_signals_open(void) {
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++) sigaction(handled[i], &action, 0);
    signal(SIGPIPE, SIG_IGN);
    return ends[0];
}

int lakesh_signals_next(void) {
    unsigned char byte;
    return ends[0] >= 0 && read(ends[0], &byte, 1) == 1 ? byte : 0;
}

void lakesh_signals_restore(void) {
    for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++) signal(handled[i], SIG_DFL);
}

int lakesh_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
