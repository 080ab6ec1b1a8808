// The shell: what a person lives in who types `lakesh` alone.
//
// The room has one idea: everything that can be decided without a terminal is decided by values that are tested without
// one, and the terminal is one file's affair.
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
// There are no threads. libedit asks for each character; while there is none, the one loop of the process turns, so
// that candidates arrive and messages appear while a person thinks. Nobody but the painter writes to the terminal while
// a line is edited.
