#define _GNU_SOURCE
#include "CEditline.h"

#include <CLoading.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#define FUNCTIONS(DO) \
    DO(el_init_fd) DO(el_end) DO(el_set) DO(el_wset) DO(el_get) DO(el_wgets) DO(el_wpush) DO(el_wline) \
    DO(el_winsertstr) DO(el_deletestr) DO(el_cursor) DO(el_parse) DO(tok_init) DO(tok_end) \
    DO(tok_reset) DO(tok_str) DO(history_winit) DO(history_wend) DO(history_w)

LOADED_LIBRARY(FUNCTIONS, "libedit is missing (Debian: apt-get install libedit2)", "libedit.so.2", "libedit.3.dylib")

static const char *start_library(void) { return NULL; }

const char *lakesh_editline_load(void) { return load_library(); }

FORWARDING void el_end(EditLine *editor) { library.el_end(editor); }
FORWARDING const wchar_t *el_wgets(EditLine *editor, int *count) { return library.el_wgets(editor, count); }
FORWARDING void el_wpush(EditLine *editor, const wchar_t *text) { library.el_wpush(editor, text); }
FORWARDING const LineInfoW *el_wline(EditLine *editor) { return library.el_wline(editor); }
FORWARDING int el_winsertstr(EditLine *editor, const wchar_t *text) { return library.el_winsertstr(editor, text); }
FORWARDING void el_deletestr(EditLine *editor, int count) { library.el_deletestr(editor, count); }
FORWARDING int el_cursor(EditLine *editor, int offset) { return library.el_cursor(editor, offset); }
FORWARDING int el_parse(EditLine *editor, int count, const char **words) {
    return library.el_parse(editor, count, words);
}
FORWARDING Tokenizer *tok_init(const char *separators) { return library.tok_init(separators); }
FORWARDING void tok_end(Tokenizer *tokenizer) { library.tok_end(tokenizer); }
FORWARDING void tok_reset(Tokenizer *tokenizer) { library.tok_reset(tokenizer); }
FORWARDING int tok_str(Tokenizer *tokenizer, const char *line, int *count, const char ***words) {
    return library.tok_str(tokenizer, line, count, words);
}
FORWARDING HistoryW *history_winit(void) { return library.history_winit(); }
FORWARDING void history_wend(HistoryW *history) { library.history_wend(history); }

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
    // Characters must be Unicode in every locale; numbers keep the C format.
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
    cookie_io_functions_t functions = {.write = swallow};
    FILE *sink = fopencookie(0, "w", functions);
    if (!sink) return 0;
    EditLine *editor = library.el_init_fd(program, stdin, sink, sink, 0, 1, 2);
    if (!editor) return 0;
    library.el_set(editor, EL_CLIENTDATA, client);
    // libedit's own signal handlers signal the whole group and are not async-signal-safe; lakesh has its own.
    library.el_set(editor, EL_SIGNAL, 0);
    library.el_set(editor, EL_EDITOR, "emacs");
    library.el_wset(editor, EL_HIST, library.history_w, history);
    library.el_wset(editor, EL_GETCFN, get);
    library.el_wset(editor, EL_PROMPT, no_prompt);
    return editor;
}

void *lakesh_client(EditLine *editor) {
    void *client = 0;
    library.el_get(editor, EL_CLIENTDATA, &client);
    return client;
}

int lakesh_add_command(EditLine *editor, const char *name, lakesh_command command) {
    return library.el_set(editor, EL_ADDFN, name, name, command);
}

int lakesh_bind(EditLine *editor, const char *key, const char *command) {
    return library.el_set(editor, EL_BIND, key, command, NULL);
}

int lakesh_bind_alternative(EditLine *editor, const char *key, const char *command) {
    return library.el_set(editor, EL_BIND, "-a", key, command, NULL);
}

int lakesh_is_vi(EditLine *editor) {
    const char *name = 0;
    return library.el_get(editor, EL_EDITOR, &name) == 0 && name && name[0] == 'v';
}

int lakesh_set_mode(EditLine *editor, const char *mode) {
    return library.el_set(editor, EL_SETTY, "-d", mode, NULL);
}

int lakesh_set_unbuffered(EditLine *editor, int on) {
    return library.el_set(editor, EL_UNBUFFERED, on);
}

int lakesh_is_editing(EditLine *editor) {
    int on = 0;
    return library.el_get(editor, EL_EDITMODE, &on) == 0 && on;
}

int lakesh_refresh(EditLine *editor) {
    // With more than one row libedit writes beyond the last one if a text fills a small window. It reads the window's
    // size whenever it begins to read, so this is set each time.
    library.el_set(editor, EL_SETTC, "li", "1", NULL);
    return library.el_set(editor, EL_REFRESH);
}

int lakesh_prepare_terminal(EditLine *editor, int raw) {
    return library.el_set(editor, EL_PREP_TERM, raw);
}

int lakesh_history_set_size(HistoryW *history, int size) {
    HistEventW event;
    return library.history_w(history, &event, H_SETSIZE, size);
}

int lakesh_history_enter(HistoryW *history, const wchar_t *text) {
    HistEventW event;
    return library.history_w(history, &event, H_ENTER, text);
}
