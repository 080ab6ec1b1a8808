// Operating system functions that Swift's Glibc module lacks: signals as bytes in a pipe, the window's size, stopping
// for ^Z, child processes. All differences between platforms are here.
#pragma once

#include <stdbool.h>
#include <sys/types.h>

// Opens those of descriptors 0, 1 and 2 that are closed, so that no other file gets their numbers; using them still
// fails.
void lakesh_open_standard(void);

// Delivers SIGINT, SIGTERM and SIGHUP as bytes (the signal's number) on the returned descriptor, unless the process began
// with the signal ignored; ignores SIGPIPE and SIGXFSZ.
// May be called again; returns -1 if no pipe can be made. The handlers end when a child executes a program.
int lakesh_signals_open(void);

// Returns the number of the next signal, or 0.
int lakesh_signals_next(void);

// Restores the default actions of the signals that are delivered, so that a repeated signal ends the process.
void lakesh_signals_restore(void);

// Returns the columns of the terminal behind a descriptor, or 0 if it is not a terminal.
int lakesh_terminal_columns(int descriptor);

// Starts a program (searched in PATH if its name has no slash) in a new process group, with default signals and only
// the descriptors in `standard`, as its 0 to 2. Returns 0 and sets its id, or returns an error number.
int lakesh_spawn(
    const char *program, char *const arguments[], char *const environment[], const int standard[3], pid_t *child);

// Starts a program in lakesh's own process group and terminal, with default signals and, unless it is negative, `input`
// as its descriptor 0. Returns its id or -1. Until the child has executed the program, ^Z stops it together with
// lakesh.
pid_t lakesh_spawn_beside(const char *program, char *const arguments[], int input);

// Returns a descriptor that becomes readable when a child has ended; -1 if the system does not support it.
int lakesh_child_descriptor(pid_t child);

// Makes a pipe whose ends are closed by exec; the end `ours` (0 for reading, 1 for writing) never blocks. Returns 0 or
// -1.
int lakesh_pipe(int ends[2], int ours);

// Returns the rows of the terminal, or 0.
int lakesh_terminal_rows(int descriptor);

// Reserves disk space for the first bytes of a file without changing its size. Returns 0, or -1 if the disk is full; a
// file system that cannot reserve space gives 0.
int lakesh_keep_room(int descriptor, off_t bytes);

// Returns the descriptor that becomes readable when `lakesh_events_take` has events; -1 if no pipe can be made. May be
// called again.
int lakesh_events_open(void);

// Events of the terminal.
struct lakesh_events {
    bool resized;
    bool stopped;
};

// Returns the events since the last call.
struct lakesh_events lakesh_events_take(void);

// Starts to record changes of the window's size (SIGWINCH), and makes SIGQUIT do nothing.
void lakesh_events_note_sizes(void);

// With 1, SIGTSTP is recorded and SIGQUIT does nothing, while the process has changed the terminal's modes; with 0, both
// act as before.
void lakesh_events_note_stops(int on);

// Stops the process and its group as ^Z does, unless stops are recorded; returns when it is continued.
void lakesh_stop(void);
