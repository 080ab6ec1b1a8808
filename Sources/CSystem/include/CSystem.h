// The door to what the operating system offers that Swift's Glibc module does not show: signals as bytes in a pipe, the
// window's size, stopping for ^Z, child processes. All that differs between platforms stands here.
#pragma once

#include <stdbool.h>
#include <sys/types.h>

// Opens what is closed of descriptors 0, 1 and 2, so that no other file gets their numbers; using it still fails.
void lakesh_open_standard(void);

// Makes SIGINT, SIGTERM and SIGHUP arrive as bytes (the signal's number) on the descriptor that is given back, and
// ignores SIGPIPE. May be called again; -1 where no pipe can be had. The handlers go when a child execs.
int lakesh_signals_open(void);

// The number of the next signal that came, or 0.
int lakesh_signals_next(void);

// Gives SIGINT, SIGTERM and SIGHUP back their default, so that a signal sent again ends the process as it would have.
void lakesh_signals_restore(void);

// The columns of the terminal behind a descriptor, or 0 where there is none.
int lakesh_terminal_columns(int descriptor);

// Starts a program (looked for in PATH where its name has no slash) in a process group of its own, with default signals
// and no descriptors but `standard`, which become its 0 to 2. Gives 0 and its id, or the number of an error.
int lakesh_spawn(
    const char *program, char *const arguments[], char *const environment[], const int standard[3], pid_t *child);

// Starts a program as a part of our own process group and terminal, with `input` as its 0 where that is not negative,
// and default signals. Gives its id, or -1. While the child is on its way to the program, ^Z stops it and us alike.
pid_t lakesh_spawn_beside(const char *program, char *const arguments[], int input);

// A descriptor that is ready to be read when a child has ended; -1 where the system has none.
int lakesh_child_descriptor(pid_t child);

// A pipe whose ends are closed by exec, ours of it never blocking: `ours` is 0 for the reading end, 1 for the writing
// one. Gives 0, or -1.
int lakesh_pipe(int ends[2], int ours);

// Its rows, or 0.
int lakesh_terminal_rows(int descriptor);

// Keeps room on the disk for the first bytes of a file, whose size stays. Gives 0, or -1 where the disk is full; a file
// system that cannot keep room gives 0.
int lakesh_keep_room(int descriptor, off_t bytes);

// Gives the descriptor on which `lakesh_events_take` has something to give; -1 where no pipe can be had. May be called
// again.
int lakesh_events_open(void);

// What has happened to the terminal.
struct lakesh_events {
    bool resized;
    bool stopped;
};

// What has come since the last call.
struct lakesh_events lakesh_events_take(void);

// Notes that the window has another size (SIGWINCH), and makes SIGQUIT do nothing.
void lakesh_events_note_sizes(void);

// With 1 SIGTSTP is noted and SIGQUIT does nothing, because the terminal's modes are ours; with 0 both act as usual.
void lakesh_events_note_stops(int on);

// Stops the process and its group as ^Z does, where stops are not noted, and comes back when it is continued.
void lakesh_stop(void);
