// Answers an editor's questions about a text: for the prompt of the shell, for the completions of the system's shells,
// for a language server.
//
// A request comes in, an answer goes out. Nothing here uses a terminal or libedit, runs a statement or waits for a
// server.
//
//    Assistant    the context of a text: commands, earlier lines, names of servers. It makes the `SourceAnalysis` of a
//    text (by LakeScript's parser, checker and binder), and all answers are look-ups in that.
//    CursorContext, Candidate, Location  completion: the context of the cursor and the candidates for it.
//    ServerValues values of a server for completion, fetched in the background and cached.
