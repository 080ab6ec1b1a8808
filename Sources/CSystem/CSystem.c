#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// The pipes for signals: those that ask lakesh to end, and those of the terminal.
static int ending[2] = {-1, -1};
static int terminal[2] = {-1, -1};
static const int handled[] = {SIGINT, SIGTERM, SIGHUP};
// Signals that were ignored when the process began stay ignored, here and in children: `nohup` is obeyed.
static sigset_t ignored;

// Makes only async-signal-safe calls: a single write.
static void note(int number) {
    int kept = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(number == SIGTSTP || number == SIGWINCH ? terminal[1] : ending[1], &byte, 1);
    (void)written;
    errno = kept;
}

static void ignore(int number) { (void)number; }

// The action of SIGQUIT (^\) outside of a question.
static void (*quitting)(int) = SIG_DFL;

static void handle(int number, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigaction(number, &action, 0);
}

static int open_pipe(int ends[2]) {
    return ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0 ? -1 : ends[0];
}

void lakesh_open_standard(void) {
    // The flags make any use of the descriptor fail, as on a closed one.
    for (int number = 0; number < 3; number++)
        if (fcntl(number, F_GETFD) < 0) open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY);
}

int lakesh_signals_open(void) {
    static int isKnown = 0;
    struct sigaction before;
    if (!isKnown) sigemptyset(&ignored);
    for (unsigned i = 0; !isKnown && i < sizeof handled / sizeof *handled; i++)
        if (sigaction(handled[i], 0, &before) == 0 && before.sa_handler == SIG_IGN) sigaddset(&ignored, handled[i]);
    isKnown = 1;
    if (open_pipe(ending) < 0) return -1;
    for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++)
        if (!sigismember(&ignored, handled[i])) handle(handled[i], note);
    signal(SIGPIPE, SIG_IGN);
    // A write beyond the limit of a file's size is an error.
    signal(SIGXFSZ, SIG_IGN);
    return ending[0];
}

int lakesh_signals_next(void) {
    unsigned char byte;
    return ending[0] >= 0 && read(ending[0], &byte, 1) == 1 ? byte : 0;
}

void lakesh_signals_restore(void) {
    for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++)
        if (!sigismember(&ignored, handled[i])) signal(handled[i], SIG_DFL);
}

int lakesh_events_open(void) { return open_pipe(terminal); }

struct lakesh_events lakesh_events_take(void) {
    struct lakesh_events events = {0};
    unsigned char byte;
    while (terminal[0] >= 0 && read(terminal[0], &byte, 1) == 1) {
        events.resized |= byte == SIGWINCH;
        events.stopped |= byte == SIGTSTP;
    }
    return events;
}

void lakesh_events_note_sizes(void) {
    // ^\ must not end the shell with a core dump. A handler that does nothing is not inherited by children, unlike
    // SIG_IGN.
    handle(SIGQUIT, quitting = ignore);
    if (terminal[1] >= 0) handle(SIGWINCH, note);
}

void lakesh_events_note_stops(int on) {
    handle(SIGTSTP, on && terminal[1] >= 0 ? note : SIG_DFL);
    // ^\ must not leave the terminal without echo.
    handle(SIGQUIT, on ? ignore : quitting);
}

void lakesh_stop(void) { kill(0, SIGTSTP); }

int lakesh_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static int prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, const int standard[3]) {
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++)
        if (sigismember(&ignored, handled[i])) sigdelset(&all, handled[i]);
    sigemptyset(&none);
    int error = 0;
    for (int i = 0; i < 3 && !error; i++) error = posix_spawn_file_actions_adddup2(actions, standard[i], i);
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    if (!error) error = posix_spawnattr_setsigdefault(attributes, &all);
    if (!error) error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error) error = posix_spawnattr_setpgroup(attributes, 0);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP;
    return error ? error : posix_spawnattr_setflags(attributes, flags);
}

int lakesh_spawn(
    const char *program, char *const arguments[], char *const environment[], const int standard[3], pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int error = prepare(&actions, &attributes, standard);
    if (!error) error = posix_spawnp(child, program, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

pid_t lakesh_spawn_beside(const char *program, char *const arguments[], int input) {
    // fork, not posix_spawn: its caller blocks and misses signals if ^Z stops the child before it has executed the
    // program.
    pid_t child = fork();
    if (child != 0) return child;
    int numbers[] = {SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!sigismember(&ignored, numbers[i])) signal(numbers[i], SIG_DFL);
    if (input >= 0) dup2(input, STDIN_FILENO);
    execvp(program, arguments);
    _exit(127);
}

int lakesh_child_descriptor(pid_t child) { return (int)syscall(SYS_pidfd_open, child, 0); }

int lakesh_pipe(int pair[2], int ours) {
    if (pipe2(pair, O_CLOEXEC) != 0) return -1;
    return fcntl(pair[ours], F_SETFL, O_NONBLOCK);
}

int lakesh_terminal_rows(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

int lakesh_keep_room(int descriptor, off_t bytes) {
    int failed = fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, bytes) != 0;
    return failed && (errno == ENOSPC || errno == EDQUOT) ? -1 : 0;
}
