// The door to what the operating system offers that Swift's Glibc module does not show: signals as bytes in a pipe, the
// window's size. All that differs between platforms stands here.
#pragma once

// Makes SIGINT, SIGTERM and SIGHUP arrive as bytes (the signal's number) on the descriptor that is given back, and
// ignores SIGPIPE. May be called again; -1 where no pipe can be had. The handlers go when a child execs.
int lakesh_signals_open(void);

// The number of the next signal that came, or 0.
int lakesh_signals_next(void);

// Gives SIGINT, SIGTERM and SIGHUP back their default, so that a signal sent again ends the process as it would have.
void lakesh_signals_restore(void);

// The columns of the terminal behind a descriptor, or 0 where there is none.
int lakesh_terminal_columns(int descriptor);
