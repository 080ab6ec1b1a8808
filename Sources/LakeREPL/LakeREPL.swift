// The shell: the interactive session that `lakesh` alone starts.
//
// The room has one idea: everything that can be decided without a terminal is decided by values that are tested without
// one, and only one file knows the terminal.
//
//   (LakeAssist has what completes a text, whether it is whole, and what its parts are: requests in, answers out.)
//   Paint     a frame (text, cursor, styles, suggestion, menu) becomes rows of cells, rows become one write. The only
//             place that knows escape sequences.
//   History   the statements typed before, in a file that all shells of a person share.
//   Edit      reads a statement: `EditlineEditor` on a terminal (libedit edits, we paint), `PlainEditor` elsewhere. It
//             asks a `LineAssistant` what the text means.
//   Runbook   makes a script of what was typed and worked: which statements stay is read from their checked trees, by
//             what they change, name, give and read.
//   Session   the loop of prompt, statement, result, and the commands of the shell itself.
//
// There are no threads. libedit asks for each character; while there is none, the session's loop turns (`Loop.turn`),
// so that candidates arrive and messages appear while a person thinks. Only the painter writes to the terminal while a
// line is edited.
