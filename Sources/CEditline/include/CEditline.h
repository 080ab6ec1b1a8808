// libedit for Swift: typed wrappers of its variadic functions, and a stream that discards libedit's drawing, since
// lakesh paints the line itself. Loaded on first use; there is no logic here.
#pragma once

#include <histedit.h>
#include <stdbool.h>
#include <wchar.h>

// A command of lakesh, called by libedit for a key that is bound to it. Returns one of CC_….
typedef unsigned char (*lakesh_command)(EditLine *, int);
// Gives libedit its next character; returns 1, or 0 at the end of input.
typedef int (*lakesh_get_character)(EditLine *, wchar_t *);

// Loads the library; must be called before its functions. Returns NULL or an error message.
const char *lakesh_editline_load(void);

// Opens an editor on descriptors 0 and 1 that draws nowhere and has no prompt of its own; callbacks find `client` in
// it. Returns 0 if libedit cannot start.
EditLine *lakesh_editline_open(const char *program, void *client, lakesh_get_character get, HistoryW *history);

// Returns libedit's output since the last call, at most 64 KiB: listings of `bind`, error messages, drawing. The text
// is valid until the next call.
const char *lakesh_editline_written(void);

void *lakesh_client(EditLine *editor);

int lakesh_add_command(EditLine *editor, const char *name, lakesh_command command);

int lakesh_bind(EditLine *editor, const char *key, const char *command);

// Binds a key in vi's command mode.
int lakesh_bind_alternative(EditLine *editor, const char *key, const char *command);

// Returns 1 if the key bindings are vi's.
int lakesh_is_vi(EditLine *editor);

int lakesh_set_mode(EditLine *editor, const char *mode);

// With 1, `el_wgets` returns after each command, and the terminal stays in raw mode until this is set to 0.
int lakesh_set_unbuffered(EditLine *editor, int on);

// Returns 0 if the user has turned editing off by `edit off` in ~/.editrc.
int lakesh_is_editing(EditLine *editor);

// Refreshes libedit's model of the screen, which has one row; its output is discarded.
int lakesh_refresh(EditLine *editor);

// Sets raw mode (1) or the terminal's previous mode (0).
int lakesh_prepare_terminal(EditLine *editor, int raw);

int lakesh_history_set_size(HistoryW *history, int size);

int lakesh_history_enter(HistoryW *history, const wchar_t *text);
