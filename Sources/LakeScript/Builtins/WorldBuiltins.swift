/// Built-ins that read or change the world. They have signatures alone: performers carry them out.
package enum WorldBuiltins {
    static let all: [Builtin] = [
        .effect(.read, "print", [values], .null, "write to standard output", .init(rules: [0: .shown])),
        .effect(.read, "print_error", [values], .null, "write to standard error", .init(rules: [0: .shown])),
        .effect(
            .read, "read_file", [path, .flag("secret", "what is read is a secret")], .any,
            "a file's text; bytes where it is not text", .readSecret),
        .effect(.read, "read_lines", [path], .list(.string), "a file's lines"),
        .effect(.read, "read_json", [path], .any, "the value in a JSON file"),
        .effect(
            .read, "read_csv",
            [
                path, .optional("require", .list(.string), "columns that must be there"),
                .optional("unique", .string, "a column whose cells must differ and not be empty"),
            ], .list(.map(.any)), "the rows of a CSV file with a head, as maps"),
        .effect(
            .write, "write_file", [path, value, overwrite], .null, "write a text or bytes to a file",
            takesInputLast: true, .init(accepts: .textOrBytes)),
        .effect(
            .write, "write_json", [path, value, overwrite], .null, "write a value to a JSON file", takesInputLast: true),
        .effect(
            .write, "write_csv", [path, rows, overwrite], .null, "write a list of maps to a CSV file",
            takesInputLast: true, .init(accepts: .maps)),
        .effect(
            .write, "reserve_file", [path], .string,
            "take a file's name before its content is known: new, empty, mode 0600, for the write that follows"),
        .effect(.destroy, "delete_file", [path], .null, "delete a file or a link"),
        .effect(.read, "file_exists", [path], .bool, "whether a file or folder is there"),
        .effect(
            .read, "list_files",
            [Parameter("path", default: ".", isPositional: true, summary: "the folder", role: .folder)],
            .list(.string),
            "the names in a folder"),
        .effect(
            .read, "env",
            [
                .input("name", .string), .optional("default", .string, "where it is not set"),
                .flag("secret", "it is a secret"),
            ], .string, "a variable of the environment", .variable),
        .effect(.read, "now", [], .int, "the time, in seconds since 1970"),
        sleep,
        .effect(.read, "random_id", [], .string, "16 random letters and digits"),
        .effect(
            .read, by: .person, "input",
            [.input("prompt", .string), .flag("secret", "what is typed is not shown, and is a secret")],
            .string, "ask on the terminal", .readSecret),
        .effect(
            .write, by: .network, "put_url",
            [
                .input("url", .string), .positional("path", .string, "the file to send", role: .file),
                .optional("body", .any, "a string or bytes to send, instead of a file"), headers,
            ], answer, "send a file or a text to an address, by PUT and without keys; gives the store's tag",
            .init(rules: [0: .address])),
        .effect(
            .read, by: .network, "get_url",
            [.input("url", .string), .positional("path", .string, "the file for what comes", role: .file), headers],
            fetched, "fetch what is at an address, by GET and without keys", .init(rules: [0: .address], writtenFile: 1)
        ),
        exec,
    ]

    static let sleep = Builtin.effect(.read, "sleep", [.input("duration", .duration)], .null, "wait")
    package static let exec = Builtin.effect(
        .write, by: .program, "exec",
        [
            .input("program", .string), .positional("arguments", .list(.string), "the program's arguments"),
            .optional("input", .string, "its standard input; may be a secret"),
            .optional("env", .map(.string), "further variables of its environment; may be secrets"),
        ], .string, "run a program by its argument list, never through a shell; gives what it printed", .output)

    private static let headers = Parameter.optional("headers", .map(.string), "headers to send")
    private static let answerFields = [
        Field("status", .int), Field("etag", .string), Field("headers", .map(.string)),
    ]
    private static let answer = ValueType.record(RecordType("Answer", answerFields))
    private static let fetched = ValueType.record(
        RecordType("Answer", answerFields + [Field("body", .any)]))
    private static let values = Parameter("values", .list(.any), isVariadic: true, summary: "what to write")
    private static let path = Parameter("path", .string, summary: "the file", role: .file)
    private static let value = Parameter("value", .any, summary: "what to write")
    private static let rows = Parameter("value", .list(.any), summary: "what to write")
    private static let overwrite = Parameter.flag("overwrite", "replace a file that holds a secret")
}
