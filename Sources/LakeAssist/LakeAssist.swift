// What an editor asks about a text: the prompt of the shell, the completions of the system's shells, a language server.
//
// A request in, an answer out. Nothing here knows a terminal or libedit, runs a statement or waits for a server.
//
//   Assistant    what is known before a text: commands, earlier lines, names of servers. Makes the analysis of a text
//                (`SourceAnalysis` of LakeScript, by the one parser, checker and binder) that all answers are look-ups in.
//   CursorContext, Candidate  what can stand at a cursor: where the cursor is (`CursorContext`), the candidates for it.
//   ServerValues values of a server for completion: asked in the background by a performer, kept for a while.
