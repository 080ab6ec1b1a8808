// The door to libedit, for Swift: typed faces for its variadic functions, and a stream that swallows what libedit draws
// (it edits, we paint). It is loaded on first use. No logic.
#pragma once

#include <histedit.h>
#include <stdbool.h>
#include <wchar.h>

// A command of ours: what libedit calls for a key that is bound to it. The answer is one of CC_….
typedef unsigned char (*lakesh_command)(EditLine *, int);
// Gives libedit its next character: 1, or 0 at the end of the input.
typedef int (*lakesh_get_character)(EditLine *, wchar_t *);

// Loads the library where it is not loaded yet; nothing of it must be called before. NULL, or what is wrong.
const char *lakesh_editline_load(void);

// An editor on descriptors 0 and 1 whose drawing goes nowhere, with `client` to be found again in callbacks and no
// prompt of its own. 0 where libedit cannot start.
EditLine *lakesh_editline_open(const char *program, void *client, lakesh_get_character get, HistoryW *history);

// What libedit wrote since it was last asked for, cut at 64 KiB: listings of `bind`, error texts, drawing. The text is
// good until the next call.
const char *lakesh_editline_written(void);

void *lakesh_client(EditLine *editor);

int lakesh_add_command(EditLine *editor, const char *name, lakesh_command command);

int lakesh_bind(EditLine *editor, const char *key, const char *command);

// In vi's command mode.
int lakesh_bind_alternative(EditLine *editor, const char *key, const char *command);

// Whether keys are vi's.
int lakesh_is_vi(EditLine *editor);

int lakesh_set_mode(EditLine *editor, const char *mode);

// With 1 `el_wgets` comes back after each command, with the terminal in raw mode until 0.
int lakesh_set_unbuffered(EditLine *editor, int on);

// Whether the person wants a line editor at all: `edit off` in ~/.editrc.
int lakesh_is_editing(EditLine *editor);

// Brings libedit's idea of the screen up to date, into the sink: a screen of one row, which nobody sees.
int lakesh_refresh(EditLine *editor);

// Raw mode (1) or the terminal's own (0).
int lakesh_prepare_terminal(EditLine *editor, int raw);

int lakesh_history_set_size(HistoryW *history, int size);

int lakesh_history_enter(HistoryW *history, const wchar_t *text);
