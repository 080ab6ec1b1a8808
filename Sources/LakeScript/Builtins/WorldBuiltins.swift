/// Built-ins that read or write the world. Only their signatures stand here: they are effects, carried out by whoever
/// runs the machine.
enum WorldBuiltins {
    static let all: [Builtin] = [
        .world("print", [values], .null, "write to standard output"),
        .world("print_error", [values], .null, "write to standard error"),
        .world(
            "read_file", [path, .flag("secret", "what is read is a secret")], .any,
            "a file's text; bytes where it is no text"),
        .world("read_lines", [path], .list(.string), "a file's lines"),
        .world("read_json", [path], .any, "the value in a JSON file"),
        .world(
            "read_csv",
            [
                path, .optional("require", .list(.string), "columns that must be there"),
                .optional("unique", .string, "a column whose cells must differ and not be empty"),
            ], .list(.map(.any)), "the rows of a CSV file with a head, as maps"),
        .world("write_file", [path, value, overwrite], .null, "write a text or bytes to a file", takesInputLast: true),
        .world("write_json", [path, value, overwrite], .null, "write a value to a JSON file", takesInputLast: true),
        .world(
            "write_csv", [path, rows, overwrite], .null, "write a list of maps to a CSV file", takesInputLast: true),
        .world(
            "reserve_file", [path], .string,
            "take a file's name before its content is known: new, empty, mode 0600, for the write that follows"),
        .world("delete_file", [path], .null, "delete a file or a link"),
        .world("file_exists", [path], .bool, "whether a file or folder is there"),
        .world(
            "list_files", [Parameter("path", default: ".", summary: "the folder", role: .folder)], .list(.string),
            "the names in a folder"),
        .world(
            "env",
            [
                .input("name", .string), .optional("default", .string, "where it is not set"),
                .flag("secret", "it is a secret"),
            ], .string, "a variable of the environment"),
        .world("now", [], .int, "the time, in seconds since 1970"),
        .world("sleep", [.input("duration", .duration)], .null, "wait"),
        .world("random_id", [], .string, "16 random letters and digits"),
        .world(
            "input", [.input("prompt", .string), .flag("secret", "what is typed is not shown, and is a secret")],
            .string,
            "ask on the terminal"),
        .world(
            "put_url",
            [
                .input("url", .string), .optional("path", .string, "the file to send"),
                .optional("body", .any, "a string or bytes to send, instead of a file"), headers,
            ], answer, "send a file or a text to an address, by PUT and without keys; gives the store's tag"),
        .world(
            "get_url",
            [.input("url", .string), .optional("path", .string, "the file for what comes"), headers],
            fetched, "fetch what is at an address, by GET and without keys"),
        .world(
            "exec",
            [
                .input("program", .string), .optional("arguments", .list(.string), "the program's arguments"),
                .optional("input", .string, "its standard input; may be a secret"),
                .optional("env", .map(.string), "further variables of its environment; may be secrets"),
            ], .string, "run a program by its argument list, never through a shell; gives what it printed"),
    ]

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
