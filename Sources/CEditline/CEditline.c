#define _GNU_SOURCE
#include "CEditline.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static char written[65536];
static size_t count;

static ssize_t swallow(void *cookie, const char *bytes, size_t size) {
    (void)cookie;
    size_t room = sizeof written - 1 - count;
    size_t kept = size < room ? size : room;
    memcpy(written + count, bytes, kept);
    count += kept;
    return (ssize_t)size;
}

const char *lakesh_editline_written(void) {
    written[count] = 0;
    count = 0;
    return written;
}

static wchar_t *no_prompt(EditLine *editor) {
    (void)editor;
    static wchar_t empty[] = L"";
    return empty;
}

EditLine *lakesh_editline_open(const char *program, void *client, lakesh_get_character get, HistoryW *history) {
    // Characters must be Unicode whatever the environment says; numbers keep the C form.
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
    cookie_io_functions_t functions = {.write = swallow};
    FILE *sink = fopencookie(0, "w", functions);
    if (!sink) return 0;
    EditLine *editor = el_init_fd(program, stdin, sink, sink, 0, 1, 2);
    if (!editor) return 0;
    el_set(editor, EL_CLIENTDATA, client);
    // libedit's own handlers signal the whole group and are not safe; ours stand beside it.
    el_set(editor, EL_SIGNAL, 0);
    el_set(editor, EL_EDITOR, "emacs");
    el_wset(editor, EL_HIST, history_w, history);
    el_wset(editor, EL_GETCFN, get);
    el_wset(editor, EL_PROMPT, no_prompt);
    return editor;
}

static int ends[2] = {-1, -1};

// Only async-signal-safe calls: one write.
static void note_resize(int number) {
    (void)number;
    int kept = errno;
    ssize_t size = write(ends[1], "", 1);
    (void)size;
    errno = kept;
}

int lakesh_resizes_open(void) {
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    struct sigaction action = {.sa_handler = note_resize, .sa_flags = SA_RESTART};
    sigaction(SIGWINCH, &action, 0);
    return ends[0];
}

int lakesh_resizes_take(void) {
    char bytes[64];
    int any = 0;
    while (ends[0] >= 0 && read(ends[0], bytes, sizeof bytes) > 0) any = 1;
    return any;
}

void lakesh_stop(void) {
    signal(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP);
}

void lakesh_window(int *columns, int *rows) {
    struct winsize size = {0};
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    *columns = size.ws_col ? size.ws_col : 80;
    *rows = size.ws_row ? size.ws_row : 24;
}
